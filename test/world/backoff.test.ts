import { describe, expect, it } from 'vitest';
import { BACKOFFS, type Backoff } from '../../src/model/policies/policy';
import { Stream } from '../../src/sim/streams';
import { pauseBefore } from '../../src/world/backoff';

const BASE = 100_000;
const MAX = 1_000_000;

function pauses(backoff: Backoff, attempts: number, before: number, count = 40_000): number[] {
  const chance = new Stream(1, backoff);
  return Array.from({ length: count }, () =>
    pauseBefore({ backoff, baseMicros: BASE, maxMicros: MAX, multiplier: 2 }, attempts, before, chance),
  );
}

function expectUniform(drawn: readonly number[], low: number, high: number): void {
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const halfWidth = (3.29 * (high - low)) / Math.sqrt(12 * drawn.length);
  expect(Math.abs(mean - (low + high) / 2), `mean ${mean}`).toBeLessThanOrEqual(halfWidth);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(low);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(high);
  // The ends are reached: a narrower range would have the same mean.
  expect(Math.max(...drawn) - Math.min(...drawn)).toBeGreaterThan(0.999 * (high - low));
}

describe('the pause before a retry', () => {
  it.each([
    ['none', [0, 0, 0, 0, 0]],
    ['fixed', [100, 100, 100, 100, 100]],
    ['exponential', [100, 200, 400, 800, 1_000]],
  ] as const)('%s: %j ms', (backoff, expected) => {
    expect([1, 2, 3, 4, 5].map((attempts) => pauses(backoff, attempts, 0, 1)[0]! / 1_000)).toEqual(expected);
  });

  it.each([
    [1, 100],
    [3, 400],
    [9, 1_000],
  ])('after %i attempts has v = %i ms: full jitter from 0 to v, equal jitter from v/2 to v', (attempts, ms) => {
    expectUniform(pauses('full-jitter', attempts, 0), 0, ms * 1_000);
    expectUniform(pauses('equal-jitter', attempts, 0), ms * 500, ms * 1_000);
  });

  it('decorrelated goes from the base to three times the pause before, and never over the maximum', () => {
    expectUniform(pauses('decorrelated-jitter', 1, 0), BASE, 3 * BASE);
    expectUniform(pauses('decorrelated-jitter', 2, 200_000), BASE, 600_000);
    const cut = pauses('decorrelated-jitter', 5, 900_000);
    expect(Math.max(...cut)).toBe(MAX);
    expect(cut.filter((pause) => pause === MAX).length / cut.length).toBeCloseTo((2_700 - 1_000) / (2_700 - 100), 1);
  });

  it.each([
    [1, 100],
    [2, 150],
    [3, 225],
    [9, 1_000],
  ])('of gRPC after %i attempts lies within 20 %% of %i ms, for a multiplier of 1.5', (attempts, ms) => {
    const chance = new Stream(1, 'grpc');
    const pausing = { backoff: 'grpc', baseMicros: BASE, maxMicros: MAX, multiplier: 1.5 } as const;
    expectUniform(
      Array.from({ length: 40_000 }, () => pauseBefore(pausing, attempts, 0, chance)),
      ms * 800,
      ms * 1_200,
    );
  });

  it('never grows beyond any bound, however often a call is tried', () => {
    for (const backoff of BACKOFFS)
      expect(pauseBefore({ backoff, baseMicros: 1, maxMicros: 1e12, multiplier: 2 }, 1_000, 0, new Stream(1, 'x'))).toBeLessThanOrEqual(
        1.2e12,
      );
  });
});
