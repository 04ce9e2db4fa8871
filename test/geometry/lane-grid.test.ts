import { expect, test } from 'vitest';
import { laneColumns } from '../../src/geometry/lane-grid';

const CALL = { width: 424, height: 132 };
const QUEUE = { width: 708, height: 264 };
const LOG = { width: 900, height: 180 };
const FIVE_CARRIAGES = [CALL, CALL, CALL, QUEUE, LOG];

test('one lane, and two that fit, stand one under the other', () => {
  expect(laneColumns([CALL], { width: 1000, height: 400 })).toBe(1);
  expect(laneColumns([CALL, QUEUE], { width: 700, height: 380 })).toBe(1);
});

test('five lanes on a wide stage stand in two columns, where all are in sight', () => {
  expect(laneColumns(FIVE_CARRIAGES, { width: 1015, height: 390 })).toBe(2);
  expect(laneColumns(FIVE_CARRIAGES, { width: 966, height: 290 })).toBe(2);
});

test('a high stage shows them under each other', () => {
  expect(laneColumns(FIVE_CARRIAGES, { width: 1015, height: 1_200 })).toBe(1);
});

test('where all must be scrolled, as much as possible is in sight', () => {
  const balanced = { width: 548, height: 1_200 };
  expect(laneColumns([balanced, balanced, balanced, balanced], { width: 966, height: 325 })).toBe(2);
});

test('a phone has one column', () => {
  expect(laneColumns([QUEUE, QUEUE, QUEUE], { width: 390, height: 500 })).toBe(1);
});

test('a stage without a size yet has one column', () => {
  expect(laneColumns(FIVE_CARRIAGES, { width: 0, height: 0 })).toBe(1);
  expect(laneColumns([], { width: 900, height: 400 })).toBe(1);
});
