/** Values that occur one after the other in a run, and how they are distributed in any window of it: each question answered by halving. */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { RecordKind } from '../model/trace';
import { QuantileIndex } from './quantile-index';
import type { Stays } from './stays';
import { countUpTo } from './step-function';

/** The values of one window, in µs. */
export interface Sampled {
  readonly count: number;
  /** NaN of nothing. */
  readonly mean: number;
  /** The p-th percentile by the nearest rank, p from 0 to 1; NaN of nothing. */
  percentile(p: number): Micros;
  /** How many are not more than so much. */
  countUpTo(micros: Micros): number;
}

export class Samples {
  private readonly index: QuantileIndex;
  private readonly sums: Float64Array;

  /** `times` ascend: when each value was complete. */
  constructor(
    private readonly times: Float64Array,
    readonly values: Float64Array,
  ) {
    this.index = new QuantileIndex(values);
    this.sums = new Float64Array(values.length + 1);
    for (let at = 0; at < values.length; at++) this.sums[at + 1] = this.sums[at]! + values[at]!;
  }

  /** A window is later than its beginning, up to and including its end; one from 0 has the very beginning too. */
  in(fromMicros: Micros, toMicros: Micros): Sampled {
    const [from, to] = [countUpTo(this.times, fromMicros <= 0 ? -1 : fromMicros), countUpTo(this.times, toMicros)];
    const { index, sums } = this;
    return {
      count: Math.max(0, to - from),
      mean: to > from ? (sums[to]! - sums[from]!) / (to - from) : NaN,
      percentile: (p) => index.at(from, to, p) ?? NaN,
      // Values are whole: what is less than the next one is not more.
      countUpTo: (micros) => (to > from ? index.countLess(from, to, Math.floor(micros) + 1) : 0),
    };
  }
}

export type RequestMeasure = 'T' | 'Tr' | 'Td' | 'Ts' | 'Tp';

/** Of the requests that ended well, by their ends. */
export function requestSamples({ requests }: LaneResult, measure: RequestMeasure): Samples {
  const pairs: (readonly [time: Micros, value: Micros])[] = [];
  for (const chunk of requests) {
    const parts = { Tr: chunk.tr, Td: chunk.td, Ts: chunk.ts, Tp: chunk.tp };
    for (let row = 0; row < chunk.count; row++) {
      if (chunk.outcome[row] !== Outcome.ok) continue;
      const ended = chunk.ended[row]!;
      pairs.push([ended, measure === 'T' ? ended - chunk.started[row]! : parts[measure][row]!]);
    }
  }
  return inOrder(pairs);
}

/** How long those waited who were taken on at a place: by a worker, or out of a queue. Of the kept part of the trace. */
export function waitSamples(lane: LaneResult, place: number): Samples {
  const pairs: (readonly [time: Micros, value: Micros])[] = [];
  for (const chunk of lane.chunks) {
    for (let at = Math.max(0, lane.keptFrom.record - chunk.first); at < chunk.count; at++) {
      const kind = chunk.kind[at];
      if (chunk.place[at] !== place || (kind !== RecordKind.workerTaken && kind !== RecordKind.dispatched)) continue;
      pairs.push([chunk.time[at]!, chunk.value[at]!]);
    }
  }
  return inOrder(pairs);
}

/** How long those were there who have left. */
export function staySamples({ arrived, left }: Stays): Samples {
  const pairs: (readonly [time: Micros, value: Micros])[] = [];
  for (let row = 0; row < left.length; row++) if (left[row]! < Infinity) pairs.push([left[row]!, left[row]! - arrived[row]!]);
  return inOrder(pairs);
}

function inOrder(pairs: (readonly [time: Micros, value: Micros])[]): Samples {
  if (pairs.some(([time], at) => at > 0 && time < pairs[at - 1]![0])) pairs.sort((one, other) => one[0] - other[0]);
  return new Samples(
    Float64Array.from(pairs, ([time]) => time),
    Float64Array.from(pairs, ([, value]) => value),
  );
}
