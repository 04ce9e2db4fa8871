/** Who waits and who is worked on at every place over the kept part of a trace, as step functions. */
import type { LaneResult } from '../model/run-result';
import { Abandoned, RecordKind, type TraceChunk, type TraceStart } from '../model/trace';
import { StepBuilder, type StepFunction } from './step-function';
import { rowsInSteps } from './steps';

/** From the first instant that is kept; counted as in the summary of the run. */
export interface PlaceSteps {
  /** At a service or store: in line. At a queue: ready or delayed. */
  readonly waiting: StepFunction;
  /** At a service or store: busy workers. At a client: open requests. At a queue: handed out and not acknowledged. At a balancer: handed on. */
  readonly busy: StepFunction;
  /** Handlers on an event loop that await something, and hold no worker. Nothing is known of those who did when a trace has lost its beginning. */
  readonly awaiting: StepFunction;
}

/** By kind of record: how many more wait, are busy, and await. */
const WAITING_CHANGE = changes(
  [RecordKind.joined, RecordKind.returned, RecordKind.woken],
  [RecordKind.workerTaken, RecordKind.resumed, RecordKind.dispatched, RecordKind.dropped, RecordKind.expired, RecordKind.deadLettered],
);
const BUSY_CHANGE = changes(
  [RecordKind.workerTaken, RecordKind.resumed, RecordKind.dispatched, RecordKind.forwarded, RecordKind.requestStarted],
  [RecordKind.workerFreed, RecordKind.yielded, RecordKind.acknowledged, RecordKind.returned, RecordKind.answered, RecordKind.requestEnded],
);
const AWAITING_CHANGE = changes([RecordKind.yielded], [RecordKind.woken]);

function changes(more: readonly RecordKind[], fewer: readonly RecordKind[]): Int8Array {
  const change = new Int8Array(256);
  for (const kind of more) change[kind] = 1;
  for (const kind of fewer) change[kind] = -1;
  return change;
}

interface Builders {
  readonly waiting: StepBuilder;
  readonly busy: StepBuilder;
  readonly awaiting: StepBuilder;
}

/** One pass over the trace, with rests. */
export function* placeStepsInSteps(lane: LaneResult): Generator<undefined, readonly PlaceSteps[]> {
  const places = lane.places.map((): Builders => ({ waiting: new StepBuilder(), busy: new StepBuilder(), awaiting: new StepBuilder() }));
  for (const chunk of lane.chunks) yield* rowsInSteps(chunk.count, (from, to) => take(places, lane.keptFrom, chunk, from, to));
  const finished: PlaceSteps[] = [];
  for (const { waiting, busy, awaiting } of places) {
    finished.push({ waiting: waiting.finish(), busy: busy.finish(), awaiting: awaiting.finish() });
    yield;
  }
  return finished;
}

function take(places: readonly Builders[], { micros, record }: TraceStart, chunk: TraceChunk, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const kind = chunk.kind[at]!;
    const [waits, works, awaits] = [WAITING_CHANGE[kind]!, BUSY_CHANGE[kind]!, AWAITING_CHANGE[kind]!];
    const { waiting, busy, awaiting } = places[chunk.place[at]!]!;
    if (chunk.first + at < record) {
      // The records before the kept ones are those that began what is still open. What was given back waits; its consumer is free of it.
      if (waits > 0) waiting.add(micros, 1);
      else if (works > 0) busy.add(micros, 1);
      continue;
    }
    const time = chunk.time[at]!;
    if (kind === RecordKind.abandoned) {
      // A crash takes those who wait, those in hand and those who await.
      const where = chunk.detail[at];
      const left = where === Abandoned.awaiting ? awaiting : where === Abandoned.waiting || where === Abandoned.woken ? waiting : busy;
      left.add(time, -1);
      continue;
    }
    // A free worker takes what arrives without a line: then nobody waits.
    if (kind !== RecordKind.workerTaken || waiting.value > 0) waiting.add(time, waits);
    busy.add(time, works);
    awaiting.add(time, awaits);
  }
}
