/** A scatter of pairs of times on two equal axes, so that the diagonal is where both are the same. d3 computes; a view draws. */
import { bisectLeft, bisectRight, extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Micros } from '../model/time';

export interface ScatterAxis {
  readonly isLog: boolean;
  /** From a time to px from the beginning of the axis. */
  at(micros: Micros): number;
  readonly ticks: readonly Micros[];
}

/** The longest time over the shortest from which on the axes are logarithmic: short ones would lie in one corner. */
const LOG_FROM = 50;

/** Ticks of a logarithmic axis keep so far apart, px. */
const TICK_DISTANCE = 40;
/** Before the logarithms begin, for times of 0, which have none, px. */
const ZERO_ROOM = 28;
/** More decades than a run has: d3 gives every multiple in fewer than so many. */
const MOST_DECADES = 16;

/** One axis for both lanes, px long. On a logarithmic one, times of 0 have a place of their own before it begins. */
export function scatterAxis(times: readonly Micros[], length: number): ScatterAxis {
  const [least = 1, most = 1] = extent(times.filter((micros) => micros > 0));
  if (most / least < LOG_FROM) {
    const scale = scaleLinear([0, Math.max(1, most)], [0, length]).nice(4);
    return { isLog: false, at: scale, ticks: scale.ticks(4) };
  }
  const hasZero = times.includes(0);
  const steps = scaleLog().domain([least, most]).nice().ticks(MOST_DECADES).filter(isStep);
  const first = steps[bisectRight(steps, least) - 1]!;
  const scale = scaleLog([first, steps[bisectLeft(steps, most)]!], [hasZero ? ZERO_ROOM : 0, length]);
  const decade = scale(first * 10) - scale(first);
  const inSight = steps.slice(bisectLeft(steps, first), bisectLeft(steps, most) + 1);
  const even = decade >= 4 * TICK_DISTANCE ? inSight : inSight.filter((step) => leadOf(step) === 1);
  const every = Math.ceil(TICK_DISTANCE / decade);
  const ticks = even.filter((_, index) => index % every === 0);
  return { isLog: true, at: (micros) => (micros > 0 ? scale(micros) : 0), ticks: hasZero ? [0, ...ticks] : ticks };
}

function leadOf(value: number): number {
  return Number(value.toExponential(0)[0]);
}

/** 1, 2, 5, 10, 20, 50 … */
function isStep(value: number): boolean {
  return [1, 2, 5].includes(leadOf(value));
}

export interface ScatterPoint {
  readonly pair: number;
  readonly x: number;
  readonly y: number;
}

/** The point nearest to a place, not further than `reach` px. */
export function nearestPoint<Point extends ScatterPoint>(points: readonly Point[], x: number, y: number, reach: number): Point | undefined {
  let best: Point | undefined;
  let bestSquare = reach * reach;
  for (const point of points) {
    const [across, up] = [point.x - x, point.y - y];
    const square = across * across + up * up;
    if (square <= bestSquare) [best, bestSquare] = [point, square];
  }
  return best;
}

/** Of points on the same pixel, the first: those behind cannot be seen, and thousands of them would cost as much as if they could. */
export function visiblePoints<Point extends ScatterPoint>(points: readonly Point[], columns: number): Point[] {
  const seen = new Set<number>();
  return points.filter(({ x, y }) => {
    const pixel = Math.round(y) * (Math.ceil(columns) + 1) + Math.round(x);
    if (seen.has(pixel)) return false;
    seen.add(pixel);
    return true;
  });
}
