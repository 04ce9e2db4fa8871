/** Arrivals whose rate goes in a straight line from one to another and stays there: a Poisson process that is not homogeneous. */
import type { Micros } from '../model/time';
import { standardExponential } from './exponential';
import type { RandomSource } from './streams';

const SECOND = 1e6;

export interface Ramp {
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  readonly overMicros: Micros;
}

/**
 * Draws the instants of the arrivals, one after the other, in µs since the ramp began. By inversion (Çinlar, Introduction to Stochastic
 * Processes, 1975, ch. 4.7): the arrivals of a process with mean 1, at the times at which the ramp is expected to have had as many.
 */
export function rampSampler({ fromPerSecond, toPerSecond, overMicros }: Ramp): (source: RandomSource) => Micros {
  const [from, to] = [fromPerSecond / SECOND, toPerSecond / SECOND];
  const onRamp = ((from + to) / 2) * overMicros;
  let expected = 0;
  return (source) => {
    expected += standardExponential(source);
    if (expected >= onRamp) return Math.round(overMicros + (expected - onRamp) / to);
    // The root of from·t + (to − from)·t²/(2·over) = expected, in the form that loses no digits when the rates are nearly the same.
    return Math.round((2 * expected) / (from + Math.sqrt(from * from + (2 * (to - from) * expected) / overMicros)));
  };
}
