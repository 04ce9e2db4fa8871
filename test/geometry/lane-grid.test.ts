import { expect, test } from 'vitest';
import { commonScale, laneGrid } from '../../src/geometry/lane-grid';

const CALL = { width: 424, height: 132 };
const QUEUE = { width: 708, height: 264 };
const LOG = { width: 900, height: 180 };
const FIVE_CARRIAGES = [CALL, CALL, CALL, QUEUE, LOG];

test('one lane, and two that fit, stand one under the other', () => {
  expect(laneGrid([CALL], { width: 1000, height: 400 }).columns).toHaveLength(1);
  expect(laneGrid([CALL, QUEUE], { width: 700, height: 380 }).columns).toHaveLength(1);
});

test('five lanes on a wide stage stand in as many columns as it takes for all to be in sight', () => {
  expect(laneGrid(FIVE_CARRIAGES, { width: 1015, height: 390 }).columns).toHaveLength(2);
  expect(laneGrid(FIVE_CARRIAGES, { width: 966, height: 260 }).columns).toHaveLength(3);
});

test('a high stage shows them under each other', () => {
  expect(laneGrid(FIVE_CARRIAGES, { width: 1015, height: 1_200 }).columns).toHaveLength(1);
});

test('where all must be scrolled, as much as possible is in sight', () => {
  const balanced = { width: 548, height: 1_200 };
  expect(laneGrid([balanced, balanced, balanced, balanced], { width: 966, height: 325 }).columns).toHaveLength(2);
});

test('a phone has one column', () => {
  expect(laneGrid([QUEUE, QUEUE, QUEUE], { width: 390, height: 500 }).columns).toHaveLength(1);
});

test('a stage without a size yet has one column', () => {
  expect(laneGrid(FIVE_CARRIAGES, { width: 0, height: 0 }).columns).toHaveLength(1);
  expect(laneGrid([], { width: 900, height: 400 }).columns).toHaveLength(1);
});

test('lanes under each other are drawn equally large: each has the height that it can use', () => {
  const [call, queue] = laneGrid([CALL, QUEUE], { width: 800, height: 300 }).rows;
  expect(queue! / call!).toBe(QUEUE.height / CALL.height);
});

test('a lane that the width makes small is given no height that it cannot use', () => {
  const { rows } = laneGrid([CALL, QUEUE], { width: QUEUE.width / 2, height: 300 });
  expect(rows).toEqual([(CALL.height * QUEUE.width) / 2 / CALL.width, QUEUE.height / 2]);
});

test('lanes beside each other are drawn equally large too', () => {
  expect(laneGrid([CALL, QUEUE], { width: 700, height: 170 }).columns).toEqual([CALL.width, QUEUE.width]);
});

test('lanes are drawn in one size, but none is made hard to read by another that has no room', () => {
  expect(commonScale([1, 0.9, 0.85])).toBe(0.85);
  expect(commonScale([1.6, 1.4])).toBe(1.4);
  expect(commonScale([1, 0.5])).toBe(0.8);
});
