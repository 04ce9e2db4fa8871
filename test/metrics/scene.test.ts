import { describe, expect, it } from 'vitest';
import { SceneReader, type Scene } from '../../src/metrics/scene';
import { RECORD_KINDS, RecordKind, type TraceChunk } from '../../src/model/trace';
import type { LaneResult } from '../../src/model/run-result';
import { withoutOldest } from './dropped-trace';
import { randomSource, syntheticCall, syntheticQueue } from './synthetic-lane';

interface Plain {
  readonly waiting: string[][];
  readonly unacknowledged: string[][];
  readonly workers: Map<number, string>[];
  readonly flights: string[];
  readonly counts: number[][];
  readonly configuration: (number | undefined)[];
}

/** The same by the plainest means: from the start, one record after another, by message. */
function plainFold(lane: LaneResult, timeMicros: number): Plain {
  const waiting = lane.places.map((): number[] => []);
  const unacknowledged = lane.places.map((): number[] => []);
  const workers = lane.places.map(() => new Map<number, string>());
  const flights: { place: number; subject: number; arrives: number; lost: boolean }[] = [];
  const counts = lane.places.map(() => new Array<number>(RECORD_KINDS).fill(0));
  const configuration = lane.places.map((): number | undefined => undefined);
  const remove = (list: number[], value: number): void => {
    if (list.includes(value)) list.splice(list.indexOf(value), 1);
  };
  for (const chunk of lane.chunks) {
    for (let at = 0; at < chunk.count && chunk.time[at]! <= timeMicros; at++) {
      const { kind, place, subject, detail, value } = rowOf(chunk, at);
      counts[place]![kind]!++;
      const flight = flights.findIndex((one) => one.place === place && one.subject === subject && !one.lost);
      if (kind === RecordKind.messageSent) flights.push({ place, subject, arrives: value, lost: false });
      if (kind === RecordKind.messageDelivered) flights.splice(flight, 1);
      if (kind === RecordKind.messageLost) flights[flight]!.lost = true;
      if (kind === RecordKind.joined) waiting[place]!.push(subject);
      if (kind === RecordKind.returned) waiting[place]!.unshift(subject);
      if (kind === RecordKind.workerTaken || kind === RecordKind.dispatched || kind === RecordKind.dropped)
        remove(waiting[place]!, subject);
      if (kind === RecordKind.dispatched) unacknowledged[place]!.push(subject);
      if (kind === RecordKind.acknowledged || kind === RecordKind.returned) remove(unacknowledged[place]!, subject);
      if (kind === RecordKind.workerTaken) workers[place]!.set(detail, `${subject}`);
      if (kind === RecordKind.workStarted) workers[place]!.set(detail, `${subject} until ${value}`);
      if (kind === RecordKind.workerFreed) workers[place]!.delete(detail);
      if (kind === RecordKind.stateChanged) configuration[place] = detail;
    }
  }
  return {
    waiting: waiting.map((list) => list.map(String)),
    unacknowledged: unacknowledged.map((list) => list.map(String)),
    workers,
    flights: flights
      .filter((one) => !one.lost || one.arrives > timeMicros)
      .map((one) => `${one.place}:${one.subject}${one.lost ? ' lost' : ''}`),
    counts,
    configuration,
  };
}

function rowOf(chunk: TraceChunk, at: number) {
  return {
    kind: chunk.kind[at]!,
    place: chunk.place[at]!,
    subject: chunk.subject[at]!,
    detail: chunk.detail[at]!,
    value: chunk.value[at]!,
  };
}

function expectSame(lane: LaneResult, scene: Scene, plain: Plain): void {
  scene.places.forEach((place, index) => {
    expect(place.waiting).toBe(plain.waiting[index]!.length);
    expect(place.waitingMessages.map(({ message }) => `${message}`)).toEqual(plain.waiting[index]!.slice(0, 200));
    expect(place.unacknowledged).toBe(plain.unacknowledged[index]!.length);
    expect(place.unacknowledgedMessages.map(({ message }) => `${message}`)).toEqual(plain.unacknowledged[index]);
    expect(place.busy).toBe(plain.workers[index]!.size);
    expect(new Map(place.workers.map((slot) => [slot.worker, `${slot.message} until ${slot.workEndMicros}`]))).toEqual(
      plain.workers[index],
    );
    expect([...place.counts]).toEqual(plain.counts[index]);
    const carries = plain.flights.some((flight) => flight.startsWith(`${index}:`) && !flight.endsWith('lost'));
    // Links record no changes of state: what is on them tells.
    const now = lane.places[index]!.kind === 'link' ? Number(carries) : plain.configuration[index];
    expect([...place.configurations]).toEqual([...place.configurations].map((_, each) => (each === now ? 1 : 0)));
  });
  expect(scene.flights.map(({ place, message, lost }) => `${place}:${message}${lost ? ' lost' : ''}`)).toEqual(plain.flights);
  expect(scene.inFlight).toBe(plain.flights.filter((flight) => !flight.endsWith('lost')).length);
}

