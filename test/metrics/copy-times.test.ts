/** Copies of one message in one place, told apart by their times. */
import { expect, it } from 'vitest';
import { CopyTimes } from '../../src/metrics/copy-times';

it('gives back the copy of the time asked for, whichever was first', () => {
  const times = new CopyTimes();
  for (const micros of [10, 20, 30]) times.add(7, micros);
  times.add(8, 5);
  expect([times.length, times.sumUntil(100)]).toEqual([4, 90 + 80 + 70 + 95]);
  expect(times.take(7, 20)).toBe(20);
  expect(times.take(7, 10)).toBe(10);
  expect(times.take(7, 30)).toBe(30);
  expect(times.take(7, 30)).toBe(-1);
  expect([times.length, times.sumUntil(100)]).toEqual([1, 95]);
});

it('gives another copy when there is none of that time', () => {
  const times = new CopyTimes();
  times.add(7, 10);
  times.add(7, 20);
  expect([times.take(7, 15), times.take(7, 15), times.length]).toEqual([10, 20, 0]);
});
