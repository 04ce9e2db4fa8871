import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Percentiles } from '../../src/metrics/percentiles';

const SHARES = [0, 0.01, 0.5, 0.95, 0.99, 1];

function of(values: readonly number[], exactValues?: number): Percentiles {
  const percentiles = new Percentiles(exactValues);
  for (const value of values) percentiles.add(value);
  return percentiles;
}

it('gives the nearest rank: a value that occurred', () => {
  const ten = of([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect([0.05, 0.1, 0.11, 0.5, 0.95, 1].map((p) => ten.at(p))).toEqual([1, 1, 2, 5, 10, 10]);
  expect(of([]).at(0.5)).toBeNull();
});

it('agrees with sorting', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 5_000, size: 'max' }), (values) => {
      const sorted = [...values].sort((one, other) => one - other);
      const percentiles = of(values);
      for (const p of SHARES) expect(percentiles.at(p)).toBe(sorted[Math.max(1, Math.ceil(p * values.length)) - 1]);
    }),
  );
});

it('is within 0.05 % when there are too many values to keep', () => {
  const large = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 2 ** 45 }));
  fc.assert(
    fc.property(fc.array(large, { minLength: 20, maxLength: 200, size: 'max' }), (values) => {
      const sorted = [...values].sort((one, other) => one - other);
      const percentiles = of(values, 10);
      for (const p of SHARES) {
        const exact = sorted[Math.max(1, Math.ceil(p * values.length)) - 1]!;
        expect(percentiles.at(p)).toBeLessThanOrEqual(exact);
        expect(percentiles.at(p)).toBeGreaterThanOrEqual(exact * (1 - 1 / 2_048));
      }
    }),
  );
});
