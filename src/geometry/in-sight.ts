/** What of a plan a pane shows: whether the view has to change when the plan does, and by how much. Lengths are px of the pane. */
import type { PlanBox } from './blueprint';

/** The pane, and where in it the origin of the plan stands. */
export interface Sight {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** True when the whole box is in the pane. */
export function isInSight({ x, y, width, height }: PlanBox, sight: Sight): boolean {
  const [left, top] = [sight.x + (x - width / 2) * sight.zoom, sight.y + (y - height / 2) * sight.zoom];
  return left >= 0 && top >= 0 && left + width * sight.zoom <= sight.width && top + height * sight.zoom <= sight.height;
}

/**
 * True when a change of the plan asks for another view: something new is out of sight, or all that is left is. What is in sight stays where
 * it is, because a hand is about to take it. A new name is nothing new.
 */
export function needsAnotherView(before: readonly PlanBox[], after: readonly PlanBox[], sight: Sight): boolean {
  const places = new Set(before.map(placeOf));
  const isNew = (box: PlanBox): boolean => !before.some(({ id }) => id === box.id) && !places.has(placeOf(box));
  return after.some((box) => isNew(box) && !isInSight(box, sight)) || (after.length > 0 && !after.some((box) => isInSight(box, sight)));
}

const placeOf = ({ x, y, node }: PlanBox): string => `${node.kind} ${x} ${y}`;

/** The smallest rectangle around the boxes, of which there is at least one. */
export function boundsOf(boxes: readonly PlanBox[]): { x: number; y: number; width: number; height: number } {
  const x = Math.min(...boxes.map((box) => box.x - box.width / 2));
  const y = Math.min(...boxes.map((box) => box.y - box.height / 2));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width / 2)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height / 2)) - y,
  };
}
