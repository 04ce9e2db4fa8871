import { expect, test } from 'vitest';
import type { FindingKey } from '../../../src/metrics/explain';
import { findingGroups, mostTellingOf, type Told } from '../../../src/ui/formula/finding-groups';

const told = (lane: number, key: FindingKey, text: string): Told => ({
  lane,
  finding: { key, place: undefined, fromMicros: 0, numbers: {} },
  text,
});
const texts = (byLane: readonly (readonly Told[])[]) => findingGroups(byLane).map(({ lane, told }) => [lane, told.map(({ text }) => text)]);

test('what is so in every lane is said once, before what is so in one', () => {
  const lanes = [0, 1, 2].map((lane) => [told(lane, 'fault', 'down'), told(lane, 'failed', `${lane} failed`)]);
  expect(texts(lanes)).toEqual([
    [undefined, ['down']],
    [0, ['0 failed']],
    [1, ['1 failed']],
    [2, ['2 failed']],
  ]);
});

test('what is so in some lanes only stays with each of them', () => {
  const lanes = [[told(0, 'fault', 'down')], [told(1, 'fault', 'down')], []];
  expect(texts(lanes)).toEqual([
    [0, ['down']],
    [1, ['down']],
  ]);
});

test('of one lane nothing is called common', () => {
  expect(texts([[told(0, 'fault', 'down')]])).toEqual([[0, ['down']]]);
  expect(texts([[]])).toEqual([]);
});

test('the most telling of all lanes is told first, whichever lane it is of', () => {
  const groups = findingGroups([[told(0, 'dominates', 'most of T')], [told(1, 'grew', 'p95 grew'), told(1, 'failed', 'failed')]]);
  expect(mostTellingOf(groups)!.told.text).toBe('p95 grew');
  const alike = findingGroups([[told(0, 'grew', 'a')], [told(1, 'grew', 'b')]]);
  expect(mostTellingOf(alike)!.told.lane).toBe(0);
  expect(mostTellingOf([])).toBeUndefined();
});
