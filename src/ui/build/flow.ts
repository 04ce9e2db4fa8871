/** The plan as the canvas library wants it: nodes of known size with a place to begin a link on each side, edges between the sides that face. */
import { Position, type Edge, type Node } from '@xyflow/svelte';
import type { PlanBox } from '../../geometry/blueprint';
import type { JsonRecord } from '../../model/variant';

/** The size of the knobs at which a link begins, in px. */
const KNOB = 12;

export interface CardData extends Record<string, unknown> {
  readonly box: PlanBox;
  readonly component: JsonRecord;
  /** How many things are wrong with it. */
  readonly problems: number;
}
export type CardNode = Node<CardData, 'card'>;
export interface LinkData extends Record<string, unknown> {
  readonly text: string;
  readonly problems: number;
}
export type LinkEdge = Edge<LinkData, 'link'>;

export const SIDES = [
  { id: 'right', position: Position.Right },
  { id: 'left', position: Position.Left },
  { id: 'top', position: Position.Top },
  { id: 'bottom', position: Position.Bottom },
] as const;
type Side = (typeof SIDES)[number]['id'];

/**
 * The knobs are given, not measured: nothing waits for a first drawing, and a node that is made anew keeps them. A line ends at the outer
 * edge of a knob, so they lie inside the card.
 */
export function knobsOf(width: number, height: number): NonNullable<CardNode['handles']> {
  const [x, y] = [(width - KNOB) / 2, (height - KNOB) / 2];
  const corner = { right: [width - KNOB, y], left: [0, y], top: [x, 0], bottom: [x, height - KNOB] } as const;
  return SIDES.map(({ id, position }) => ({
    id,
    type: 'source' as const,
    position,
    x: corner[id][0],
    y: corner[id][1],
    width: KNOB,
    height: KNOB,
  }));
}

/** The sides at which a link leaves one box and enters another: where they face each other. */
export function sidesBetween(from: PlanBox, to: PlanBox): readonly [out: Side, into: Side] {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const besides = Math.abs(dx) >= (from.width + to.width) / 2;
  if (besides || Math.abs(dx) > Math.abs(dy)) return dx >= 0 ? ['right', 'left'] : ['left', 'right'];
  return dy >= 0 ? ['bottom', 'top'] : ['top', 'bottom'];
}

export function linkId(index: number): string {
  return `link-${index}`;
}
export function linkIndex(id: string): number {
  return Number(id.replace('link-', ''));
}
