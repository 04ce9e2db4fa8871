/** Two counts that only grow, who came and who left, as step curves with the area between them: Little's law as a picture. */
import { bisectLeft, bisectRight } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { xOf } from './space-time';
import type { Viewport } from './time-scale';

export interface CumulativePlot {
  readonly width: number;
  readonly height: number;
  readonly view: Viewport;
}

interface Tick {
  readonly value: number;
  /** From the top, px. */
  readonly at: number;
}

export interface CumulativeShape {
  /** The `d` of SVG paths. */
  readonly came: string;
  readonly left: string;
  readonly area: string;
  readonly valueTicks: readonly Tick[];
  /** Where a count lies, px from the top. */
  readonly yOf: (count: number) => number;
  /** The lowest and the highest count in sight. */
  readonly least: number;
  readonly most: number;
}

/** Room for a tick, px. */
const TICK_HEIGHT = 30;

/** The times ascend. A curve with more steps than pixels is drawn pixel by pixel, at the exact count of each. */
export function cumulativeShape(came: Float64Array, left: Float64Array, plot: CumulativePlot): CumulativeShape {
  const { view, height } = plot;
  const least = bisectLeft(left, view.fromMicros);
  const most = Math.max(least + 1, bisectRight(came, view.toMicros));
  const y = scaleLinear([least, most], [height, 0]);
  const [above, below] = [corners(came, plot), corners(left, plot)].map((curve) => curve.map(([x, count]) => [x, y(count)] as const));
  return {
    came: path(above!),
    left: path(below!),
    area: `${path(above!)}${path([...below!].reverse()).replace('M', 'L')}Z`,
    valueTicks: y
      .ticks(Math.max(2, height / TICK_HEIGHT))
      .filter(Number.isInteger)
      .map((value) => ({ value, at: y(value) })),
    yOf: y,
    least,
    most,
  };
}

/** The corners of a step curve from the left edge to the right one: x in px, and the count. */
function corners(times: Float64Array, { view, width }: CumulativePlot): (readonly [x: number, count: number])[] {
  const [first, end] = [bisectLeft(times, view.fromMicros), bisectRight(times, view.toMicros)];
  const corners: (readonly [number, number])[] = [[0, first]];
  if (end - first > width) {
    const perPixel = (view.toMicros - view.fromMicros) / Math.max(1, width);
    for (let x = 1; x <= width; x++) corners.push([x, bisectRight(times, view.fromMicros + x * perPixel)]);
    return corners;
  }
  for (let at = first; at < end; at++) {
    const x = xOf(view, width, times[at]!);
    corners.push([x, at], [x, at + 1]);
  }
  corners.push([width, end]);
  return corners;
}

function path(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}
