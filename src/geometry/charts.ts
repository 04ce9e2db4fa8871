/** Charts over virtual time as shapes: lines, stacked areas, ticks of values, and labels beside what they name. d3 computes; a view draws. */
import { max, range, tickStep } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { area, line, stack, type SeriesPoint } from 'd3-shape';
import type { Micros } from '../model/time';
import type { Viewport } from './time-scale';

/** One value for each of equally long windows; NaN where a window has none. */
export interface Course {
  readonly fromMicros: Micros;
  readonly stepMicros: Micros;
  readonly values: Float64Array;
}

/** What a chart is drawn into. Charts with one `most` can be compared. */
export interface Plot {
  /** Of the plot without axes and labels, px. */
  readonly width: number;
  readonly height: number;
  readonly view: Viewport;
  /** The largest value that must have room. */
  readonly most: number;
  /** Labels keep so far apart, as long as there is room for all, px. */
  readonly labelHeight: number;
}

interface Tick {
  readonly value: number;
  /** From the top, px. */
  readonly at: number;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
}

export interface ChartShape {
  readonly valueTicks: readonly Tick[];
  /** The `d` of an SVG path for each course; empty when it has no values. */
  readonly paths: readonly string[];
  /** Middle of the label of each course, px from the top; NaN when it has no values. */
  readonly labelYs: readonly number[];
}

/** Room for a tick, px. d3 takes a round distance near to it. */
const VALUE_TICK_HEIGHT = 28;

/** 1, 2 or 5 times a power of ten µs, so that a run has about `windows` windows. */
export function windowLength(endMicros: Micros, windows: number): Micros {
  return Math.max(1, tickStep(0, Math.max(1, endMicros), windows));
}

/** The largest value of all courses, 0 when there is none. */
export function mostOf(courses: readonly Course[]): number {
  return max(courses, ({ values }) => max(values)) ?? 0;
}

/** The largest sum of courses with the same windows, 0 when there is none. */
export function mostOfSum(courses: readonly Course[]): number {
  return max(courses[0]?.values ?? [], (_, window) => courses.reduce((sum, { values }) => sum + values[window]!, 0)) ?? 0;
}

/** The value of the window that an instant is in; NaN when it has none. An instant between two windows belongs to the later one. */
export function valueAt({ fromMicros, stepMicros, values }: Course, atMicros: Micros): number {
  return values[windowAt({ fromMicros, stepMicros, values }, atMicros)] ?? NaN;
}

/** Index of the window that an instant is in; the end of the last one is still in it. */
export function windowAt({ fromMicros, stepMicros, values }: Course, atMicros: Micros): number {
  const after = atMicros - fromMicros - values.length * stepMicros;
  return after >= 0 && after < 1 ? values.length - 1 : Math.floor((atMicros - fromMicros) / stepMicros);
}

/** Where the values of the window that an instant is in are drawn; a course without one there has no dot. */
export function dotsAt(courses: readonly Course[], plot: Plot, atMicros: Micros, stacked: boolean): readonly (Dot | undefined)[] {
  const { x, y } = axesOf(plot);
  let below = 0;
  return courses.map((course) => {
    const value = valueAt(course, atMicros);
    if (!isValue(value)) return undefined;
    below = stacked ? below + value : value;
    return { x: x(middleOf(course, windowAt(course, atMicros))), y: y(below) };
  });
}

/** Each course as a line through the middles of its windows, broken where there are no values. */
export function lineChart(courses: readonly Course[], plot: Plot): ChartShape {
  const { x, y, ...ticks } = axesOf(plot);
  const paths = courses.map(({ values, ...windows }) => {
    const draw = line<number>((_, window) => x(middleOf(windows, window)), y).defined(isValue);
    return draw.digits(1)(values) ?? '';
  });
  const ends = courses.map((course) => y(lastInSight(course, plot.view)));
  return { ...ticks, paths, labelYs: spread(ends, plot) };
}

/** Courses with the same windows as areas, the first at the bottom. */
export function stackedChart(courses: readonly Course[], plot: Plot): ChartShape {
  const { x, y, ...ticks } = axesOf(plot);
  const first = courses[0];
  if (!first) return { ...ticks, paths: [], labelYs: [] };
  const layers = stack<number, number>()
    .keys(courses.keys())
    .value((window, course) => courses[course]!.values[window]!)(range(first.values.length));
  const paths = layers.map((layer) => {
    const draw = area<SeriesPoint<number>>(
      (_, window) => x(middleOf(first, window)),
      (point) => y(point[0]),
      (point) => y(point[1]),
    ).defined((point) => isValue(point[1]));
    return draw.digits(1)(layer) ?? '';
  });
  const ends = layers.map((layer) => {
    const last = layer.findLast((point, window) => isValue(point[1]) && middleOf(first, window) <= plot.view.toMicros) ?? [NaN, NaN];
    return y((last[0]! + last[1]!) / 2);
  });
  return { ...ticks, paths, labelYs: spread(ends, plot) };
}

function axesOf({ width, height, view, most }: Plot) {
  const x = scaleLinear([view.fromMicros, Math.max(view.fromMicros + 1, view.toMicros)], [0, width]);
  const y = scaleLinear([0, most > 0 ? most : 1], [height, 0]);
  return {
    x,
    y,
    valueTicks: y.ticks(Math.max(2, height / VALUE_TICK_HEIGHT)).map((value) => ({ value, at: y(value) })),
  };
}

function middleOf({ fromMicros, stepMicros }: Omit<Course, 'values'>, window: number): Micros {
  return fromMicros + (window + 0.5) * stepMicros;
}

function lastInSight({ values, ...windows }: Course, { toMicros }: Viewport): number {
  return values.findLast((value, window) => isValue(value) && middleOf(windows, window) <= toMicros) ?? NaN;
}

function isValue(value: number): boolean {
  return !Number.isNaN(value);
}

/** Moves labels apart that would lie on one another, each as little as the room allows, and none out of the plot. */
function spread(wanted: readonly number[], { height, labelHeight }: Plot): number[] {
  const order = [...wanted.keys()].filter((index) => isValue(wanted[index]!)).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const distance = Math.min(labelHeight, height / Math.max(1, order.length));
  const ys = [...wanted];
  let above = -distance / 2;
  for (const index of order) above = ys[index] = Math.max(ys[index]!, above + distance);
  let below = height + distance / 2;
  for (const index of order.reverse()) below = ys[index] = Math.min(ys[index]!, below - distance);
  return ys;
}
