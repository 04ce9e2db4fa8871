/**
 * The article's formulas over any window of a run, fast enough to follow the playhead. A window is later than `from`, up to and
 * including `to`; one from 0 has the very beginning too. N counts the requests that start in it; Ns, R, Q, T and held those that end in
 * it; accepted those accepted in it. As in the summary, T and held are over the requests that ended well.
 */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { Outcome } from '../model/outcome';
import { quantileIndexInSteps, type QuantileIndex } from './quantile-index';
import { rowTable } from './row-table';
import { orderedInSteps, pickedInSteps, rowNumbers, sortedInSteps } from './sorting';
import { atOnce } from './steps';
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

const PARTS = ['tr', 'td', 'ts', 'tp', 'held'] as const;
type Part = (typeof PARTS)[number];

interface Columns {
  readonly started: Float64Array;
  readonly decided: Float64Array;
  readonly completed: Float64Array;
  readonly accepted: Float64Array;
  /** Running sums over the requests that ended well, in the order of their ends. */
  readonly timeSums: Float64Array;
  readonly partSums: Readonly<Record<Part, Float64Array>>;
  /** Running sums of the time to acceptance, in the order of acceptance. */
  readonly acceptanceSums: Float64Array;
  readonly times: QuantileIndex;
}

/** Sorts once, then answers each window by halving and running sums. */
export class WindowReader {
  /** `columns` are those of the lane, where they have been made already. */
  constructor(
    readonly lane: LaneResult,
    private readonly columns: Columns = atOnce(columnsInSteps(lane)),
  ) {}

  /** The same with rests, for a thread that has something else to do. */
  static *inSteps(lane: LaneResult): Generator<undefined, WindowReader> {
    return new WindowReader(lane, yield* columnsInSteps(lane));
  }

  at(fromMicros: Micros, toMicros: Micros): WindowNumbers {
    const { columns } = this;
    const from = fromMicros <= 0 ? -1 : fromMicros;
    const inside = (times: Float64Array): [first: number, end: number] => [countUpTo(times, from), countUpTo(times, toMicros)];
    const [firstStarted, endStarted] = inside(columns.started);
    const [firstDecided, endDecided] = inside(columns.decided);
    const [first, end] = inside(columns.completed);
    const [firstAccepted, endAccepted] = inside(columns.accepted);
    const [Ns, decided, accepted] = [end - first, endDecided - firstDecided, endAccepted - firstAccepted];
    const meanMs = (sums: Float64Array, start: number, stop: number): number | null =>
      stop > start ? (sums[stop]! - sums[start]!) / (stop - start) / 1_000 : null;
    const ofCompleted = (sums: Float64Array): number | null => meanMs(sums, first, end);
    const perSecond = (count: number): number => (toMicros > fromMicros ? (count * 1e6) / (toMicros - fromMicros) : 0);
    const percentileMs = (p: number): number | null => {
      const micros = columns.times.at(first, end, p);
      return micros === null ? null : micros / 1_000;
    };
    const { tr, td, ts, tp, held } = columns.partSums;
    return {
      fromMicros,
      toMicros,
      N: endStarted - firstStarted,
      Ns,
      decided,
      R: decided > 0 ? Ns / decided : null,
      QPerSecond: perSecond(Ns),
      T: {
        meanMs: ofCompleted(columns.timeSums),
        p50Ms: percentileMs(0.5),
        p95Ms: percentileMs(0.95),
        p99Ms: percentileMs(0.99),
        TrMs: ofCompleted(tr),
        TdMs: ofCompleted(td),
        TsMs: ofCompleted(ts),
        TpMs: ofCompleted(tp),
      },
      accepted: { N: accepted, QPerSecond: perSecond(accepted), meanMs: meanMs(columns.acceptanceSums, firstAccepted, endAccepted) },
      heldMeanMs: ofCompleted(held),
      inFlight: endStarted - endDecided,
    };
  }
}

function* columnsInSteps(lane: LaneResult): Generator<undefined, Columns> {
  const rows = rowTable(lane);
  yield;
  const { started, accepted, ended } = rows;
  const order = yield* sortedBy(ended, rowNumbers(ended.length));
  const good = order.filter((row) => rows.outcome[row] === Outcome.ok);
  yield;
  const decided = order.filter((row) => rows.outcome[row] !== Outcome.inFlight);
  yield;
  const acceptedRows = yield* sortedBy(
    accepted,
    order.filter((row) => accepted[row]! >= 0),
  );
  const times = differences(ended, started, good);
  yield;
  const sums: Float64Array[] = [];
  for (const part of PARTS) {
    sums.push(runningSums(yield* pickedInSteps(rows[part], good)));
  }
  const [tr, td, ts, tp, held] = sums as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  return {
    started: yield* sortedInSteps(started),
    decided: yield* pickedInSteps(ended, decided),
    completed: yield* pickedInSteps(ended, good),
    accepted: yield* pickedInSteps(accepted, acceptedRows),
    times: yield* quantileIndexInSteps(times),
    timeSums: runningSums(times),
    partSums: { tr, td, ts, tp, held },
    acceptanceSums: runningSums(differences(accepted, started, acceptedRows)),
  };
}

/** Rows in the order of their keys: as written most often, unless two clients ended requests out of turn. */
function sortedBy(keys: Float64Array, rows: Uint32Array): Generator<undefined, Uint32Array> {
  return orderedInSteps(rows, (one, other) => keys[one]! - keys[other]! || one - other);
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
