import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import type { RunReply } from '../../src/sandbox/run-reply';
import { OlderRanges } from '../../src/state/older-ranges.svelte';
import type { RunInput } from '../../src/state/run-machine';

/** A lane that kept its last 20 s of 100 s, where the memory holds about 23 s. */
const LANE = { variant: 'queue', keptFrom: { micros: 80e6, record: 8_000_000 }, endMicros: 100e6, totalRecords: 10_000_000 } as LaneResult;
const INPUT: RunInput = { file: { title: 'long' }, variants: ['queue'], seed: 7 };
const stretch = (fromSeconds: number, toSeconds: number): RunReply => ({
  kind: 'finished',
  lanes: [{ ...LANE, keptFrom: { ...LANE.keptFrom, micros: fromSeconds * 1e6 }, endMicros: toSeconds * 1e6 }],
});

let asked: { untilMicros: number; reply: (reply: RunReply) => void; progress: (fraction: number) => void }[];
let cancels: number;
let older: OlderRanges;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  cancels = 0;
  older = new OlderRanges({
    range: ({ untilMicros }, progress) => new Promise((reply) => asked.push({ untilMicros, reply, progress })),
    cancel: () => {
      cancels++;
      asked.at(-1)?.reply({ kind: 'cancelled' });
    },
  });
});
afterEach(() => vi.useRealTimers());

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const look = (seconds: number, free = true) => older.look([LANE], INPUT, seconds * 1e6, free);

test('what is kept is never asked for', async () => {
  for (let second = 80; second <= 100; second++) look(second);
  await settle(1_000);
  expect(asked).toEqual([]);
  expect(older.laneAt(LANE, 90e6)).toBe(LANE);
});

test('asks once for the stretch around the playhead, and shows it as far as it goes', async () => {
  look(50);
  look(40);
  await settle(1_000);
  look(40.1);
  expect(asked).toHaveLength(1);
  expect(asked[0]!.untilMicros / 1e6).toBeCloseTo(51.6, 0);
  expect(older.whereabouts(LANE, 40e6)).toBe('missing');
  asked[0]!.reply(stretch(28, 52));
  await settle();
  expect([27, 28, 51, 52, 80].map((second) => older.whereabouts(LANE, second * 1e6))).toEqual([
    'missing',
    'range',
    'range',
    'missing',
    'kept',
  ]);
  expect(older.laneAt(LANE, 30e6).endMicros).toBe(52e6);
  look(52);
  await settle(1_000);
  expect(asked).toHaveLength(2);
});

test('never goes further than to where the kept part begins', async () => {
  look(79);
  await settle(1_000);
  expect(asked[0]!.untilMicros).toBe(80e6);
});

test('a note after a moment, with the share that is done', async () => {
  look(40);
  await settle(200);
  asked[0]!.progress(0.2);
  expect(older.progress).toBeUndefined();
  await settle(300);
  expect(older.progress).toBe(0.2);
  asked[0]!.progress(0.6);
  expect(older.progress).toBe(0.6);
  asked[0]!.reply(stretch(28, 52));
  await settle();
  expect(older.progress).toBeUndefined();
});

test('gives up what the playhead has left', async () => {
  look(40);
  await settle(1_000);
  look(90);
  expect(cancels).toBe(1);
  await settle(1_000);
  expect(asked).toHaveLength(1);
});

test('a denser stretch than thought is asked for again, right up to the instant', async () => {
  look(40);
  await settle(1_000);
  asked[0]!.reply(stretch(45, 52));
  await settle();
  expect(asked[1]!.untilMicros).toBe(40e6 + 1);
  asked[1]!.reply(stretch(38, 40.5));
  await settle();
  expect(older.whereabouts(LANE, 40e6)).toBe('range');
});

test('what cannot be executed again is said, and not asked for without end', async () => {
  look(40);
  await settle(1_000);
  asked[0]!.reply({ kind: 'stopped', problem: { path: '', key: 'problem.sandboxSilent', params: {} } });
  await settle();
  expect(older.whereabouts(LANE, 40e6)).toBe('failed');
  look(40);
  await settle(1_000);
  expect(asked).toHaveLength(1);
});

test('while something else runs nothing is asked, nothing is cancelled, and new lanes forget the old', async () => {
  look(40, false);
  await settle(1_000);
  expect([asked.length, cancels]).toEqual([0, 0]);
  look(40);
  await settle(1_000);
  older.forget();
  asked[0]!.reply(stretch(28, 52));
  await settle();
  expect([older.whereabouts(LANE, 40e6), cancels]).toEqual(['missing', 0]);
});
