import { describe, expect, test } from 'vitest';
import { nearestPoint, scatterAxis as axisOf, VisiblePoints } from '../../src/geometry/scatter';

const scatterAxis = (times: readonly number[], length: number) => axisOf(Float64Array.from(times), length);

describe('the axes of a scatter', () => {
  test('times of one size lie on a linear axis from 0', () => {
    const axis = scatterAxis([10_000, 40_000, 90_000], 200);
    expect(axis.isLog).toBe(false);
    expect(axis.at(0)).toBe(0);
    expect(axis.at(50_000)).toBeCloseTo(axis.at(100_000) / 2, 6);
    expect(axis.ticks[0]).toBe(0);
    expect(scatterAxis([NaN, 10_000, 40_000, NaN, 90_000], 200).ticks).toEqual(axis.ticks);
  });

  test('a short linear axis has fewer ticks, so that no label stands in another', () => {
    for (const length of [60, 112, 160, 300]) {
      const axis = scatterAxis([150_000, 400_000, 2_050_000], length);
      const at = axis.ticks.map((tick) => axis.at(tick));
      expect(at.length).toBeGreaterThan(1);
      for (let tick = 1; tick < at.length; tick++) expect(at[tick]! - at[tick - 1]!).toBeGreaterThanOrEqual(28);
    }
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
  const points = { x: Float32Array.of(10, 10.2, 30, 200), y: Float32Array.of(10, 10.3, 10, 100) };

  test('the nearest within reach of those that are drawn is found', () => {
    expect(nearestPoint(points, Uint32Array.of(0, 2), 27, 11, 14)).toBe(2);
    expect(nearestPoint(points, Uint32Array.of(0), 27, 11, 14)).toBeUndefined();
    expect(nearestPoint(points, Uint32Array.of(0, 2), 60, 60, 14)).toBeUndefined();
  });

  test('of those on one pixel one is drawn, up to the last pixel of each side', () => {
    const visible = new VisiblePoints(200, 100);
    expect([0, 1, 2, 3, 3].map((point) => visible.sees(points.x[point]!, points.y[point]!))).toEqual([true, false, true, true, false]);
  });
});
