/** How the two ways of a link run between two boxes: side by side, the way back drawn from the other end. */
import type { Graph } from './graph';
import { curve, pathThrough, roundedPath, type Path, type Point } from './path';
import type { Box } from './topology';

/** Half the distance between the two ways, in px. */
const APART = 10;
const CORNER = 14;
const CLEAR = 20;

/** The path of every link way, by place. */
export function linkPaths(graph: Graph, boxes: readonly Box[]): Map<number, Path> {
  const boxOf = new Map(boxes.map((box) => [box.node.place, box]));
  const paths = new Map<number, Path>();
  for (const { from, to, forth, back } of graph.links) {
    const [a, b] = [boxOf.get(from), boxOf.get(to)];
    if (!a || !b) continue;
    const blocked = boxes.some((box) => box !== a && box !== b && !box.wayBack && liesBetween(box, a, b));
    paths.set(forth, connect(a, b, -APART, blocked));
    paths.set(back, reversed(connect(a, b, APART, blocked)));
  }
  return paths;
}

function connect(a: Box, b: Box, apart: number, blocked: boolean): Path {
  if (a.wayBack !== b.wayBack) return aroundTheCorner(a, b, apart);
  if (blocked) return underneath(a, b, apart);
  if (b.x >= right(a) + CLEAR) return sideways(a, b, right(a), b.x, apart);
  if (a.x >= right(b) + CLEAR) return sideways(a, b, a.x, right(b), -apart);
  const down = b.y > a.y;
  const [start, end] = down ? [bottom(a), b.y] : [a.y, bottom(b)];
  const middle = (start + end) / 2;
  const shift = down ? -apart : apart;
  return curve(
    { x: centreX(a) + shift, y: start },
    { x: centreX(a) + shift, y: middle },
    { x: centreX(b) + shift, y: middle },
    { x: centreX(b) + shift, y: end },
  );
}

function sideways(a: Box, b: Box, fromX: number, toX: number, apart: number): Path {
  const start = { x: fromX, y: centreY(a) + apart };
  const end = { x: toX, y: centreY(b) + apart };
  // Boxes of nearly one height are joined by straight lines: both ends reach what is level with them.
  if (Math.abs(centreY(a) - centreY(b)) < 1) return pathThrough([start, end]);
  const middle = (fromX + toX) / 2;
  return curve(start, { x: middle, y: start.y }, { x: middle, y: end.y }, end);
}

/** Between a box of the main row and one below it: out of the bottom, and sideways into one that does not stand right under it. */
function aroundTheCorner(a: Box, b: Box, apart: number): Path {
  const [upper, lower] = a.wayBack ? [b, a] : [a, b];
  const toTheLeft = centreX(lower) < centreX(upper);
  const side = toTheLeft ? right(lower) : lower.x;
  // The way that is further up below is the inner one at the corner: the two never cross.
  const x = centreX(upper) + (toTheLeft ? apart : -apart);
  const y = centreY(lower) + apart;
  const start = { x, y: bottom(upper) };
  const isUnder = Math.abs(centreX(lower) - centreX(upper)) < lower.width / 2 - CLEAR;
  const path = isUnder ? pathThrough([start, { x, y: lower.y }]) : roundedPath([start, { x, y }, { x: side, y }], CORNER);
  return upper === a ? path : reversed(path);
}

/** Past the boxes that stand between: out of the bottom, along below them, and up again. */
function underneath(a: Box, b: Box, apart: number): Path {
  const y = Math.max(bottom(a), bottom(b)) + 2 * CLEAR - apart;
  const inward = centreX(b) > centreX(a) ? -apart : apart;
  const corners: Point[] = [
    { x: centreX(a) + inward, y: bottom(a) },
    { x: centreX(a) + inward, y },
    { x: centreX(b) - inward, y },
    { x: centreX(b) - inward, y: bottom(b) },
  ];
  return roundedPath(corners, CORNER);
}

function liesBetween(box: Box, a: Box, b: Box): boolean {
  const [from, to] = right(a) <= b.x ? [right(a), b.x] : [right(b), a.x];
  const [high, low] = [Math.min(centreY(a), centreY(b)), Math.max(centreY(a), centreY(b))];
  // One in the column of an end stands above or below that end, even where it is wider.
  return centreX(box) < to && centreX(box) > from && box.y <= low && bottom(box) >= high;
}

function reversed({ points }: Path): Path {
  return pathThrough([...points].reverse());
}

const right = ({ x, width }: Box): number => x + width;
const bottom = ({ y, height }: Box): number => y + height;
const centreX = ({ x, width }: Box): number => x + width / 2;
const centreY = ({ y, height }: Box): number => y + height / 2;
