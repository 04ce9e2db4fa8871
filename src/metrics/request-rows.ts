/**
 * The rows of all requests of a lane, found by the id of a request; and those that the formulas count in the orders in which a reader may
 * want them.
 */
import { Outcome } from '../model/outcome';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { isCounted } from './counted-requests';
import { orderedInSteps, rowNumbers, sortedInSteps } from './sorting';
import { atOnce, rowsInSteps } from './steps';
import type { Parts } from './story-stand';

export interface RequestRow {
  readonly request: number;
  readonly client: number;
  readonly outcome: Outcome;
  readonly startedMicros: Micros;
  /** −1 when that never came. */
  readonly acceptedMicros: Micros;
  /** Until when its time is counted: the end of the run for one that is still open. */
  readonly endedMicros: Micros;
  /** They add up to `endedMicros − startedMicros`. */
  readonly parts: Parts;
}

export const REQUEST_ORDERS = ['start', 'time', 'outcome'] as const;
export type RequestOrder = (typeof REQUEST_ORDERS)[number];
export const REQUEST_FILTERS = ['all', 'slow', 'failed', 'open'] as const;
export type RequestFilter = (typeof REQUEST_FILTERS)[number];

/** `slow`: this share of the requests that ended well, those with the greatest T. */
const SLOW_SHARE = 0.05;

export class RequestRows {
  /** Ids of those counted, in the order of their starts. */
  private readonly ids: Int32Array;
  /** By id: the chunk, and the row in it. */
  private readonly chunkOf: Int32Array;
  private readonly rowOf: Int32Array;
  private slowFromMicros: Micros | undefined;
  private longest: Micros | undefined;

  constructor(private readonly lane: LaneResult) {
    let highest = 0;
    let count = 0;
    for (const chunk of lane.requests) {
      for (let row = 0; row < chunk.count; row++) {
        highest = Math.max(highest, chunk.request[row]!);
        if (isCounted(lane.places[chunk.client[row]!])) count++;
      }
    }
    this.chunkOf = new Int32Array(highest + 1).fill(-1);
    this.rowOf = new Int32Array(highest + 1);
    lane.requests.forEach((chunk, index) => {
      for (let row = 0; row < chunk.count; row++) {
        this.chunkOf[chunk.request[row]!] = index;
        this.rowOf[chunk.request[row]!] = row;
      }
    });
    this.ids = new Int32Array(count);
    let at = 0;
    // Requests are numbered as they start.
    for (let id = 0; id <= highest; id++) {
      const chunk = lane.requests[this.chunkOf[id]!];
      if (chunk && isCounted(lane.places[chunk.client[this.rowOf[id]!]!])) this.ids[at++] = id;
    }
  }

  get count(): number {
    return this.ids.length;
  }

  row(request: number): RequestRow | undefined {
    const chunk = this.lane.requests[this.chunkOf[request] ?? -1];
    if (!chunk) return undefined;
    const row = this.rowOf[request]!;
    return {
      request,
      client: chunk.client[row]!,
      outcome: chunk.outcome[row] as Outcome,
      startedMicros: chunk.started[row]!,
      acceptedMicros: chunk.accepted[row]!,
      endedMicros: chunk.ended[row]!,
      parts: { Tr: chunk.tr[row]!, Td: chunk.td[row]!, Ts: chunk.ts[row]!, Tp: chunk.tp[row]! },
    };
  }

  /** Ids of those that pass, in an order; `time`: the longest first; `outcome`: by its number, so that what ended well comes last. */
  *orderedInSteps(order: RequestOrder, filter: RequestFilter): Generator<undefined, Int32Array> {
    if (filter === 'slow') this.slowFromMicros ??= yield* this.findSlowInSteps();
    const kept = filter === 'all' ? this.ids : this.ids.filter((id) => this.passes(id, filter));
    yield;
    if (order === 'time') return yield* greatestFirst(kept, (id) => this.timeOf(id));
    return order === 'outcome' ? yield* greatestFirst(kept, (id) => this.outcomeOf(id)) : kept;
  }

  /** The greatest T of all. */
  get longestMicros(): Micros {
    return (this.longest ??= this.ids.reduce((most, id) => Math.max(most, this.timeOf(id)), 0));
  }

  /** The T from which on a request counts as slow; Infinity when none ended well. */
  get slowMicros(): Micros {
    return (this.slowFromMicros ??= atOnce(this.findSlowInSteps()));
  }

  private *findSlowInSteps(): Generator<undefined, Micros> {
    const good = this.ids.filter((id) => this.outcomeOf(id) === Outcome.ok);
    yield;
    const times = yield* sortedInSteps(yield* numbersInSteps(good, (id) => this.timeOf(id)));
    return times.length === 0 ? Infinity : times[Math.min(times.length - 1, Math.floor(times.length * (1 - SLOW_SHARE)))]!;
  }

  private passes(id: number, filter: RequestFilter): boolean {
    const outcome = this.outcomeOf(id);
    switch (filter) {
      case 'all':
        return true;
      case 'slow':
        return outcome === Outcome.ok && this.timeOf(id) >= this.slowMicros;
      case 'failed':
        return outcome !== Outcome.ok && outcome !== Outcome.inFlight;
      case 'open':
        return outcome === Outcome.inFlight;
    }
  }

  private outcomeOf(id: number): number {
    return this.lane.requests[this.chunkOf[id]!]!.outcome[this.rowOf[id]!]!;
  }

  private timeOf(id: number): Micros {
    const chunk = this.lane.requests[this.chunkOf[id]!]!;
    return chunk.ended[this.rowOf[id]!]! - chunk.started[this.rowOf[id]!]!;
  }
}

/** Ids that ascend, by the greatest number first; those with the same number stay in their order. */
function* greatestFirst(ids: Int32Array, numberOf: (id: number) => number): Generator<undefined, Int32Array> {
  const numbers = yield* numbersInSteps(ids, numberOf);
  const order = yield* orderedInSteps(rowNumbers(ids.length), (one, other) => numbers[other]! - numbers[one]!);
  return new Int32Array(order.map((at) => ids[at]!));
}

function* numbersInSteps(ids: Int32Array, numberOf: (id: number) => number): Generator<undefined, Float64Array> {
  const numbers = new Float64Array(ids.length);
  yield* rowsInSteps(ids.length, (from, to) => {
    for (let at = from; at < to; at++) numbers[at] = numberOf(ids[at]!);
  });
  return numbers;
}
