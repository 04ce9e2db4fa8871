/** The table of theory: models and identities, each at several loads, beside what the simulator gives for them. */
import type { LaneResult } from '../../../src/model/run-result';

export interface Row {
  /** The model as the field calls it: `M/M/1`, `Engset's loss system`. */
  readonly name: string;
  /** Where the formula comes from. */
  readonly source: string;
  readonly loads: readonly Load[];
}

/** One parameter set of a row. */
export interface Load {
  /** What distinguishes it: `ρ = 0.8`. */
  readonly at: string;
  /** A scenario file without duration and warm-up. */
  readonly file: Readonly<Record<string, unknown>>;
  readonly variant?: string;
  /** Virtual seconds after the warm-up, times what the size says. */
  readonly seconds: number;
  /** Not counted, so that the start from empty is forgotten. */
  readonly warmupSeconds: number;
  /** The scenario has an end of its own: another size takes more or fewer seeds instead of time. */
  readonly hasEnd?: true;
  /** Handlers throw on purpose. */
  readonly handlersThrow?: true;
  readonly comparisons: readonly Comparison[];
}

export interface Comparison {
  readonly what: string;
  readonly measure: Measure;
  readonly expected: number;
  /**
   * `mean`: the expected value lies in the interval of 99.9 % over the seeds. `exact`: every seed gives it, but for rounding to
   * microseconds. `atMost`, `atLeast`: a bound beyond which the interval may not lie as a whole.
   */
  readonly how: 'mean' | 'exact' | 'atMost' | 'atLeast';
}

export interface Measure {
  readonly of: (lane: LaneResult) => number;
  /** Reads the trace or the requests' rows, not the summary alone. */
  readonly needsTrace: boolean;
}

export function mean(what: string, measure: Measure, expected: number): Comparison {
  return { what, measure, expected, how: 'mean' };
}

export function exactly(what: string, measure: Measure, expected: number): Comparison {
  return { what, measure, expected, how: 'exact' };
}

export function atMost(what: string, measure: Measure, expected: number): Comparison {
  return { what, measure, expected, how: 'atMost' };
}

export function atLeast(what: string, measure: Measure, expected: number): Comparison {
  return { what, measure, expected, how: 'atLeast' };
}
