/** How values are distributed, as shapes: bars for equal bins, or the share that is not more than a value. Bins of a logarithmic axis are equal there. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import type { Micros } from '../model/time';

export interface ValueAxis {
  /** µs; the least is above 0 on a logarithmic axis. */
  readonly least: Micros;
  readonly most: Micros;
  readonly isLog: boolean;
}

export interface DistributionPlot {
  readonly width: number;
  readonly height: number;
  readonly axis: ValueAxis;
  readonly bins: number;
  readonly kind: 'histogram' | 'cdf';
  /** The largest share that must have room. */
  readonly most: number;
}

/** The share of values that are not more than so much; NaN where it is not known. */
export type Share = (micros: Micros) => number;

/** The edges of the bins, one more than there are bins. What is less than the first edge is in the first bin. */
export function binEdges(axis: ValueAxis, bins: number): readonly Micros[] {
  return Array.from({ length: bins + 1 }, (_, edge) => valueAtX(axis, bins, edge));
}

/** The share of each bin. */
export function binShares(share: Share, edges: readonly Micros[]): readonly number[] {
  return edges.slice(1).map((edge, bin) => share(edge) - (bin === 0 ? 0 : share(edges[bin]!)));
}

export function xOfValue({ least, most, isLog }: ValueAxis, width: number, micros: Micros): number {
  return isLog ? scaleLog([least, most], [0, width])(Math.max(least, micros)) : scaleLinear([least, most], [0, width])(micros);
}

export function valueAtX({ least, most, isLog }: ValueAxis, width: number, x: number): Micros {
  return isLog ? scaleLog([least, most], [0, Math.max(1, width)]).invert(x) : scaleLinear([0, Math.max(1, width)], [least, most])(x);
}

export function valueTicks({ least, most, isLog }: ValueAxis, count: number): readonly Micros[] {
  if (!isLog) return scaleLinear([least, most], [0, 1]).ticks(count);
  // Powers of ten, while there are enough of them.
  return scaleLog([least, most], [0, 1]).ticks(count).filter((value) => Number.isInteger(Math.log10(value)) || most / least < 100);
}

/** Filled: what was sampled. */
export function sampledPath(share: Share, plot: DistributionPlot): string {
  const y = scaleLinear([0, plot.most], [plot.height, 0]);
  const { width, axis } = plot;
  const edges = binEdges(axis, plot.bins);
  if (plot.kind === 'histogram') {
    const shares = binShares(share, edges);
    return shares.map((one, bin) => bar(xOfValue(axis, width, edges[bin]!), xOfValue(axis, width, edges[bin + 1]!), y(one), plot.height)).join('');
  }
  const xs = Array.from({ length: Math.max(2, Math.round(width)) }, (_, x) => x);
  const draw = area<number>((x) => x, plot.height, (x) => y(share(valueAtX(axis, width, x)))).curve(curveStepAfter);
  return draw.digits(1)(xs) ?? '';
}

/** A line: what a formula says. In a histogram it is the share that each bin would have. */
export function theoryPath(share: Share, plot: DistributionPlot): string {
  const y = scaleLinear([0, plot.most], [plot.height, 0]);
  const { width, axis } = plot;
  const edges = binEdges(axis, plot.bins);
  const points: readonly (readonly [x: number, share: number])[] =
    plot.kind === 'histogram'
      ? binShares(share, edges).map((one, bin) => [(xOfValue(axis, width, edges[bin]!) + xOfValue(axis, width, edges[bin + 1]!)) / 2, one])
      : Array.from({ length: Math.round(width / 2) + 1 }, (_, at) => [2 * at, share(valueAtX(axis, width, 2 * at))]);
  const draw = line<readonly [number, number]>(
    ([x]) => x,
    ([, one]) => y(one),
  ).defined(([, one]) => !Number.isNaN(one));
  return draw.digits(1)(points) ?? '';
}

function bar(from: number, to: number, top: number, bottom: number): string {
  const [left, right] = [Math.round(from * 10) / 10, Math.round((to - Math.min(1, (to - from) / 4)) * 10) / 10];
  return `M${left} ${bottom}V${Math.round(top * 10) / 10}H${right}V${bottom}Z`;
}
