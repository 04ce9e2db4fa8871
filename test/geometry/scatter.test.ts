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

  test('a logarithmic axis begins and ends with the times, not with the decades around them', () => {
    const axis = scatterAxis([23_000, 60_000, 1_320_000], 200);
    expect(axis.isLog).toBe(true);
    expect([axis.at(20_000), axis.at(2_000_000)]).toEqual([0, 200]);
    expect(axis.ticks).toEqual([100_000, 1_000_000]);
    expect(scatterAxis([23_000, 1_320_000], 400).ticks).toEqual([20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000]);
    expect(scatterAxis([1, 3_600_000_000], 200).ticks.length).toBeLessThan(6);
  });

  test('times of many sizes lie on a logarithmic one, with 0 before it and ticks that have room', () => {
    const axis = scatterAxis([0, 30, 4_000, 5_000_000], 240);
    expect(axis.isLog).toBe(true);
    expect(axis.ticks[0]).toBe(0);
    expect(axis.at(0)).toBe(0);
    expect(axis.at(30)).toBeGreaterThan(20);
    expect(axis.at(1_000) - axis.at(100)).toBeCloseTo(axis.at(10_000) - axis.at(1_000), 6);
    expect(axis.at(5_000_000)).toBeLessThanOrEqual(240);
    const at = axis.ticks.map((tick) => axis.at(tick));
    expect(at.length).toBeGreaterThan(1);
    for (let tick = 1; tick < at.length; tick++) expect(at[tick]! - at[tick - 1]!).toBeGreaterThanOrEqual(28);
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
