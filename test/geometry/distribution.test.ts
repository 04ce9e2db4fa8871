import { expect, it } from 'vitest';
import { binEdges, binShares, sampledPath, theoryPath, valueAtX, valueTicks, xOfValue } from '../../src/geometry/distribution';

const LINEAR = { least: 0, most: 100, isLog: false };
const LOG = { least: 1, most: 10_000, isLog: true };
const even = (micros: number): number => Math.min(1, Math.max(0, micros / 100));

it('bins are equal on their axis, and their shares add up to what is on it', () => {
  expect(binEdges(LINEAR, 4)).toEqual([0, 25, 50, 75, 100]);
  expect(binEdges(LOG, 4).map(Math.round)).toEqual([1, 10, 100, 1_000, 10_000]);
  expect(binShares(even, binEdges(LINEAR, 4))).toEqual([0.25, 0.25, 0.25, 0.25]);
  // What is 0 has a place in the first bin of either axis.
  expect(binShares(() => 1, binEdges(LOG, 3))).toEqual([1, 0, 0]);
  expect(binShares(() => 1, binEdges(LINEAR, 3))).toEqual([1, 0, 0]);
});

it('a pixel and a value lead to each other, and what is below a logarithmic axis lies at its beginning', () => {
  expect(xOfValue(LINEAR, 200, 25)).toBe(50);
  expect(valueAtX(LINEAR, 200, 50)).toBe(25);
  expect(valueAtX(LOG, 200, xOfValue(LOG, 200, 320))).toBeCloseTo(320, 6);
  expect(xOfValue(LOG, 200, 0)).toBe(0);
});

it('ticks are round', () => {
  expect(valueTicks(LINEAR, 4)).toEqual([0, 20, 40, 60, 80, 100]);
  expect(valueTicks(LOG, 4)).toEqual([1, 10, 100, 1_000, 10_000]);
});

it('draws bars for a sample, and the share that a formula gives each bin as a line', () => {
  const plot = { width: 100, height: 40, axis: LINEAR, bins: 2, kind: 'histogram', most: 1 } as const;
  expect(sampledPath(even, plot)).toBe('M0 40V20H49V40ZM50 40V20H99V40Z');
  expect(theoryPath(even, plot)).toBe('M25,20L75,20');
  expect(theoryPath((micros) => (micros > 60 ? NaN : even(micros)), plot)).toBe('M25,20Z');
  const cdf = theoryPath(even, { ...plot, kind: 'cdf' });
  expect(cdf.startsWith('M0,40')).toBe(true);
  expect(cdf.endsWith('L100,0')).toBe(true);
});