describe('the scene at an instant', () => {
  const lanes = {
    'a call under overload': syntheticCall({ requests: 400, perSecond: 30, chunkRecords: 256 }),
    'a call with refusals': syntheticCall({ seed: 3, requests: 400, perSecond: 30, waitingLimit: 5, chunkRecords: 100 }),
    'a queue with redeliveries': syntheticQueue({ requests: 400, perSecond: 30, nacks: 0.2, chunkRecords: 256 }),
  };
  for (const [name, lane] of Object.entries(lanes)) {
    it(`is the plain fold from the start, whichever way one comes there: ${name}`, () => {
      const random = randomSource(11);
      const reader = new SceneReader(lane);
      for (let trial = 0; trial < 60; trial++) {
        const timeMicros = Math.floor(random() * lane.endMicros * 1.05);
        expectSame(lane, reader.at(timeMicros), plainFold(lane, timeMicros));
      }
      for (let timeMicros = 0; timeMicros < lane.endMicros; timeMicros += 97_003)
        expectSame(lane, reader.at(timeMicros), plainFold(lane, timeMicros));
    });
  }

  it('steps to every instant at which something happens, forth and back alike', () => {
    const lane = lanes['a call with refusals'];
    const reader = new SceneReader(lane);
    const times = [...new Set(lane.chunks.flatMap((chunk) => [...chunk.time.subarray(0, chunk.count)]))];
    const forth: number[] = [];
    for (let now = reader.nextEvent(-1); now !== undefined; now = reader.nextEvent(now)) forth.push(now);
    expect(forth).toEqual(times);
    const back: number[] = [];
    for (let now = reader.previousEvent(Infinity); now !== undefined; now = reader.previousEvent(now)) back.push(now);
    expect(back.reverse()).toEqual(times);
  });

  it('keeps the first of a line known when the line is longer than what is drawn', () => {
    const lane = syntheticCall({ requests: 3_000, perSecond: 400, workMicros: 50_000, workers: 2, loss: 0, chunkRecords: 2_000 });
    const reader = new SceneReader(lane);
    for (const share of [0.5, 0.61, 0.72, 0.83, 0.94]) {
      const timeMicros = Math.floor(lane.endMicros * share);
      expect(reader.at(timeMicros).places[1]!.waiting).toBeGreaterThan(200);
      expectSame(lane, reader.at(timeMicros), plainFold(lane, timeMicros));
    }
  });

  it('of a run without records is empty', () => {
    const lane = { ...lanes['a call under overload'], chunks: [], totalRecords: 0 };
    const scene = new SceneReader(lane).at(1_000);
    expect(scene.flights).toEqual([]);
    expect(scene.places.map(({ waiting, busy }) => waiting + busy)).toEqual([0, 0, 0, 0]);
  });

  it('is the same from the first record kept on when the oldest are gone', () => {
    for (const whole of Object.values(lanes)) {
      for (const dropped of [1, 4, whole.chunks.length - 1]) {
        const part = withoutOldest(whole, dropped);
        const reader = new SceneReader(part);
        for (let timeMicros = part.keptFrom.micros; timeMicros < whole.endMicros; timeMicros += 211_003) {
          expectSame(part, reader.at(timeMicros), plainFold(whole, timeMicros));
        }
      }
    }
  });

  it('counts a message that stands in a line twice as two', () => {
    const { joined, workerTaken } = RecordKind;
    const kinds = [joined, joined, joined, workerTaken, workerTaken, workerTaken];
    const reader = new SceneReader(
      withRecords(
        kinds.map((kind, at) => [at, kind, 7] as const),
        1,
      ),
    );
    expect(kinds.map((_, at) => reader.at(at).places[1]!.waiting)).toEqual([1, 2, 3, 2, 1, 0]);
    expect(kinds.map((_, at) => reader.at(at).places[1]!.waitingMessages.length)).toEqual([1, 2, 3, 2, 1, 0]);
  });

  it('puts a message that is given back at the front of its queue', () => {
    const queue = 1;
    const rows = [1, 2, 3].map((message) => [message, RecordKind.joined, message] as const);
    const reader = new SceneReader(withRecords([...rows, [4, RecordKind.dispatched, 1], [5, RecordKind.returned, 1]], queue));
    expect(reader.at(4).places[queue]!.waitingMessages.map(({ message }) => message)).toEqual([2, 3]);
    expect(reader.at(5).places[queue]!.waitingMessages.map(({ message, again }) => `${message} ${again}`)).toEqual([
      '1 true',
      '2 false',
      '3 false',
    ]);
    expect(reader.at(5).places[queue]!.unacknowledged).toBe(0);
  });
});

/** A lane with a few records at one place: time, kind, message. */
function withRecords(rows: readonly (readonly [time: number, kind: number, subject: number])[], place: number): LaneResult {
  const column = (read: (row: (typeof rows)[number]) => number): number[] => rows.map(read);
  const chunk: TraceChunk = {
    first: 0,
    count: rows.length,
    time: Float64Array.from(column(([time]) => time)),
    value: new Float64Array(rows.length),
    request: Int32Array.from(column(([, , subject]) => subject)),
    subject: Int32Array.from(column(([, , subject]) => subject)),
    place: new Uint16Array(rows.length).fill(place),
    detail: Uint16Array.from(column(([, kind]) => (kind === RecordKind.joined ? 0 : 1))),
    kind: Uint8Array.from(column(([, kind]) => kind)),
  };
  return { ...syntheticQueue({ requests: 1 }), chunks: [chunk], totalRecords: rows.length };
}
