import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReadersState } from '../../src/state/readers.svelte';
import { stationLane } from '../metrics/lane-builder';

/** 200 requests are some thousand records: several steps. */
const lane = (workMicros: number) =>
  stationLane(
    Array.from({ length: 200 }, (_, index) => ({ atMicros: index * 1_000, workMicros })),
    { durationMicros: 1e6 },
  );
const file = { title: 'a' };
let readers: ReadersState;
let work: (() => void) | undefined;
let realMs: number;

beforeEach(() => {
  readers = new ReadersState();
  work = undefined;
  realMs = 0;
  vi.stubGlobal('setTimeout', (callback: () => void) => ((work = callback), 1));
  vi.stubGlobal('clearTimeout', () => (work = undefined));
  vi.spyOn(performance, 'now').mockImplementation(() => (realMs += 4));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** One task of the page's thread. False when nothing was left to do. */
function task(): boolean {
  const next = work;
  work = undefined;
  next?.();
  return next !== undefined;
}

test('readers come after several short tasks, all at once, with the file that they were run from', () => {
  const lanes = [lane(300), lane(500)];
  readers.make(lanes, file);
  expect(readers.drawn.readers).toEqual([]);
  let tasks = 0;
  while (readers.behind) {
    expect(readers.drawn.readers).toEqual([]);
    expect(task()).toBe(true);
    tasks += 1;
  }
  expect(tasks).toBeGreaterThan(2);
  expect(readers.drawn.readers.map((reader) => reader.lane)).toEqual(lanes);
  expect(readers.drawn.file).toBe(file);
  expect(task()).toBe(false);
});

test('what was drawn stays until the newest is there, and what an edit has overtaken never shows', () => {
  const seen: (number | undefined)[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(readers.drawn.readers[0]?.lane.totalRecords);
    });
  });
  const draw = (): void => {
    while (task()) flushSync();
  };
  const [first, second, third] = [lane(300), lane(400), { ...lane(500), totalRecords: 77 }];
  flushSync();
  readers.make([first], file);
  draw();
  readers.make([second], { title: 'overtaken' });
  task();
  readers.make([third], file);
  draw();
  expect(seen).toEqual([undefined, first.totalRecords, 77]);
  stop();
});

test('without lanes there is nothing to draw, at once', () => {
  readers.make([lane(300)], file);
  while (task());
  readers.make([], undefined);
  expect([readers.drawn.readers, readers.behind, task()]).toEqual([[], false, false]);
});
