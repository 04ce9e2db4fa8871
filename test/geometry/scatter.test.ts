import { describe, expect, test } from 'vitest';
import { nearestPoint, scatterAxis, visiblePoints } from '../../src/geometry/scatter';

describe('the axes of a scatter', () => {
  test('times of one size lie on a linear axis from 0', () => {
    const axis = scatterAxis([10_000, 40_000, 90_000], 200);
    expect(axis.isLog).toBe(false);
    expect(axis.at(0)).toBe(0);
    expect(axis.at(50_000)).toBeCloseTo(axis.at(100_000) / 2, 6);
    expect(axis.ticks[0]).toBe(0);
  });

  test('times of many sizes lie on a logarithmic one, with 0 at its beginning and ticks that have room', () => {
    const axis = scatterAxis([0, 30, 4_000, 5_000_000], 240);
    expect(axis.isLog).toBe(true);
    expect(axis.at(0)).toBe(0);
    expect(axis.at(1_000) - axis.at(100)).toBeCloseTo(axis.at(10_000) - axis.at(1_000), 6);
    expect(axis.at(5_000_000)).toBeLessThanOrEqual(240);
    const at = axis.ticks.map((tick) => axis.at(tick));
    expect(at.length).toBeGreaterThan(1);
    for (let tick = 1; tick < at.length; tick++) expect(at[tick]! - at[tick - 1]!).toBeGreaterThanOrEqual(46);
  });

  test('nothing to show, and only zeros, are no error', () => {
    for (const times of [[], [0, 0]]) expect(Number.isFinite(scatterAxis(times, 100).at(0))).toBe(true);
  });
});

describe('points', () => {
  const points = [
    { pair: 1, x: 10, y: 10 },
    { pair: 2, x: 10.2, y: 10.3 },
    { pair: 3, x: 30, y: 10 },
  ];

  test('the nearest within reach is found', () => {
    expect(nearestPoint(points, 27, 11, 14)?.pair).toBe(3);
    expect(nearestPoint(points, 60, 60, 14)).toBeUndefined();
  });

  test('of those on one pixel one is drawn', () => {
    expect(visiblePoints(points, 100).map(({ pair }) => pair)).toEqual([1, 3]);
  });
});
