import { expect, it } from 'vitest';
import { writtenInterval } from '../../../src/ui/formula/quantity';

it('writes a mean and its interval in one unit, to two significant digits of the half-width', () => {
  expect(writtenInterval({ mean: 4_452.31, halfWidth: 38.2 }, 'duration')).toBe('4.452 ± 0.038 s');
  expect(writtenInterval({ mean: 412.34, halfWidth: 12.6 }, 'duration')).toBe('412 ± 13 ms');
  expect(writtenInterval({ mean: 40.126, halfWidth: 0.52 }, 'duration')).toBe('40.13 ± 0.52 ms');
  expect(writtenInterval({ mean: 0.98324, halfWidth: 0.0012 }, 'share')).toBe('98.32 ± 0.12 %');
  expect(writtenInterval({ mean: 11.94, halfWidth: 0.21 }, 'rate')).toBe('11.94 ± 0.21 / s');
  expect(writtenInterval({ mean: 3.456, halfWidth: 1.23 }, 'count')).toBe('3.5 ± 1.2');
});

it('keeps the mean as it is where all runs agree', () => {
  expect(writtenInterval({ mean: 40, halfWidth: 0 }, 'duration')).toBe('40 ± 0 ms');
  expect(writtenInterval({ mean: 1, halfWidth: 1e-12 }, 'share')).toBe('100 ± 0 %');
  expect(writtenInterval({ mean: 1_234.5, halfWidth: 0 }, 'duration')).toBe('1.234 ± 0 s');
});

it('never writes an interval that is there as ± 0', () => {
  expect(writtenInterval({ mean: 5_000, halfWidth: 0.4 }, 'duration')).toBe('5.00000 ± 0.00040 s');
});
