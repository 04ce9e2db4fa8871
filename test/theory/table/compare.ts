/** Runs the table over seeds fixed beforehand and says what lies outside its interval. */
import { meanInterval } from '../../../src/metrics/interval';
import { hashName } from '../../../src/sim/name-hash';
import { binomialQuantile } from './binomial';
import type { Comparison, Load, Row } from './row';
import { TABLE } from './table';

export const LEVEL = 0.999;

export interface Size {
  readonly seeds: number;
  /** How many times as long as the table says. */
  readonly times: number;
}

/** One run: a row and a load of the table by their places, and what to run them with. */
export interface Job {
  readonly row: number;
  readonly load: number;
  readonly times: number;
  readonly seed: number;
}

/** One number for each comparison of the load. */
export type Measured = readonly number[];

export interface Compared {
  readonly row: Row;
  readonly load: Load;
  readonly comparison: Comparison;
  readonly measured: number;
  /** Of the interval of 99.9 % over the seeds. */
  readonly halfWidth: number;
  readonly missed: boolean;
}

export interface Verdict {
  readonly rows: number;
  readonly compared: readonly Compared[];
  /** Comparisons by interval: each may miss with a chance of 0.1 %. */
  readonly byInterval: number;
  readonly missed: readonly Compared[];
  /** As many misses are chance: the 99.9 % quantile of Binomial(byInterval, 0.001). */
  readonly allowed: number;
  /** Identities and bounds that a seed broke: never chance. */
  readonly broken: readonly Compared[];
}

/** Numbers that nobody chose: a hash of the name and the count. */
function seedsOf({ name }: Row, { at }: Load, count: number): number[] {
  return Array.from({ length: count }, (_, index) => hashName(index, `${name} ${at}`, 0) >>> 0);
}

/** Every load of the table, each on seeds of its own; `only` keeps the rows with that in their name. */
export async function compareTable({ seeds, times }: Size, ask: (job: Job) => Promise<Measured>, only = ''): Promise<Verdict> {
  const loads = TABLE.flatMap((row, at) => (row.name.includes(only) ? row.loads.map((load, index) => ({ row, load, at, index })) : []));
  const compared = await Promise.all(
    loads.map(async ({ row, load, at, index }) => {
      const [count, longer] = load.hasEnd ? [seeds * times, 1] : [seeds, times];
      const runs = await Promise.all(seedsOf(row, load, count).map((seed) => ask({ row: at, load: index, times: longer, seed })));
      return load.comparisons.map((comparison, which) =>
        compare(
          row,
          load,
          comparison,
          runs.map((run) => run[which]!),
        ),
      );
    }),
  );
  const all = compared.flat();
  const byInterval = all.filter(({ comparison }) => comparison.how === 'mean');
  return {
    compared: all,
    rows: new Set(loads.map(({ row }) => row)).size,
    byInterval: byInterval.length,
    missed: byInterval.filter(({ missed }) => missed),
    allowed: binomialQuantile(byInterval.length, 1 - LEVEL, LEVEL),
    broken: all.filter(({ comparison, missed }) => comparison.how !== 'mean' && missed),
  };
}

function compare(row: Row, load: Load, comparison: Comparison, values: readonly number[]): Compared {
  const { how, expected } = comparison;
  const { mean, halfWidth } = meanInterval(values, LEVEL);
  const room = rounding(expected);
  const told = { row, load, comparison, measured: mean, halfWidth };
  // Written so that what is no number misses.
  if (how === 'mean') return { ...told, missed: !(Math.abs(mean - expected) <= halfWidth + room) };
  if (how === 'atMost') return { ...told, missed: !(mean - halfWidth <= expected + room) };
  if (how === 'atLeast') return { ...told, missed: !(mean + halfWidth >= expected - room) };
  const wrong = values.find((value) => !(Math.abs(value - expected) <= room));
  return { ...told, measured: wrong ?? mean, missed: wrong !== undefined };
}

/** Sums of doubles, and durations that are whole microseconds. */
const rounding = (expected: number): number => 1e-9 + 1e-6 * Math.abs(expected);

export function lineOf({ row, load, comparison, measured, halfWidth, missed }: Compared): string {
  const number = (value: number): string => (value === 0 ? '0' : Number(value.toPrecision(6)).toString());
  const { how, expected } = comparison;
  const share = how === 'exact' || expected === 0 ? '' : `${((100 * halfWidth) / Math.abs(expected)).toFixed(2)} %`;
  const spread = how === 'exact' ? 'exactly' : `± ${number(Number(halfWidth.toPrecision(3)))}`;
  const theory = { mean: 'theory', exact: 'theory', atMost: 'at most', atLeast: 'at least' }[how];
  const cells = [row.name.padEnd(44), load.at.padEnd(26), comparison.what.padEnd(38), number(measured).padStart(12), spread.padEnd(14)];
  return [...cells, share.padStart(8), `${theory} ${number(expected)}`, missed ? 'MISSED' : ''].join(' ').trimEnd();
}
