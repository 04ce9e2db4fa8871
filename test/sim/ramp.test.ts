import { describe, expect, it } from 'vitest';
import { rampSampler, type Ramp } from '../../src/sim/ramp';
import { Stream } from '../../src/sim/streams';

const SECOND = 1e6;
const RUNS = 400;

/** Instants of many runs of a ramp, up to twice its length. */
function runsOf(ramp: Ramp): number[][] {
  return Array.from({ length: RUNS }, (_, run) => {
    const [next, source] = [rampSampler(ramp), new Stream(run, 'ramp')];
    const instants: number[] = [];
    for (let at = next(source); at <= 2 * ramp.overMicros; at = next(source)) instants.push(at);
    return instants;
  });
}

/** Arrivals that a rate of `from` to `to` a second over `over` seconds is expected to have had after `t` of them. */
function expectedBy(t: number, from: number, to: number, over: number): number {
  const within = Math.min(t, over);
  return from * within + ((to - from) * within * within) / (2 * over) + to * Math.max(0, t - over);
}

describe.each([
  [1, 20],
  [20, 1],
  [7, 7],
])('a ramp from %d/s to %d/s', (from, to) => {
  const over = 10;
  const runs = runsOf({ fromPerSecond: from, toPerSecond: to, overMicros: over * SECOND });

  it.each([2, 5, 10, 15, 20])('has had as many arrivals after %d s as its rates add up to, within 99.9 %', (t) => {
    const counts = runs.map((instants) => instants.filter((at) => at <= t * SECOND).length);
    const expected = expectedBy(t, from, to, over);
    const mean = counts.reduce((sum, count) => sum + count, 0) / RUNS;
    expect(Math.abs(mean - expected)).toBeLessThan(3.29 * Math.sqrt(expected / RUNS));
    // Of a Poisson process the variance of a count is its mean; the sample variance of so many is within 3.29·√(2/n) of it.
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (RUNS - 1);
    expect(Math.abs(variance / expected - 1)).toBeLessThan(3.29 * Math.sqrt(2 / RUNS + 1 / (RUNS * expected)));
  });

  it('never goes back', () => {
    for (const instants of runs) expect(instants).toEqual(instants.toSorted((one, other) => one - other));
  });
});
