/**
 * The space–time diagram as shapes: time runs to the right, each component has a band with its life line, messages are arrows between bands,
 * waiting and work are rows within them.
 */
import type { Micros } from '../model/time';
import { columnsOf } from './columns';
import type { Graph, GraphNode } from './graph';
import type { Viewport } from './time-scale';

export interface Band {
  readonly node: GraphNode;
  /** From the top of the diagram, px. */
  readonly top: number;
  readonly height: number;
  /** Rows of workers are at the bottom of the band, those who wait above them. */
  readonly workTop: number;
  readonly workPitch: number;
}

/** More workers than this are one area instead of rows. */
export const MOST_ROWS = 16;

/** Stacks the bands in the order in which requests pass them. A client is a line; others share the height. */
export function bandsOf(graph: Graph, top: number, height: number): readonly Band[] {
  const columns = columnsOf(graph);
  const rank = (node: GraphNode): number => columns.of.get(node.place) ?? graph.nodes.length + 1;
  const nodes = [...graph.nodes].sort((a, b) => rank(a) - rank(b) || a.place - b.place);
  const weight = ({ kind }: GraphNode): number => (kind === 'client' ? 0.35 : kind === 'queue' || kind === 'topic' ? 1 : 2);
  const gap = Math.min(22, Math.max(8, (0.4 * height) / Math.max(1, nodes.length)));
  const room = height - gap * Math.max(0, nodes.length - 1);
  const total = nodes.reduce((sum, node) => sum + weight(node), 0);
  let y = top;
  return nodes.map((node) => {
    const bandHeight = Math.max(4, (room * weight(node)) / Math.max(total, 1e-9));
    const workHeight = node.kind === 'service' ? bandHeight * 0.6 : 0;
    const rows = Math.min(MOST_ROWS, Math.max(1, node.workers));
    const band = { node, top: y, height: bandHeight, workTop: y + bandHeight - workHeight, workPitch: workHeight / rows };
    y += bandHeight + gap;
    return band;
  });
}

/** Where an arrow between two bands begins and ends: at the edges that face each other. */
export function arrowEnds(from: Band, to: Band): readonly [fromY: number, toY: number] {
  return from.top < to.top ? [from.top + from.height, to.top] : [from.top, to.top + to.height];
}

export function xOf(view: Viewport, width: number, atMicros: Micros): number {
  return ((atMicros - view.fromMicros) / Math.max(1, view.toMicros - view.fromMicros)) * width;
}

export function timeOf(view: Viewport, width: number, x: number): Micros {
  return view.fromMicros + (x / Math.max(1, width)) * (view.toMicros - view.fromMicros);
}

/** Distance from a point to the line between two others, px. */
export function distanceToLine(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const share = square > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
  const [px, py] = [ax + share * dx - x, ay + share * dy - y];
  return Math.sqrt(px * px + py * py);
}
