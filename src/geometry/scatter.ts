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

/** About so many ticks has a linear axis. */
const MOST_TICKS = 4;
/** Ticks keep so far apart, px. */
const TICK_DISTANCE = 40;
/** Before the logarithms begin, for times of 0, which have none, px. */
const ZERO_ROOM = 28;
/** More decades than a run has: d3 gives every multiple in fewer than so many. */
const MOST_DECADES = 16;

/** One axis for both lanes, px long. On a logarithmic one, times of 0 have a place of their own before it begins. NaN is no time. */
export function scatterAxis(times: Float64Array, length: number): ScatterAxis {
  const [least = 1, most = 1] = extent(times, (micros) => (micros > 0 ? micros : NaN));
  if (most / least < LOG_FROM) {
    const scale = scaleLinear([0, Math.max(1, most)], [0, length]).nice(MOST_TICKS);
    return { isLog: false, at: scale, ticks: scale.ticks(Math.max(1, Math.min(MOST_TICKS, Math.floor(length / TICK_DISTANCE)))) };
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

/** Where points lie, px: there may be one for each of a hundred thousand requests. */
export interface ScatterPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Of some of the points the nearest to a place, not further than `reach` px. */
export function nearestPoint({ x: xs, y: ys }: ScatterPoints, some: Uint32Array, x: number, y: number, reach: number): number | undefined {
  let best: number | undefined;
  let bestSquare = reach * reach;
  for (const point of some) {
    const [across, up] = [xs[point]! - x, ys[point]! - y];
    const square = across * across + up * up;
    if (square <= bestSquare) [best, bestSquare] = [point, square];
  }
  return best;
}

/** Of points on the same pixel, the first: those behind cannot be seen, and thousands of them would cost as much as if they could. */
export class VisiblePoints {
  private readonly columns: number;
  private readonly taken: Uint8Array;

  /** Points lie from 0 up to and including so many px. */
  constructor(width: number, height: number) {
    this.columns = Math.ceil(width) + 1;
    this.taken = new Uint8Array(this.columns * (Math.ceil(height) + 1));
  }

  /** Whether no point was seen on its pixel before; from then on one was. */
  sees(x: number, y: number): boolean {
    const pixel = Math.round(y) * this.columns + Math.round(x);
    if (this.taken[pixel] === 1) return false;
    this.taken[pixel] = 1;
    return true;
  }
}
