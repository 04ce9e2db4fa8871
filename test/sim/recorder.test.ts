import { describe, expect, it } from 'vitest';
import { Outcome } from '../../src/model/outcome';
import { CHUNK_RECORDS, RecordKind, type RequestChunk, type TraceChunk } from '../../src/model/trace';
import { Recorder } from '../../src/sim/recorder';
import { Streams } from '../../src/sim/streams';
import { CHUNK_REQUESTS } from '../../src/sim/trace-columns';
import { TraceStore } from '../../src/sim/trace-store';

interface Row {
  time: number;
  kind: RecordKind;
  place: number;
  request: number;
  subject: number;
  detail: number;
  value: number;
}

const chance = new Streams(1).stream('recorder');
const ROWS: Row[] = Array.from({ length: CHUNK_RECORDS * 2 + 500 }, (_, index) => ({
  time: index * 3,
  kind: ((index % 20) + 1) as RecordKind,
  place: chance.nextUint32() % 65_536,
  request: chance.nextUint32() % 1_000_000,
  subject: index,
  detail: chance.nextUint32() % 65_536,
  value: chance.nextUint32() * 1_000,
}));

interface Taken {
  recorder: Recorder;
  chunks: TraceChunk[];
  requests: RequestChunk[];
}

function listen(recycle = false): Taken {
  const chunks: TraceChunk[] = [];
  const requests: RequestChunk[] = [];
  const recorder: Recorder = new Recorder({
    onChunk: (chunk) => (recycle ? recorder.recycle(chunk) : void chunks.push(chunk)),
    onRequests: (chunk) => (recycle ? recorder.recycleRequests(chunk) : void requests.push(chunk)),
  });
  return { recorder, chunks, requests };
}

const write = (recorder: Recorder, row: Row): void =>
  recorder.record(row.time, row.kind, row.place, row.request, row.subject, row.detail, row.value);

const writeRequest = (recorder: Recorder, id: number): void =>
  recorder.request(id, id % 7, id % 3 === 0 ? Outcome.ok : Outcome.timeout, id, id % 5 === 0 ? -1 : id + 1, id + 10, 9, 1, 2, 3, 4);

/** A whole run: all records, a request row after every fourth, and `between` after each. */
function play(taken: Taken, between: (index: number) => void = () => undefined, rows: readonly Row[] = ROWS): string {
  rows.forEach((row, index) => {
    write(taken.recorder, row);
    if (index % 4 === 0) writeRequest(taken.recorder, index);
    between(index);
  });
  return taken.recorder.digest();
}

const rowsOf = (chunks: readonly TraceChunk[]): Row[] =>
  chunks.flatMap((chunk) =>
    Array.from({ length: chunk.count }, (_, at) => ({
      time: chunk.time[at]!,
      kind: chunk.kind[at] as RecordKind,
      place: chunk.place[at]!,
      request: chunk.request[at]!,
      subject: chunk.subject[at]!,
      detail: chunk.detail[at]!,
      value: chunk.value[at]!,
    })),
  );

describe('Recorder', () => {
  it('hands over full chunks by itself and the rest on flush, everything in order', () => {
    const taken = listen();
    play(taken);
    expect(taken.chunks.map((chunk) => [chunk.first, chunk.count])).toEqual([
      [0, CHUNK_RECORDS],
      [CHUNK_RECORDS, CHUNK_RECORDS],
    ]);
    taken.recorder.flush();
    expect(taken.chunks[2]).toMatchObject({ first: CHUNK_RECORDS * 2, count: 500 });
    expect(taken.recorder.records).toBe(ROWS.length);
    expect(rowsOf(taken.chunks)).toEqual(ROWS);
    taken.recorder.flush();
    expect(taken.chunks).toHaveLength(3);
  });

  it('keeps each request row in its columns', () => {
    const taken = listen();
    for (let id = 0; id < CHUNK_REQUESTS + 2; id++) writeRequest(taken.recorder, id);
    taken.recorder.flush();
    expect(taken.requests.map((chunk) => [chunk.first, chunk.count])).toEqual([
      [0, CHUNK_REQUESTS],
      [CHUNK_REQUESTS, 2],
    ]);
    const last = taken.requests[1]!;
    const id = CHUNK_REQUESTS + 1;
    expect(
      Object.fromEntries(Object.entries(last).map(([name, column]) => [name, typeof column === 'number' ? column : column[1]])),
    ).toEqual({
      first: CHUNK_REQUESTS,
      count: 2,
      request: id,
      client: id % 7,
      outcome: id % 3 === 0 ? Outcome.ok : Outcome.timeout,
      started: id,
      accepted: id % 5 === 0 ? -1 : id + 1,
      ended: id + 10,
      held: 9,
      tr: 1,
      td: 2,
      ts: 3,
      tp: 4,
    });
  });

  it('puts each chunk over one buffer, so that it can be transferred', () => {
    const taken = listen();
    play(taken);
    taken.recorder.flush();
    for (const chunk of [...taken.chunks, ...taken.requests]) {
      const columns = Object.values(chunk).filter((column) => typeof column === 'object');
      expect(new Set(columns.map((column) => column.buffer)).size).toBe(1);
      const used = columns.reduce((sum, column) => sum + column.byteLength, 0);
      expect(columns[0]!.buffer.byteLength).toBe(used);
    }
    const before = taken.recorder.digest();
    structuredClone(taken.chunks[0], { transfer: [taken.chunks[0]!.time.buffer] });
    taken.recorder.recycle(taken.chunks[0]!);
    expect(taken.recorder.digest()).toBe(before);
    play(taken);
  });

  it('uses recycled chunks again, with their new place in the run', () => {
    const seen: { first: number; count: number; buffer: ArrayBuffer }[] = [];
    const recorder: Recorder = new Recorder({
      onChunk: (chunk) => {
        seen.push({ first: chunk.first, count: chunk.count, buffer: chunk.time.buffer });
        recorder.recycle(chunk);
      },
      onRequests: (chunk) => recorder.recycleRequests(chunk),
    });
    for (let round = 0; round < 4; round++) ROWS.slice(0, CHUNK_RECORDS).forEach((row) => write(recorder, row));
    recorder.flush();
    expect(seen.map((chunk) => [chunk.first, chunk.count])).toEqual([0, 1, 2, 3].map((index) => [index * CHUNK_RECORDS, CHUNK_RECORDS]));
    expect(new Set(seen.map((chunk) => chunk.buffer)).size).toBeLessThanOrEqual(2);
  });
});

