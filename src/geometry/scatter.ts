/** A scatter of pairs of times on two equal axes, so that the diagonal is where both are the same. d3 computes; a view draws. */
import { extent } from 'd3-array';
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
const TICK_DISTANCE = 46;

/** One axis for both lanes, px long. Times of 0 lie at the beginning of a logarithmic one. */
export function scatterAxis(times: readonly Micros[], length: number): ScatterAxis {
  const [least = 1, most = 1] = extent(times.filter((micros) => micros > 0));
  if (most / least < LOG_FROM) {
    const scale = scaleLinear([0, Math.max(1, most)], [0, length]).nice(4);
    return { isLog: false, at: scale, ticks: scale.ticks(4) };
  }
  const scale = scaleLog([least, most], [0, length]).nice();
  const [first = 1] = scale.domain();
  const label = scale.tickFormat(4);
  const ticks: Micros[] = [];
  for (const tick of scale.ticks()) {
    const last = ticks.at(-1);
    if (label(tick) !== '' && (last === undefined || scale(tick) - scale(last) >= TICK_DISTANCE)) ticks.push(tick);
  }
  return { isLog: true, at: (micros) => scale(Math.max(first, micros)), ticks };
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
