import { describe, expect, it } from 'vitest';
import { dotsAt, lineChart, mostOf, mostOfSum, stackedChart, valueAt, windowLength, type Course } from '../../src/geometry/charts';

/** A window is 1 s, so that with a width of 400 for 4 s the middles lie at 50, 150, 250 and 350. */
const course = (...values: number[]): Course => ({ fromMicros: 0, stepMicros: 1e6, values: Float64Array.from(values) });
const PLOT = { width: 400, height: 100, view: { fromMicros: 0, toMicros: 4e6 }, most: 10, labelHeight: 14 };

describe('lines', () => {
  it('run through the middle of each window, 0 at the bottom and the most at the top', () => {
    expect(lineChart([course(0, 10, 5, 5)], PLOT).paths).toEqual(['M50,100L150,0L250,50L350,50']);
  });

  it('begin where their windows begin', () => {
    const late = { ...course(10, 10), fromMicros: 2e6 };
    expect(lineChart([late], PLOT).paths).toEqual(['M250,0L350,0']);
  });

  it('are broken where there is nothing to show, and a lone value stays a dot', () => {
    expect(lineChart([course(10, NaN, 5, 5)], PLOT).paths).toEqual(['M50,0ZM250,50L350,50']);
    const { paths, labelYs } = lineChart([course(NaN, NaN), course(1, 1)], PLOT);
    expect(paths[0]).toBe('');
    expect(labelYs[0]).toBeNaN();
  });

  it('have their labels at their last value, apart from one another and within the plot', () => {
    expect(lineChart([course(0, 5, NaN, NaN), course(9, 2)], PLOT).labelYs).toEqual([50, 80]);
    const { labelYs } = lineChart([course(0), course(0.1), course(0), course(10)], PLOT);
    const sorted = [...labelYs].sort((a, b) => a - b);
    sorted.slice(1).forEach((y, index) => expect(y - sorted[index]!).toBeGreaterThanOrEqual(14));
    expect(sorted[0]).toBe(7);
    expect(sorted.at(-1)).toBe(93);
    expect(labelYs[1]).toBe(sorted[1]);
    const crowded = lineChart(
      Array.from({ length: 10 }, () => course(0)),
      PLOT,
    ).labelYs;
    expect(crowded).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95]);
  });
});

describe('stacked areas', () => {
  const parts = [course(1, 2, NaN, 4), course(3, 3, NaN, 6)];

  it('stand on one another and leave out windows without values', () => {
    const { paths } = stackedChart(parts, PLOT);
    expect(paths).toEqual(['M50,90L150,80L150,100L50,100ZM350,60L350,100Z', 'M50,60L150,50L150,80L50,90ZM350,0L350,60Z']);
  });

  it('have their labels in the middle of their last height', () => {
    expect(stackedChart(parts, PLOT).labelYs.map(Math.round)).toEqual([80, 30]);
  });

  it('know their largest sum', () => {
    expect(mostOfSum(parts)).toBe(10);
    expect(mostOf(parts)).toBe(6);
  });

  it('of nothing are nothing', () => {
    expect(stackedChart([], PLOT).paths).toEqual([]);
    expect(stackedChart([course(NaN)], PLOT).paths).toEqual(['']);
    expect([mostOfSum([]), mostOf([]), mostOf([course(NaN)])]).toEqual([0, 0, 0]);
  });
});

describe('axes', () => {
  it('have round values from bottom to top', () => {
    expect(lineChart([course(1)], { ...PLOT, most: 20 }).valueTicks).toEqual([
      { value: 0, at: 100 },
      { value: 5, at: 75 },
      { value: 10, at: 50 },
      { value: 15, at: 25 },
      { value: 20, at: 0 },
    ]);
  });

  it('show a stretch of the time: what lies outside is drawn outside, and labels stand at the last value in sight', () => {
    const view = { fromMicros: 1e6, toMicros: 3e6 };
    const { paths, labelYs } = lineChart([course(0, 10, 5, 0)], { ...PLOT, view });
    expect(paths).toEqual(['M-100,100L100,0L300,50L500,100']);
    expect(labelYs).toEqual([50]);
    expect(stackedChart([course(2, 2, 4, 10)], { ...PLOT, view }).labelYs).toEqual([80]);
  });

  it('hold when nothing happened and before the width is known', () => {
    const { paths, valueTicks } = lineChart([course(0, 0, 0, 0)], { ...PLOT, width: 0, most: 0 });
    expect(paths[0]).not.toMatch(/NaN|Infinity/);
    expect(valueTicks[0]).toEqual({ value: 0, at: 100 });
  });
});

it('windows have round lengths, about as many as asked for', () => {
  expect(windowLength(60e6, 60)).toBe(1e6);
  expect(windowLength(60e6, 100)).toBe(500_000);
  expect(windowLength(90e6, 60)).toBe(2e6);
  expect(windowLength(7, 60)).toBe(1);
  expect(windowLength(0, 60)).toBe(1);
});

describe('what is pointed at', () => {
  it('is the value of the window that the instant is in, the end of the run included', () => {
    const one = course(1, 2, NaN, 4);
    expect([0, 999_999, 1e6, 3.5e6, 4e6].map((at) => valueAt(one, at))).toEqual([1, 1, 2, 4, 4]);
    for (const at of [2.5e6, -1, 4e6 + 1, 9e6]) expect(valueAt(one, at)).toBeNaN();
  });

  it('is dotted in the middle of its window, on the line or on top of its area', () => {
    const courses = [course(1, 2), course(3, 3), course(NaN, NaN)];
    expect(dotsAt(courses, PLOT, 1.9e6, false)).toEqual([{ x: 150, y: 80 }, { x: 150, y: 70 }, undefined]);
    expect(dotsAt(courses.slice(0, 2), PLOT, 0, true)).toEqual([
      { x: 50, y: 90 },
      { x: 50, y: 60 },
    ]);
  });
});
