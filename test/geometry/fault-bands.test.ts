import { expect, it } from 'vitest';
import { faultBands, isOnWithin, type FaultTimes } from '../../src/geometry/fault-bands';

const VIEW = { fromMicros: 100, toMicros: 300 };
const between = (fromMicros: number, untilMicros?: number): FaultTimes => ({ fromMicros, untilMicros });
const rowsOf = (faults: readonly FaultTimes[], label = 20) => faultBands(faults, VIEW, 200, () => label).bands.map(({ row }) => row);

it('cuts bands to the stretch in sight, and goes on to its edge without an end', () => {
  const { bands, rows, more } = faultBands([between(150), between(0, 120)], VIEW, 200, () => 10);
  expect(bands.map(({ x, width }) => [x, width])).toEqual([
    [0, 20],
    [50, 150],
  ]);
  expect([rows, more]).toEqual([1, []]);
});

it('leaves out what is over or still to come, and keeps instants as marks', () => {
  const faults = [between(0, 100), between(301), between(200, 200)];
  expect(faultBands(faults, VIEW, 200, () => 10).bands).toEqual([
    { fault: faults[2], x: 100, width: 3, labelX: 100, labelWidth: 10, row: 0 },
  ]);
  expect(isOnWithin(between(10, 20), 20, 20)).toBe(false);
  expect(isOnWithin(between(10, 20), 10, 10)).toBe(true);
  expect(isOnWithin(between(10, 10), 10, 10)).toBe(true);
});

it('stacks what is on at one time in at most three rows, and counts the rest', () => {
  const faults = [between(110, 290), between(120, 280), between(130, 270), between(140, 260), between(150)];
  const { bands, rows, more } = faultBands(faults, VIEW, 200, () => 10);
  expect(bands.map(({ row }) => row)).toEqual([0, 1, 2]);
  expect([rows, more]).toEqual([3, [faults[3], faults[4]]]);
});

it('gives a row again once band and label are past', () => {
  expect(rowsOf([between(110, 140), between(150, 180)])).toEqual([0, 0]);
  expect(rowsOf([between(110, 140), between(150, 180)], 60)).toEqual([0, 1]);
});

it('moves a label that has no room at the right edge to the left, away from others', () => {
  const { bands } = faultBands([between(220, 240), between(290, 295)], VIEW, 200, () => 60);
  expect(bands.map(({ labelX, row }) => [labelX, row])).toEqual([
    [120, 0],
    [140, 1],
  ]);
  expect(faultBands([between(200)], VIEW, 30, () => 500).bands[0]).toMatchObject({ labelX: 0, labelWidth: 30 });
});

it('cuts labels rather than leave out a band that has room', () => {
  const faults = [110, 130, 150, 170, 190].map((from) => between(from, from + 10));
  const { bands, more } = faultBands(faults, VIEW, 400, () => 180);
  expect(more).toEqual([]);
  expect(bands.map(({ row, labelWidth }) => [row, labelWidth])).toEqual([0, 1, 2, 0, 1].map((row) => [row, 84]));
});

it('cuts no label shorter than its band, which takes the room anyway', () => {
  const short = [between(110, 112), between(114, 116), between(118, 120), between(122, 124)];
  const long = between(200, 290);
  const { bands } = faultBands([...short, long], VIEW, 200, () => 120);
  expect(bands.find(({ fault }) => fault === long)).toMatchObject({ width: 90, labelWidth: 90 });
  expect(bands.find(({ fault }) => fault === short[0])!.labelWidth).toBeLessThan(90);
});
