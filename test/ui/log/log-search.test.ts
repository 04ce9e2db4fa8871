import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { laterWords, t } from '../../../src/i18n/t.svelte';
import { SceneReader } from '../../../src/metrics/scene';
import { atOnce } from '../../../src/metrics/steps';
import { RecordKind } from '../../../src/model/trace';
import { fitting, piecesOf, searchInSteps, wordsOf, type Wanted } from '../../../src/ui/log/log-search';
import { foundAround } from '../../../src/ui/log/log-window';
import { sentenceOf } from '../../../src/ui/log/sentence';
import { runFile } from '../../world/run-file';

const EVERYTHING: Wanted = { filter: 'all', least: 'debug', request: undefined, place: undefined };
const reader = new SceneReader(runFile(JSON.parse(readFileSync('public/scenarios/circuit-breaker.json', 'utf8'))));
const WISHED = { wishes: () => true, share: () => undefined };

const search = (wanted: Partial<Wanted>, text: string): number[] => [
  ...atOnce(searchInSteps(reader, fitting(reader, { ...EVERYTHING, ...wanted }), wordsOf(text), t, WISHED)),
];
const sentence = (record: number): string => sentenceOf(reader.trace.row(record), reader.lane, t);

beforeAll(() => laterWords());

describe('a search of the log', () => {
  it('finds in the whole run what has all words, in whichever case and order', () => {
    const found = search({}, '  TAKES worker ');
    expect(found.length).toBeGreaterThan(100);
    for (const record of found) expect(sentence(record)).toMatch(/worker .*takes/);
    const all = Array.from({ length: reader.trace.end }, (_, record) => record);
    const fits = fitting(reader, EVERYTHING);
    expect(found).toEqual(all.filter((record) => fits(record) && /worker .*takes/.test(sentence(record))));
    expect(search({}, 'no such words')).toEqual([]);
  });

  it('keeps to the group, the request and the component that are asked for', () => {
    const request = reader.trace.requestOf(search({}, 'takes')[10]!);
    for (const record of search({ request }, 'request')) expect(reader.trace.requestOf(record)).toBe(request);
    expect(search({ filter: 'states' }, 'takes')).toEqual([]);

    const { places } = reader.lane;
    const place = places.findIndex(({ kind }) => kind === 'service');
    const service = places[place]!;
    const concerned = search({ place }, '');
    expect(concerned.length).toBeGreaterThan(0);
    const kinds = new Set<number>();
    for (const record of concerned) {
      const row = reader.trace.row(record);
      const at = places[row.place]!;
      kinds.add(row.kind);
      if (at.kind === 'link') expect([at.from, at.to]).toContain('id' in service ? service.id : '');
      else expect(at.kind === 'part' ? at.of : row.place).toBe(place);
    }
    expect(kinds.has(RecordKind.messageDelivered)).toBe(true);
    expect(kinds.has(RecordKind.requestStarted)).toBe(false);
  });

  it('is given up when nobody wishes it any more', () => {
    let asked = 0;
    const outside = { wishes: () => ++asked < 3, share: () => undefined };
    const found = atOnce(searchInSteps(reader, () => true, wordsOf('request'), t, outside));
    expect(asked).toBe(3);
    expect(found.length).toBeLessThan(search({}, 'request').length);
  });
});

it('marks what was searched for, and takes signs for what they are', () => {
  expect(piecesOf('greeter: worker 1 takes (1.5 s)', wordsOf('WORKER (1.5'))).toEqual([
    { text: 'greeter: ', found: false },
    { text: 'worker', found: true },
    { text: ' 1 takes ', found: false },
    { text: '(1.5', found: true },
    { text: ' s)', found: false },
  ]);
  expect(piecesOf('as it is', [])).toEqual([{ text: 'as it is', found: false }]);
});

it('shows what was found on both sides of the playhead', () => {
  const found = Float64Array.of(3, 8, 9, 20, 21, 40);
  expect(foundAround(found, 10, 2, 2)).toEqual([8, 9, 20, 21]);
  expect(foundAround(found, 9, 1, 9)).toEqual([8, 9, 20, 21, 40]);
});
