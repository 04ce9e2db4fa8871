import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderedInSteps, sortedInSteps } from '../../src/metrics/sorting';
import { atOnce, STEP_ROWS } from '../../src/metrics/steps';

/** Around one block, several blocks, and lengths that leave blocks without a partner. */
const LENGTHS = [0, 1, 2, STEP_ROWS - 1, STEP_ROWS, STEP_ROWS + 1, 2 * STEP_ROWS, 3 * STEP_ROWS + 5, 5 * STEP_ROWS];
const length = fc.constantFrom(...LENGTHS);

/** Few different numbers, so that many are equal. */
const numbers = (count: number, seed: number, different: number): Float64Array =>
  Float64Array.from({ length: count }, (_, at) => (Math.imul(at + 1, 2_654_435_761 ^ seed) >>> 8) % different);

/** Quicker than a comparison that could say where they differ. */
const same = (one: Float64Array | Uint32Array, other: Float64Array | Uint32Array): boolean =>
  one.length === other.length && one.every((value, at) => value === other[at]);

it('numbers in blocks come out as from one sort', () => {
  fc.assert(
    fc.property(length, fc.integer(), fc.integer({ min: 1, max: 100_000 }), (count, seed, different) => {
      const values = numbers(count, seed, different);
      const before = values.slice();
      expect(same(atOnce(sortedInSteps(values)), values.slice().sort())).toBe(true);
      expect(same(values, before)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it('what is equal stays in its order, and what is in order stays as it is', () => {
  fc.assert(
    fc.property(length, fc.integer(), fc.integer({ min: 1, max: 50 }), (count, seed, different) => {
      const keys = numbers(count, seed, different);
      const rows = Uint32Array.from(keys, (_, row) => row);
      const compare = (one: number, other: number): number => keys[one]! - keys[other]!;
      const ordered = atOnce(orderedInSteps(rows, compare));
      expect(same(ordered, rows.slice().sort(compare))).toBe(true);
      expect(same(atOnce(orderedInSteps(ordered, compare)), ordered)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it('no step does more than a block', () => {
  let compared = 0;
  const rows = Uint32Array.from({ length: 20 * STEP_ROWS }, (_, row) => (row * 7_919) % (20 * STEP_ROWS));
  const steps = orderedInSteps(rows, (one, other) => (compared++, one - other));
  let most = 0;
  for (let before = 0; !steps.next().done; before = compared) most = Math.max(most, compared - before);
  expect(most).toBeLessThan(STEP_ROWS * Math.log2(STEP_ROWS));
});
