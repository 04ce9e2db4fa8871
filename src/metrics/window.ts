/**
 * The article's formulas over any window of a run, fast enough to follow the playhead. A window is later than `from`, up to and
 * including `to`; one from 0 has the very beginning too. N counts the requests that start in it; Ns, R, Q, T and held those that end in
 * it; accepted those accepted in it. As in the summary, T and held are over the requests that ended well.
 */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { QuantileIndex } from './quantile-index';
import { rowTable } from './row-table';
import { countUpTo } from './step-function';

/** Times in ms, rates per second, shares from 0 to 1. Means of nothing are null. */
export interface WindowNumbers {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  /** Requests started. */
  readonly N: number;
  /** Requests that ended well. */
  readonly Ns: number;
  /** Requests that ended, well or not. */
  readonly decided: number;
  /** Ns over decided. */
  readonly R: number | null;
  readonly QPerSecond: number;
  readonly T: {
    readonly meanMs: number | null;
    readonly p50Ms: number | null;
    readonly p95Ms: number | null;
    readonly p99Ms: number | null;
    readonly TrMs: number | null;
    readonly TdMs: number | null;
    readonly TsMs: number | null;
    readonly TpMs: number | null;
  };
  readonly accepted: { readonly N: number; readonly QPerSecond: number; readonly meanMs: number | null };
  readonly heldMeanMs: number | null;
  /** Requests started and not decided at the end of the window. */
  readonly inFlight: number;
}

export function windowNumbers(lane: LaneResult, fromMicros: Micros, toMicros: Micros): WindowNumbers {
  return new WindowReader(lane).at(fromMicros, toMicros);
}

type Part = 'tr' | 'td' | 'ts' | 'tp' | 'held';

/** Sorts once, then answers each window by halving and running sums. */
export class WindowReader {
  private readonly started: Float64Array;
  private readonly decided: Float64Array;
  private readonly completed: Float64Array;
  private readonly accepted: Float64Array;
  /** Running sums over the requests that ended well, in the order of their ends. */
  private readonly timeSums: Float64Array;
  private readonly partSums: Readonly<Record<Part, Float64Array>>;
  /** Running sums of the time to acceptance, in the order of acceptance. */
  private readonly acceptanceSums: Float64Array;
  private readonly times: QuantileIndex;

  constructor(lane: LaneResult) {
    const rows = rowTable(lane);
    const { started, accepted, ended } = rows;
    const order = byEnd(ended);
    const good = order.filter((row) => rows.outcome[row] === Outcome.ok);
    const decided = order.filter((row) => rows.outcome[row] !== Outcome.inFlight);
    const acceptedRows = sortedBy(
      accepted,
      order.filter((row) => accepted[row]! >= 0),
    );
    this.started = started.slice().sort();
    this.decided = pick(ended, decided);
    this.completed = pick(ended, good);
    this.accepted = pick(accepted, acceptedRows);
    const times = differences(ended, started, good);
    this.times = new QuantileIndex(times);
    this.timeSums = runningSums(times);
    const sums = (part: Part): Float64Array => runningSums(pick(rows[part], good));
    this.partSums = { tr: sums('tr'), td: sums('td'), ts: sums('ts'), tp: sums('tp'), held: sums('held') };
    this.acceptanceSums = runningSums(differences(accepted, started, acceptedRows));
  }

  at(fromMicros: Micros, toMicros: Micros): WindowNumbers {
    const from = fromMicros <= 0 ? -1 : fromMicros;
    const inside = (times: Float64Array): [first: number, end: number] => [countUpTo(times, from), countUpTo(times, toMicros)];
    const [firstStarted, endStarted] = inside(this.started);
    const [firstDecided, endDecided] = inside(this.decided);
    const [first, end] = inside(this.completed);
    const [firstAccepted, endAccepted] = inside(this.accepted);
    const [Ns, decided, accepted] = [end - first, endDecided - firstDecided, endAccepted - firstAccepted];
    const meanMs = (sums: Float64Array, start: number, stop: number): number | null =>
      stop > start ? (sums[stop]! - sums[start]!) / (stop - start) / 1_000 : null;
    const ofCompleted = (sums: Float64Array): number | null => meanMs(sums, first, end);
    const perSecond = (count: number): number => (toMicros > fromMicros ? (count * 1e6) / (toMicros - fromMicros) : 0);
    const percentileMs = (p: number): number | null => {
      const micros = this.times.at(first, end, p);
      return micros === null ? null : micros / 1_000;
    };
    const { tr, td, ts, tp, held } = this.partSums;
    return {
      fromMicros,
      toMicros,
      N: endStarted - firstStarted,
      Ns,
      decided,
      R: decided > 0 ? Ns / decided : null,
      QPerSecond: perSecond(Ns),
      T: {
        meanMs: ofCompleted(this.timeSums),
        p50Ms: percentileMs(0.5),
        p95Ms: percentileMs(0.95),
        p99Ms: percentileMs(0.99),
        TrMs: ofCompleted(tr),
        TdMs: ofCompleted(td),
        TsMs: ofCompleted(ts),
        TpMs: ofCompleted(tp),
      },
      accepted: { N: accepted, QPerSecond: perSecond(accepted), meanMs: meanMs(this.acceptanceSums, firstAccepted, endAccepted) },
      heldMeanMs: ofCompleted(held),
      inFlight: endStarted - endDecided,
    };
  }
}

/** Rows by the time they ended: as written, unless two clients ended requests out of turn. */
function byEnd(ended: Float64Array): Uint32Array {
  return sortedBy(
    ended,
    Uint32Array.from(ended, (_, row) => row),
  );
}

/** Puts the rows in the order of their keys; sorting is left out when they are in order already, as most often. */
function sortedBy(keys: Float64Array, rows: Uint32Array): Uint32Array {
  for (let at = 1; at < rows.length; at++) {
    if (keys[rows[at - 1]!]! > keys[rows[at]!]!) return rows.sort((one, other) => keys[one]! - keys[other]! || one - other);
  }
  return rows;
}

function pick(column: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) picked[at] = column[rows[at]!]!;
  return picked;
}

function differences(later: Float64Array, earlier: Float64Array, rows: Uint32Array): Float64Array {
  const spans = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) spans[at] = later[rows[at]!]! - earlier[rows[at]!]!;
  return spans;
}

function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1);
  for (let at = 0; at < values.length; at++) sums[at + 1] = sums[at]! + values[at]!;
  return sums;
}
