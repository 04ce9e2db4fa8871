import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cumulativeShape } from '../../src/geometry/cumulative';

const PLOT = { width: 100, height: 40, view: { fromMicros: 0, toMicros: 100 } };

it('draws who came and who left as steps, and the area between them', () => {
  const shape = cumulativeShape(Float64Array.of(10, 20, 20, 60), Float64Array.of(30, 70), PLOT);
  expect(shape.came).toBe('M0 40L10 40L10 30L20 30L20 20L20 20L20 10L60 10L60 0L100 0');
  expect(shape.left).toBe('M0 40L30 40L30 30L70 30L70 20L100 20');
  expect(shape.area).toBe(`${shape.came}L100 20L70 20L70 30L30 30L30 40L0 40Z`);
  expect([shape.least, shape.most, shape.yOf(4)]).toEqual([0, 4, 0]);
});

it('begins with the counts at the left edge', () => {
  const shape = cumulativeShape(Float64Array.of(10, 20, 60), Float64Array.of(30, 70), { ...PLOT, view: { fromMicros: 50, toMicros: 100 } });
  expect([shape.least, shape.most]).toEqual([1, 3]);
  expect(shape.came).toBe('M0 20L20 20L20 0L100 0');
  expect(shape.left).toBe('M0 40L40 40L40 20L100 20');
});

it('has no more corners than two for each pixel, and the exact counts at both edges', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 900, size: 'max' }), (times) => {
      const came = Float64Array.from(times).sort();
      const shape = cumulativeShape(came, new Float64Array(0), { ...PLOT, view: { fromMicros: 0, toMicros: 1_000 } });
      const points = shape.came.slice(1).split('L');
      expect(points.length).toBeLessThanOrEqual(2 * PLOT.width + 2);
      expect(points.at(-1)).toBe('100 0');
      expect(shape.most).toBe(times.length);
      const ys = points.map((point) => Number(point.split(' ')[1]));
      ys.slice(1).forEach((y, index) => expect(y).toBeLessThanOrEqual(ys[index]!));
    }),
  );
});
