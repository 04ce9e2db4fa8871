/** Does a long simulation agree with the formulas, in an interval that is narrow enough to say something? */
import { expect } from 'vitest';
import type { Interval } from '../../src/metrics/interval';
import { agreements, type Widths } from './shipped';
import type { Simulations } from './simulations';

export function expectWithin(predicted: number, interval: Interval, what: string): void {
  const told = `${what}: ${interval.mean} ± ${interval.halfWidth}, predicted ${predicted}`;
  expect(predicted, told).toBeGreaterThanOrEqual(interval.low);
  expect(predicted, told).toBeLessThanOrEqual(interval.high);
}

/** Prints what was measured. */
export async function expectAgreement(simulations: Simulations, seeds: number, file: unknown, widths: Widths): Promise<void> {
  const summaries = await simulations.over(seeds, file);
  expect(summaries.flatMap(({ violations }) => violations)).toEqual([]);
  for (const { what, interval, predicted, isNarrow } of agreements(summaries, file, widths)) {
    console.log(`${summaries[0]?.title}: ${what} ${interval.mean} ± ${interval.halfWidth}, predicted ${predicted}`);
    expectWithin(predicted, interval, what);
    expect(isNarrow, `the interval of the ${what} says something: ± ${interval.halfWidth}`).toBe(true);
  }
}
