/** A run longer than the memory for its trace, and a part of it executed again. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { SceneReader, type Scene } from '../../src/metrics/scene';
import type { LaneResult } from '../../src/model/run-result';
import { CHUNK_RECORDS, type TraceChunk } from '../../src/model/trace';
import { laneResult } from '../../src/sandbox/check-lane';
import { evaluate } from '../../src/sandbox/evaluate';
import { prepareRun, startRun, type Run } from '../../src/world/run';

const FILE = { ...(JSON.parse(readFileSync('public/scenarios/mm1.json', 'utf8')) as object), duration: '3000s', warmup: '1000s' };
const CHUNK_BYTES = CHUNK_RECORDS * 29;

function start(traceBytes: number): Run {
  const prepared = prepareRun(FILE, { variant: null, evaluate });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  return startRun(prepared.value, { evaluate, keepTrace: true, traceBytes });
}

function whole(traceBytes: number): LaneResult {
  const run = start(traceBytes);
  while (run.advance(100_000));
  return run.finish();
}

/** Every record kept, by its index in the run. */
function recordsOf({ chunks, keptFrom }: LaneResult): Map<number, string> {
  const records = new Map<number, string>();
  for (const chunk of chunks) {
    for (let at = Math.max(0, keptFrom.record - chunk.first); at < chunk.count; at++) records.set(chunk.first + at, textOf(chunk, at));
  }
  return records;
}

function textOf({ time, kind, place, request, subject, detail, value }: TraceChunk, at: number): string {
  return [time, kind, place, request, subject, detail, value].map((column) => column[at]).join(' ');
}

const countsOf = ({ places, inFlight }: Scene) => [inFlight, places.map(({ waiting, busy, counts }) => [waiting, busy, [...counts]])];

describe('a run longer than its trace', () => {
  let all: LaneResult;
  let part: LaneResult;
  let range: LaneResult;

  beforeAll(() => {
    all = whole(Infinity);
    part = whole(2 * CHUNK_BYTES);
    const run = start(2 * CHUNK_BYTES);
    while (run.advance(1_000) && run.nowMicros < part.keptFrom.micros);
    range = run.finish();
  });

  it('is the same run, and says where the part that is kept begins', () => {
    expect(part.summary).toEqual(all.summary);
    expect(part.keptFrom.record).toBeGreaterThan(CHUNK_RECORDS);
    expect(all.keptFrom).toMatchObject({ micros: 0, record: 0 });
    const [kept, records] = [recordsOf(part), recordsOf(all)];
    expect(kept.size).toBe(part.totalRecords - part.keptFrom.record);
    for (const [record, text] of kept) expect(text).toBe(records.get(record));
    expect(part.chunks[0]!.first + part.chunks[0]!.count).toBe(part.keptFrom.record);
  });

  it('executed again up to the kept part ends there, with the same records, up to and beyond where the other begins', () => {
    expect(range.endMicros).toBeGreaterThanOrEqual(part.keptFrom.micros);
    expect(range.endMicros).toBeLessThan(part.endMicros);
    const [again, records] = [recordsOf(range), recordsOf(all)];
    expect(again.size).toBeGreaterThan(CHUNK_RECORDS);
    expect(again.has(part.keptFrom.record)).toBe(true);
    for (const [record, text] of again) expect(text).toBe(records.get(record));
  });

  it('shows the same pictures in the range and in the kept part as the whole trace', () => {
    const reader = new SceneReader(all);
    for (const { lane, until } of [
      { lane: part, until: part.endMicros },
      { lane: range, until: range.endMicros - 1 },
    ]) {
      const shown = new SceneReader(lane);
      for (let step = 0; step <= 50; step++) {
        const at = Math.floor(lane.keptFrom.micros + ((until - lane.keptFrom.micros) * step) / 50);
        expect(countsOf(shown.at(at))).toEqual(countsOf(reader.at(at)));
      }
    }
  });

  it('passes the door of the sandbox, even when it ends before the warm-up', () => {
    const early = start(CHUNK_BYTES);
    early.advance(500);
    for (const lane of [part, range, early.finish()]) expect(v.safeParse(laneResult, lane).issues).toBeUndefined();
    expect(v.safeParse(laneResult, { ...part, keptFrom: { ...part.keptFrom, record: 0 } }).success).toBe(false);
  });
});
