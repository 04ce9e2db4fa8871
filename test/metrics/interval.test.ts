import { describe, expect, it } from 'vitest';
import { batchMeans, meanInterval, studentQuantile, studentWithin } from '../../src/metrics/interval';

describe("Student's t", () => {
  // Abramowitz and Stegun, table 26.10, and any textbook: degrees, level, quantile.
  it.each([
    [1, 0.95, 12.706],
    [2, 0.95, 4.303],
    [4, 0.95, 2.776],
    [9, 0.95, 2.262],
    [10, 0.999, 4.587],
    [19, 0.95, 2.093],
    [29, 0.999, 3.659],
    [30, 0.99, 2.75],
    [120, 0.95, 1.98],
  ])('with %i degrees of freedom has the %d interval ± %d', (degrees, level, quantile) => {
    expect(studentQuantile(degrees, level)).toBeCloseTo(quantile, 3);
  });

  it('has the closed forms of one and two degrees', () => {
    for (const x of [0.1, 0.7, 1, 3, 20]) {
      expect(studentWithin(x, 1)).toBeCloseTo((2 / Math.PI) * Math.atan(x), 13);
      expect(studentWithin(x, 2)).toBeCloseTo(x / Math.sqrt(2 + x * x), 13);
    }
  });

  it('becomes the normal distribution', () => {
    expect(studentQuantile(100_000, 0.95)).toBeCloseTo(1.96, 3);
  });
});

describe('meanInterval', () => {
  it('is mean ± t·s/√n', () => {
    const { mean, halfWidth, low, high, count } = meanInterval([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(mean).toBe(5);
    expect(halfWidth).toBeCloseTo((2.364_624 * Math.sqrt(32 / 7)) / Math.sqrt(8), 5);
    expect([low, high, count]).toEqual([5 - halfWidth, 5 + halfWidth, 8]);
  });

  it('keeps a small spread on a large mean', () => {
    const near = meanInterval([1e9, 1e9 + 1, 1e9 + 2]);
    expect(near.mean).toBe(1e9 + 1);
    expect(near.halfWidth).toBeCloseTo(4.302_653 / Math.sqrt(3), 5);
  });

  it('says that one value has no interval', () => {
    expect(meanInterval([3])).toMatchObject({ mean: 3, halfWidth: Infinity });
    expect(meanInterval([]).mean).toBeNaN();
  });

  it('covers the true mean about as often as it says', () => {
    let state = 1;
    const uniform = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    const covered = Array.from({ length: 2_000 }, () => meanInterval(Array.from({ length: 10 }, uniform))).filter(
      ({ low, high }) => low <= 0.5 && 0.5 <= high,
    );
    expect(covered.length / 2_000).toBeGreaterThan(0.93);
    expect(covered.length / 2_000).toBeLessThan(0.97);
  });
});

describe('batchMeans', () => {
  it('averages successive values and leaves out what fills no batch', () => {
    expect(batchMeans([1, 3, 5, 7, 100], 2)).toEqual([2, 6]);
    expect(batchMeans([1, 2], 3)).toEqual([]);
  });
});