describe('the digest', () => {
  const reference = play(listen());

  it('is 16 hexadecimal digits and stays as it is', () => {
    expect(reference).toMatch(/^[0-9a-f]{16}$/);
    expect(reference).toMatchInlineSnapshot(`"9eada9fee181a1e6"`);
    expect(listen().recorder.digest()).toMatchInlineSnapshot(`"d62287d1ace01806"`);
  });

  it('does not depend on when chunks are flushed, recycled or asked for their digest', () => {
    for (const every of [1_000, 4_099, CHUNK_RECORDS, 70_000]) {
      const taken = listen(every === 1_000);
      const digest = play(taken, (index) => {
        if (index % every === 0) taken.recorder.flush();
        if (index % 9_973 === 0) taken.recorder.digest();
      });
      expect(digest).toBe(reference);
      taken.recorder.flush();
      expect(taken.recorder.digest()).toBe(reference);
    }
  });

  const few = ROWS.slice(0, 50);
  const plain = play(listen(), undefined, few);

  it.each(['time', 'kind', 'place', 'request', 'subject', 'detail', 'value'] as const)('sees a change of one %s', (column) => {
    for (const at of [0, 17, 49]) {
      const changed = few.map((row, index) => (index === at ? { ...row, [column]: row[column] ^ 1 } : row));
      expect(play(listen(), undefined, changed)).not.toBe(plain);
    }
  });

  it('sees the fraction and the sign of a value, order, and a missing record', () => {
    const digests = [
      few,
      few.map((row, index) => (index === 3 ? { ...row, value: row.value + 0.5 } : row)),
      few.map((row, index) => (index === 3 ? { ...row, value: -row.value } : row)),
      [few[1]!, few[0]!, ...few.slice(2)],
      few.slice(0, 49),
      [],
    ].map((rows) => play(listen(), undefined, rows));
    expect(new Set(digests).size).toBe(6);
  });

  it('sees each column of a request row', () => {
    const row = [5, 1, 0, 10, 20, 30, 7, 1, 2, 3, 4] as [number, number, 0, number, number, number, number, number, number, number, number];
    const digestOf = (values: typeof row): string => {
      const { recorder } = listen();
      recorder.request(...values);
      return recorder.digest();
    };
    const digests = row.map((value, column) => digestOf(row.with(column, value + 1) as typeof row));
    expect(new Set([digestOf(row), ...digests]).size).toBe(12);
  });
});

describe('TraceStore', () => {
  const chunk = (first: number, count: number): TraceChunk => {
    const taken = listen();
    for (let index = 0; index < count; index++) write(taken.recorder, ROWS[index]!);
    taken.recorder.flush();
    return { ...taken.chunks[0]!, first };
  };

  it('keeps the newest chunks within its bytes and says where they begin', () => {
    const dropped: number[] = [];
    const store = new TraceStore(29 * 250, (old) => dropped.push(old.first));
    expect([store.firstKept, store.bytes]).toEqual([0, 0]);
    for (let first = 0; first < 500; first += 100) store.add(chunk(first, 100));
    expect(store.chunks.map((kept) => kept.first)).toEqual([300, 400]);
    expect([store.firstKept, store.bytes]).toEqual([300, 29 * 200]);
    expect(dropped).toEqual([0, 100, 200]);
  });

  it('keeps the newest chunk however large it is', () => {
    const store = new TraceStore(10);
    store.add(chunk(0, 5));
    store.add(chunk(5, 5));
    expect(store.chunks.map((kept) => kept.first)).toEqual([5]);
  });
});
