/** Values that occur one after the other in a run, and how they are distributed in any window of it: each question answered by halving. */
import type { DelayPart } from '../model/delay-part';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { RecordKind } from '../model/trace';
import { GrowingColumn } from './growing-column';
import { quantileIndexInSteps, type QuantileIndex } from './quantile-index';
import { orderedInSteps, pickedInSteps, rowNumbers } from './sorting';
import type { Stays } from './stays';
import { rowsInSteps } from './steps';
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
  /** `times` ascend: when each value was complete. `sums` are running sums of the values. */
  constructor(
    private readonly times: Float64Array,
    readonly values: Float64Array,
    private readonly sums: Float64Array,
    private readonly index: QuantileIndex,
  ) {}

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

export type RequestMeasure = 'T' | DelayPart;

/** Of the requests that ended well, by their ends. */
export function* requestSamplesInSteps({ requests }: LaneResult, measure: RequestMeasure): Generator<undefined, Samples> {
  const pairs = new PairColumns();
  for (const chunk of requests) {
    const part = { T: undefined, Tr: chunk.tr, Td: chunk.td, Ts: chunk.ts, Tp: chunk.tp }[measure];
    for (let row = 0; row < chunk.count; row++) {
      if (chunk.outcome[row] !== Outcome.ok) continue;
      const ended = chunk.ended[row]!;
      pairs.add(ended, part ? part[row]! : ended - chunk.started[row]!);
    }
    yield;
  }
  return yield* pairs.samplesInSteps();
}

/** How long those waited who were taken on at a place: by a worker, or out of a queue. Of the kept part of the trace. */
export function* waitSamplesInSteps(lane: LaneResult, place: number): Generator<undefined, Samples> {
  const pairs = new PairColumns();
  for (const chunk of lane.chunks) {
    for (let at = Math.max(0, lane.keptFrom.record - chunk.first); at < chunk.count; at++) {
      const kind = chunk.kind[at];
      if (chunk.place[at] !== place || (kind !== RecordKind.workerTaken && kind !== RecordKind.dispatched)) continue;
      pairs.add(chunk.time[at]!, chunk.value[at]!);
    }
    yield;
  }
  return yield* pairs.samplesInSteps();
}

/** How long those were there who have left. */
export function* staySamplesInSteps({ arrived, left }: Stays): Generator<undefined, Samples> {
  const pairs = new PairColumns();
  yield* rowsInSteps(left.length, (from, to) => {
    for (let row = from; row < to; row++) if (left[row]! < Infinity) pairs.add(left[row]!, left[row]! - arrived[row]!);
  });
  return yield* pairs.samplesInSteps();
}

/** Times with their values, in any order. */
class PairColumns {
  private readonly times = new GrowingColumn();
  private readonly values = new GrowingColumn();

  add(time: Micros, value: Micros): void {
    this.times.push(time);
    this.values.push(value);
  }

  *samplesInSteps(): Generator<undefined, Samples> {
    const [unsorted, unsortedValues] = [this.times.filled, this.values.filled];
    const order = yield* orderedInSteps(rowNumbers(unsorted.length), (one, other) => unsorted[one]! - unsorted[other]!);
    const times = yield* pickedInSteps(unsorted, order);
    const values = yield* pickedInSteps(unsortedValues, order);
    const sums = new Float64Array(values.length + 1);
    for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]!;
    yield;
    return new Samples(times, values, sums, yield* quantileIndexInSteps(values));
  }
}
