/** Where on a plan something new stands when nobody says where: in reading order, and never so far off that all becomes too small to read. */
import type { PlanBox } from './blueprint';

/** Empty room beside what is added, and from one row to the next, in px. */
const GAP = 64;
const ROW_HEIGHT = 176;
/** Wider than this a plan is not made, in px: a screen shows so much at a size that can be read. */
const ROW_WIDTH = 1_100;
const FIRST_PLACE = [200, 200] as const;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The centre of a free place: right of all that stands in line with the box that is given, while that line has room; then in rows below. A
 * plan that was made wider by hand keeps its width.
 */
export function freePlace(plan: readonly PlanBox[], size: Size, beside: PlanBox | undefined): readonly [x: number, y: number] {
  const neighbour = beside ?? plan.at(-1);
  if (!neighbour) return FIRST_PLACE;
  const inLine = plan.filter((box) => Math.abs(box.y - neighbour.y) < (box.height + size.height) / 2 + GAP / 4);
  const [left, right] = [leftOf(plan), rightOf(plan)];
  const next = rightOf(inLine) + GAP + size.width / 2;
  const last = left + Math.max(ROW_WIDTH, right - left) - size.width / 2;
  if (next <= last) return [next, neighbour.y];
  for (let y = neighbour.y + ROW_HEIGHT; ; y += ROW_HEIGHT) {
    for (let x = left + size.width / 2; x <= last; x += size.width + GAP) {
      if (!plan.some((box) => isTooNear(box, size, x, y))) return [x, y];
    }
  }
}

const leftOf = (boxes: readonly PlanBox[]): number => Math.min(...boxes.map(({ x, width }) => x - width / 2));
const rightOf = (boxes: readonly PlanBox[]): number => Math.max(...boxes.map(({ x, width }) => x + width / 2));

function isTooNear(box: PlanBox, { width, height }: Size, x: number, y: number): boolean {
  return Math.abs(box.x - x) < (box.width + width) / 2 + GAP / 4 && Math.abs(box.y - y) < (box.height + height) / 2 + GAP / 4;
}
