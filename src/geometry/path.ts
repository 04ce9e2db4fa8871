/** Polylines with their lengths, so that a message can be drawn at a share of its way. Curves and round corners are cut into short pieces. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Path {
  readonly points: readonly Point[];
  /** Length from the start to each point. */
  readonly lengths: readonly number[];
  readonly length: number;
}

const CURVE_PIECES = 24;
const CORNER_PIECES = 6;

export function pathThrough(points: readonly Point[]): Path {
  const lengths: number[] = [];
  let length = 0;
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before) length += Math.sqrt((point.x - before.x) * (point.x - before.x) + (point.y - before.y) * (point.y - before.y));
    lengths.push(length);
  });
  return { points, lengths, length };
}

/** A cubic curve from `a` to `b` with its two handles. */
export function curve(a: Point, handleA: Point, handleB: Point, b: Point): Path {
  const points: Point[] = [];
  for (let piece = 0; piece <= CURVE_PIECES; piece++) {
    const t = piece / CURVE_PIECES;
    const s = 1 - t;
    const [wa, wha, whb, wb] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    points.push({ x: wa * a.x + wha * handleA.x + whb * handleB.x + wb * b.x, y: wa * a.y + wha * handleA.y + whb * handleB.y + wb * b.y });
  }
  return pathThrough(points);
}

/** Straight lines through the points, with corners rounded by `radius` or as far as the lines allow. */
export function roundedPath(corners: readonly Point[], radius: number): Path {
  const points: Point[] = [];
  corners.forEach((corner, index) => {
    const [before, after] = [corners[index - 1], corners[index + 1]];
    if (!before || !after) {
      points.push(corner);
      return;
    }
    const start = towards(corner, before, radius);
    const end = towards(corner, after, radius);
    for (let piece = 0; piece <= CORNER_PIECES; piece++) {
      const t = piece / CORNER_PIECES;
      const s = 1 - t;
      points.push({ x: s * s * start.x + 2 * s * t * corner.x + t * t * end.x, y: s * s * start.y + 2 * s * t * corner.y + t * t * end.y });
    }
  });
  return pathThrough(points);
}

/** The point at a share of the way, 0 at the start and 1 at the end. */
export function pointOnPath(path: Path, share: number): Point {
  const { points, lengths, length } = path;
  const wanted = share <= 0 ? 0 : share >= 1 ? length : share * length;
  let high = 1;
  while (high < points.length - 1 && lengths[high]! < wanted) high++;
  const [a, b] = [points[high - 1]!, points[high] ?? points[high - 1]!];
  const piece = (lengths[high] ?? 0) - lengths[high - 1]!;
  const t = piece > 0 ? (wanted - lengths[high - 1]!) / piece : 0;
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** The `d` of an SVG path. */
export function pathText(path: Path): string {
  return path.points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = pathThrough([from, to]).length;
  const share = length > 0 ? Math.min(distance, length / 2) / length : 0;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
