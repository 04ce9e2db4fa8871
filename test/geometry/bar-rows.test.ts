import { expect, it } from 'vitest';
import { barRows } from '../../src/geometry/bar-rows';

it('gives each place a row, bars at one time a level each, and cuts what goes beyond the end', () => {
  const items = [
    { place: 3, fromMicros: 10, toMicros: 60 },
    { place: 1, fromMicros: 10, toMicros: 20 },
    { place: 3, fromMicros: 30, toMicros: 40 },
    { place: 3, fromMicros: 60, toMicros: 500 },
    { place: 1, fromMicros: 200, toMicros: 300 },
  ];
  expect(barRows(items, 10, 110)).toEqual([
    {
      place: 3,
      levels: 2,
      bars: [
        { item: items[0], start: 0, length: 0.5, level: 0 },
        { item: items[2], start: 0.2, length: 0.1, level: 1 },
        { item: items[3], start: 0.5, length: 0.5, level: 0 },
      ],
    },
    { place: 1, levels: 1, bars: [{ item: items[1], start: 0, length: 0.1, level: 0 }] },
  ]);
});
