/** What the comparisons read of a run's trace and of the requests' rows. Only what is after the warm-up counts. */
import type { LaneResult } from '../../../src/model/run-result';
import { Outcome } from '../../../src/model/outcome';
import { RecordKind, type RequestChunk, type TraceChunk } from '../../../src/model/trace';
import type { Measure } from './row';

function tracing(of: (lane: LaneResult) => number): Measure {
  return { of, needsTrace: true };
}

type Column = (chunk: RequestChunk, at: number) => number;

/** The mean of a value over the requests that ended well. */
export function meanOverRequests(value: Column): Measure {
  return tracing(({ requests, warmupMicros }) => {
    let [count, sum] = [0, 0];
    for (const chunk of requests) {
      for (let at = 0; at < chunk.count; at++) {
        if (chunk.started[at]! < warmupMicros || chunk.outcome[at] !== Outcome.ok) continue;
        count++;
        sum += value(chunk, at);
      }
    }
    return sum / count;
  });
}

const timeMs: Column = (chunk, at) => (chunk.ended[at]! - chunk.started[at]!) / 1_000;

/** The share of the requests that ended well with T longer than this. */
export const shareSlowerThan = (ms: number): Measure => meanOverRequests((chunk, at) => (timeMs(chunk, at) > ms ? 1 : 0));
/** The mean of T squared, in s². */
export const meanSquareT = meanOverRequests((chunk, at) => (timeMs(chunk, at) / 1_000) ** 2);
/** The share of the requests whose work took longer than this. */
export const shareOfWorkOver = (ms: number): Measure => meanOverRequests((chunk, at) => (chunk.ts[at]! / 1_000 > ms ? 1 : 0));
/** The mean of (work / mean) to a power. */
export const workMoment = (power: number, meanMs: number): Measure =>
  meanOverRequests((chunk, at) => (chunk.ts[at]! / 1_000 / meanMs) ** power);

type Visit = (micros: number, value: number, chunk: TraceChunk, at: number) => void;

/** Visits the records of one kind at a component, or anywhere, in order. */
function visit(lane: LaneResult, kind: RecordKind, id: string, onRecord: Visit, fromMicros = lane.warmupMicros): void {
  const place = lane.places.findIndex((candidate) => candidate.kind !== 'link' && candidate.id === id);
  for (const chunk of lane.chunks) {
    for (let at = 0; at < chunk.count; at++) {
      if (chunk.kind[at] === kind && chunk.place[at] === place && chunk.time[at]! >= fromMicros)
        onRecord(chunk.time[at]!, chunk.value[at]!, chunk, at);
    }
  }
}

/** The mean of a value over those who were taken by a worker, from how long they had waited. */
function meanOverWaits(id: string, value: (waitMicros: number) => number): Measure {
  return tracing((lane) => {
    let [count, sum] = [0, 0];
    visit(lane, RecordKind.workerTaken, id, (_, wait) => {
      count++;
      sum += value(wait);
    });
    return sum / count;
  });
}

export const shareWaitingOver = (ms: number, id = 'server'): Measure => meanOverWaits(id, (wait) => (wait > ms * 1_000 ? 1 : 0));
/** The mean of the wait squared, in s². */
export const meanSquareWait = (id = 'server'): Measure => meanOverWaits(id, (wait) => (wait / 1e6) ** 2);

/** Squared coefficient of variation of the gaps between records of one kind. */
function gapVariation(kind: RecordKind, id: string): Measure {
  return tracing((lane) => {
    let [last, count, sum, squares] = [NaN, 0, 0, 0];
    visit(lane, kind, id, (micros) => {
      if (!Number.isNaN(last)) {
        const gap = (micros - last) / 1e6;
        count++;
        sum += gap;
        squares += gap * gap;
      }
      last = micros;
    });
    const mean = sum / count;
    return squares / count / (mean * mean) - 1;
  });
}

export const departureVariation = (id = 'server'): Measure => gapVariation(RecordKind.workerFreed, id);
export const arrivalVariation = (id = 'client'): Measure => gapVariation(RecordKind.requestStarted, id);

/** Variance over mean of the number of requests that start in each window of time. */
export function dispersion(windowSeconds: number, id = 'client'): Measure {
  return tracing((lane) => {
    const windows = Math.floor((lane.endMicros - lane.warmupMicros) / (windowSeconds * 1e6));
    const counts = new Float64Array(windows);
    visit(lane, RecordKind.requestStarted, id, (micros) => {
      const window = Math.floor((micros - lane.warmupMicros) / (windowSeconds * 1e6));
      if (window < windows) counts[window]!++;
    });
    let [sum, squares] = [0, 0];
    for (const count of counts) {
      sum += count;
      squares += count * count;
    }
    const mean = sum / windows;
    return (squares - windows * mean * mean) / (windows - 1) / mean;
  });
}

/** Walks the number present at a service; `onSpan` gets each span of time after the warm-up during which it stays the same. */
function walkPresent(
  lane: LaneResult,
  id: string,
  onSpan: (present: number, micros: number) => void,
  onArrival?: (found: number) => void,
): void {
  const place = lane.places.findIndex((candidate) => candidate.kind === 'service' && candidate.id === id);
  let [waiting, busy, last] = [0, 0, lane.warmupMicros];
  const span = (until: number): void => {
    if (until > last) onSpan(waiting + busy, until - last);
    last = Math.max(last, until);
  };
  for (const chunk of lane.chunks) {
    for (let at = 0; at < chunk.count; at++) {
      if (chunk.place[at] !== place) continue;
      const [kind, time] = [chunk.kind[at], chunk.time[at]!];
      const arrives = kind === RecordKind.joined || kind === RecordKind.refused || (kind === RecordKind.workerTaken && waiting === 0);
      if (!arrives && kind !== RecordKind.workerTaken && kind !== RecordKind.workerFreed) continue;
      span(time);
      if (arrives && time >= lane.warmupMicros) onArrival?.(waiting + busy);
      if (kind === RecordKind.joined) waiting++;
      else if (kind === RecordKind.workerFreed) busy--;
      else if (kind === RecordKind.workerTaken) {
        if (waiting > 0) waiting--;
        busy++;
      }
    }
  }
  span(lane.endMicros);
}

/** The share of time with at least `least` present. */
export function timeShareWith(least: number, id = 'server'): Measure {
  return tracing((lane) => {
    let [within, all] = [0, 0];
    walkPresent(lane, id, (present, micros) => {
      all += micros;
      if (present >= least) within += micros;
    });
    return within / all;
  });
}

/** The share of arrivals that find at least `least` present. */
export function arrivalsFinding(least: number, id = 'server'): Measure {
  return tracing((lane) => {
    let [within, all] = [0, 0];
    walkPresent(
      lane,
      id,
      () => undefined,
      (found) => {
        all++;
        if (found >= least) within++;
      },
    );
    return within / all;
  });
}

/** The mean length, in seconds, of the stretches during which somebody is present. */
export function meanBusyPeriod(id = 'server'): Measure {
  return tracing((lane) => {
    let [periods, sum, wasBusy] = [0, 0, false];
    walkPresent(lane, id, (present, micros) => {
      if (present > 0) sum += micros;
      if (present > 0 && !wasBusy) periods++;
      wasBusy = present > 0;
    });
    return sum / periods / 1e6;
  });
}

/** Of one measure what another takes away: 0 where an identity says that both are the same. */
export function difference(one: Measure, other: Measure): Measure {
  return { of: (lane) => one.of(lane) - other.of(lane), needsTrace: one.needsTrace || other.needsTrace };
}
