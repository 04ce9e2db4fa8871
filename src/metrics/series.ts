/** Numbers over time in a fixed number of equal steps, for charts: what a step shows is its mean (or largest), never a sample. */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { RecordKind } from '../model/trace';
import type { WindowReader } from './window';

interface Steps {
  readonly fromMicros: Micros;
  readonly stepMicros: Micros;
  readonly steps: number;
}

export interface StationSeries extends Steps {
  /** Each has one array for each place, with one value for each step. Mean and largest number waiting (at a queue: ready). */
  readonly waitingMean: readonly Float64Array[];
  readonly waitingMax: readonly Float64Array[];
  /** At a service: busy workers. At a client: open requests. At a queue: handed out and not acknowledged. */
  readonly busyMean: readonly Float64Array[];
  /** `busyMean` over the workers, 0 to 1; 0 for what has no workers. */
  readonly utilization: readonly Float64Array[];
}

/** By kind of record: how many more wait, and how many more are busy. A worker that takes what did not wait is seen to below. */
const WAITING_CHANGE = changes(
  [RecordKind.joined, RecordKind.returned],
  [RecordKind.workerTaken, RecordKind.dispatched, RecordKind.dropped],
);
const BUSY_CHANGE = changes(
  [RecordKind.workerTaken, RecordKind.dispatched, RecordKind.requestStarted],
  [RecordKind.workerFreed, RecordKind.acknowledged, RecordKind.returned, RecordKind.requestEnded],
);

function changes(more: readonly RecordKind[], fewer: readonly RecordKind[]): Int8Array {
  const change = new Int8Array(256);
  for (const kind of more) change[kind] = 1;
  for (const kind of fewer) change[kind] = -1;
  return change;
}

/** Depth and utilisation of every place over the kept part of the trace, in one pass. */
export function stationSeries(lane: LaneResult, steps: number): StationSeries {
  const fromMicros = lane.keptFrom.micros;
  const stepMicros = Math.max(1, lane.endMicros - fromMicros) / steps;
  const table = (): Float64Array[] => lane.places.map(() => new Float64Array(steps));
  const [waitingMean, waitingMax, busyMean] = [table(), table(), table()];
  const { waiting, busy } = startingState(lane);
  const last = new Float64Array(lane.places.length).fill(fromMicros);

  const integrate = (place: number, until: Micros): void => {
    let at = last[place]!;
    last[place] = until;
    if (waiting[place] === 0 && busy[place] === 0) return;
    for (let step = Math.min(steps - 1, Math.floor((at - fromMicros) / stepMicros)); at < until && step < steps; step++) {
      const stepEnd = step === steps - 1 ? until : Math.min(until, fromMicros + (step + 1) * stepMicros);
      waitingMean[place]![step]! += (waiting[place]! * (stepEnd - at)) / stepMicros;
      busyMean[place]![step]! += (busy[place]! * (stepEnd - at)) / stepMicros;
      waitingMax[place]![step] = Math.max(waitingMax[place]![step]!, waiting[place]!);
      at = stepEnd;
    }
  };
  for (const chunk of lane.chunks) {
    for (let at = Math.max(0, lane.keptFrom.record - chunk.first); at < chunk.count; at++) {
      const kind = chunk.kind[at]!;
      if (WAITING_CHANGE[kind] === 0 && BUSY_CHANGE[kind] === 0 && kind !== RecordKind.abandoned) continue;
      const place = chunk.place[at]!;
      integrate(place, chunk.time[at]!);
      // A crash takes those who wait and those in hand.
      if (kind === RecordKind.abandoned) (chunk.detail[at] === 0 ? waiting : busy)[place]!--;
      else apply(kind, place, waiting, busy);
    }
  }
  for (let place = 0; place < lane.places.length; place++) integrate(place, lane.endMicros);
  const utilization = busyMean.map((means, place) =>
    means.map((mean) => (lane.workersOfPlace[place]! > 0 ? mean / lane.workersOfPlace[place]! : 0)),
  );
  return { fromMicros, stepMicros, steps, waitingMean, waitingMax, busyMean, utilization };
}

function apply(kind: number, place: number, waiting: Int32Array, busy: Int32Array): void {
  busy[place]! += BUSY_CHANGE[kind]!;
  // A free worker takes what arrives without a line: then nobody waits.
  if (kind !== RecordKind.workerTaken || waiting[place]! > 0) waiting[place]! += WAITING_CHANGE[kind]!;
}

/** The records before the kept ones are those that began what is still open; the marks among them change nothing here. */
function startingState({ places, chunks, keptFrom }: LaneResult): { waiting: Int32Array; busy: Int32Array } {
  const [waiting, busy] = [new Int32Array(places.length), new Int32Array(places.length)];
  for (const chunk of chunks) {
    const open = Math.min(chunk.count, keptFrom.record - chunk.first);
    for (let at = 0; at < open; at++) {
      const [kind, place] = [chunk.kind[at]!, chunk.place[at]!];
      if (WAITING_CHANGE[kind]! > 0) waiting[place]! += 1;
      // What was given back waits; its consumer is free of it.
      else if (BUSY_CHANGE[kind]! > 0) busy[place]! += 1;
    }
  }
  return { waiting, busy };
}

export interface RequestSeries extends Steps {
  readonly startedPerSecond: Float64Array;
  readonly acceptedPerSecond: Float64Array;
  readonly QPerSecond: Float64Array;
  /** These and the parts of T are NaN where no request ended well. */
  readonly TMeanMs: Float64Array;
  readonly TP95Ms: Float64Array;
  readonly TrMs: Float64Array;
  readonly TdMs: Float64Array;
  readonly TsMs: Float64Array;
  readonly TpMs: Float64Array;
  /** Ns over decided; NaN where none was decided. */
  readonly R: Float64Array;
  readonly inFlight: Float64Array;
}

/** The formulas over time: each step is a window of its own. */
export function requestSeries(reader: WindowReader, fromMicros: Micros, toMicros: Micros, steps: number): RequestSeries {
  const stepMicros = (toMicros - fromMicros) / steps;
  const windows = Array.from({ length: steps }, (_, step) =>
    reader.at(fromMicros + step * stepMicros, fromMicros + (step + 1) * stepMicros),
  );
  const column = (pick: (window: (typeof windows)[number]) => number | null): Float64Array =>
    Float64Array.from(windows, (window) => pick(window) ?? NaN);
  return {
    fromMicros,
    stepMicros,
    steps,
    startedPerSecond: column((window) => (window.N * 1e6) / stepMicros),
    acceptedPerSecond: column((window) => window.accepted.QPerSecond),
    QPerSecond: column((window) => window.QPerSecond),
    TMeanMs: column((window) => window.T.meanMs),
    TP95Ms: column((window) => window.T.p95Ms),
    TrMs: column((window) => window.T.TrMs),
    TdMs: column((window) => window.T.TdMs),
    TsMs: column((window) => window.T.TsMs),
    TpMs: column((window) => window.T.TpMs),
    R: column((window) => window.R),
    inFlight: column((window) => window.inFlight),
  };
}
