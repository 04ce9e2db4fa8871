/** Where components stand and links run on the stage: clients left, services right, queues between, reply queues below on the way back. */
import { columnsOf } from './columns';
import type { Graph, GraphNode } from './graph';
import { linkPaths } from './link-paths';
import type { Path } from './path';
import { framesOf, replicaShift, type ReplicaFrame } from './replica-frames';

export interface Box {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** It stands below the others, on the way back. */
  readonly wayBack: boolean;
}

export interface Topology {
  /** What is to be shown: from (0, 0). */
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly Box[];
  /** Round the replicas of each service. */
  readonly frames: readonly ReplicaFrame[];
  /** The path of each link way, by place. */
  readonly paths: ReadonlyMap<number, Path>;
}

/** Slots of workers in a row, the pitch of slots, and how many rows are drawn one by one; all in px. */
export const SLOTS = { perRow: 5, pitch: 20, size: 16, rows: 4 } as const;
/** Rows of a topic's partitions: how many are drawn, and their parts in px. */
export const LOG_ROWS = { most: 6, pitch: 34, cells: 8, cell: 24, name: 22, member: 84, leader: 116 } as const;
const HEADER = 56;
const MARGIN = 24;
const GAP = { column: 112, columnMost: 560, row: 28 } as const;

/** Where a component's name begins, the room after it, what one character takes of its usual type, and the widest card; all in px. */
const NAME = { left: 38, right: 14, character: 8, widest: 260 } as const;

/** A component's name as far as its card has room for it. */
export function nameOn({ node, width }: Pick<Box, 'node' | 'width'>): string {
  const most = Math.floor((width - NAME.left - NAME.right) / NAME.character);
  return node.id.length > most ? `${node.id.slice(0, most - 1)}…` : node.id;
}

/** Size of a component, in px: what is drawn in it, and its name. */
function sizeOf(node: GraphNode, wayBack = false): { width: number; height: number } {
  const { width, height } = contentSizeOf(node, wayBack);
  const named = NAME.left + node.id.length * NAME.character + NAME.right;
  return { width: Math.max(width, Math.min(NAME.widest, named)), height };
}

function contentSizeOf(node: GraphNode, wayBack: boolean): { width: number; height: number } {
  if (node.kind === 'client') return { width: 124, height: 80 };
  if (node.kind === 'queue') return wayBack ? { width: 172, height: 76 } : { width: 172, height: 112 };
  if (node.kind === 'store') return { width: 172, height: 84 };
  if (node.kind === 'topic') {
    const { most, pitch, cells, cell, name, member, leader } = LOG_ROWS;
    const rows = Math.min(most, node.partitions) + (node.partitions > most ? 0.5 : 0);
    return { width: 28 + name + cells * cell + (node.copies > 1 ? leader : member), height: HEADER + rows * pitch + 4 };
  }
  const rows = Math.min(SLOTS.rows, Math.ceil(node.workers / SLOTS.perRow));
  return { width: 140, height: Math.max(84, HEADER + rows * SLOTS.pitch + 8) };
}

/** Lays a graph out for a pane of this size; what comes out may be larger than the pane, never cramped. */
export function layoutTopology(graph: Graph, pane: { readonly width: number; readonly height: number }): Topology {
  const columns = columnsOf(graph);
  const wayBack = new Set(columns.wayBack);
  const byColumn: GraphNode[][] = [];
  for (const node of graph.nodes) {
    const column = columns.of.get(node.place);
    if (column !== undefined) (byColumn[column] ??= []).push(node);
  }
  const widths = byColumn.map((nodes) => Math.max(...nodes.map((node) => sizeOf(node).width)));
  const heights = byColumn.map((nodes) => nodes.reduce((sum, node) => sum + sizeOf(node).height + GAP.row, -GAP.row));
  const gaps = Math.max(1, byColumn.length - 1);
  const free = (pane.width - 2 * MARGIN - widths.reduce((sum, width) => sum + width, 0)) / gaps;
  const gap = Math.min(GAP.columnMost, Math.max(GAP.column, free));
  const mainHeight = Math.max(0, ...heights);
  const boxes: Box[] = [];
  let x = 0;
  byColumn.forEach((nodes, column) => {
    let y = (mainHeight - heights[column]!) / 2;
    for (const node of nodes) {
      const { width, height } = sizeOf(node);
      boxes.push({ node, x: x + (widths[column]! - width) / 2, y, width, height, wayBack: false });
      y += height + GAP.row;
    }
    x += widths[column]! + gap;
  });
  const placeBelow = belowOf(graph, boxes, mainHeight + GAP.row);
  for (const node of graph.nodes) if (wayBack.has(node.place)) boxes.push(placeBelow(node));
  const placed = boxes.map((box) => {
    if (!box.node.at) return box;
    const shift = replicaShift(box, boxes) * (box.height + GAP.row);
    return { ...box, x: box.node.at[0] - box.width / 2, y: box.node.at[1] - box.height / 2 + shift };
  });
  return framed(graph, placed);
}

/** At what part of its usual size all of a graph can be seen in a pane: at most `largest`, and 1 for a pane without a size yet. */
export function sizeIn(graph: Graph, pane: { readonly width: number; readonly height: number }, largest: number): number {
  const { width, height } = layoutTopology(graph, { width: 0, height: 0 });
  return Math.min(largest, pane.width / width, pane.height / height) || 1;
}

/** Puts a node half-way between those it hears from and those it leads to, one under the other. */
function belowOf(graph: Graph, boxes: readonly Box[], top: number): (node: GraphNode) => Box {
  let y = top;
  const middle = new Map(boxes.map((box) => [box.node.place, box.x + box.width / 2]));
  return (node) => {
    const { width, height } = sizeOf(node, true);
    const around = graph.links.flatMap(({ from, to }) => (to === node.place ? [from] : from === node.place ? [to] : []));
    const xs = around.flatMap((place) => middle.get(place) ?? []);
    const centre = xs.length > 0 ? (Math.min(...xs) + Math.max(...xs)) / 2 : 0;
    const box = { node, x: centre - width / 2, y, width, height, wayBack: true };
    y += height + GAP.row;
    return box;
  };
}

/** Moves everything so that it begins at the margin, and measures it. */
function framed(graph: Graph, boxes: readonly Box[]): Topology {
  if (boxes.length === 0) return { width: 2 * MARGIN, height: 2 * MARGIN, boxes, frames: [], paths: new Map() };
  const around = [...boxes, ...framesOf(boxes)];
  const left = Math.min(...around.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...around.map(({ y }) => y)) - MARGIN;
  const moved = boxes.map((box) => ({ ...box, x: box.x - left, y: box.y - top }));
  const frames = framesOf(moved);
  const paths = linkPaths(graph, moved);
  const ends = [
    ...[...moved, ...frames].map(({ x, width, y, height }) => ({ x: x + width, y: y + height })),
    ...[...paths.values()].flatMap(({ points }) => points),
  ];
  return {
    width: Math.max(...ends.map(({ x }) => x)) + MARGIN,
    height: Math.max(...ends.map(({ y }) => y)) + MARGIN,
    boxes: moved,
    frames,
    paths,
  };
}
