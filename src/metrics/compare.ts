/** Two lanes, request by request: what became of each in both, and where the greatest part of the difference arose. */
import { Outcome } from '../model/outcome';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import type { RequestPairs } from './compare-pairs';
import { pairRequestsInSteps } from './compare-pairs';
import { CriticalPaths, type PathAct, type PathStep } from './critical-path';
import type { RowTable } from './row-table';
import { troubleBetween, troubleOf, type Trouble } from './request-trouble';
import type { SceneReader } from './scene';
import type { TraceRow } from './trace-reader';

export type Side = 'a' | 'b';
export type DelayPart = 'tr' | 'td' | 'ts' | 'tp';

/**
 * Why one request is not the same in two lanes. Differences are B minus A. `act`: the largest difference, in the direction of that of the
 * whole request, of all that happened on its way, with the lane in which the place is to be found. `part`: the same where the trace does not tell places any more, so that only one of the
 * four parts can be named. `failed`: it ended well in the other lane.
 */
export type Verdict =
  | { readonly kind: 'same' | 'bothFailed' | 'open' }
  | {
      readonly kind: 'failed';
      readonly side: Side;
      readonly outcome: Outcome;
      readonly trouble: Trouble | undefined;
      readonly place: number | undefined;
    }
  | {
      readonly kind: 'act';
      readonly act: PathAct;
      readonly trouble: Trouble | undefined;
      readonly side: Side;
      readonly place: number;
      readonly differenceMicros: Micros;
    }
  | { readonly kind: 'part'; readonly part: DelayPart; readonly differenceMicros: Micros };

export interface Comparison {
  readonly pairs: RequestPairs;
  readonly verdicts: readonly Verdict[];
}

/** Pairs between two rests. */
const PAIRS_A_STEP = 64;

/** Compares whole runs, with a rest every few records, for a thread that has something else to do. */
export function* compareInSteps(a: SceneReader, b: SceneReader): Generator<undefined, Comparison> {
  const pairs = yield* pairRequestsInSteps(a.lane, b.lane);
  const ofA = new Witness(a, pairs.a);
  yield;
  const ofB = new Witness(b, pairs.b);
  const verdicts: Verdict[] = [];
  for (let pair = 0; pair < pairs.count; pair++) {
    verdicts.push(judge(ofA, pairs.rowA[pair]!, ofB, pairs.rowB[pair]!));
    if (pair % PAIRS_A_STEP === 0) yield;
  }
  return { pairs, verdicts };
}

/** What one lane can tell about its requests. */
class Witness {
  readonly lane: LaneResult;
  private readonly paths: CriticalPaths;

  constructor(
    private readonly reader: SceneReader,
    readonly rows: RowTable,
  ) {
    this.lane = reader.lane;
    this.paths = new CriticalPaths(reader.lane, reader.trace, reader.pairs, reader.requests);
  }

  recordsOf(row: number): readonly TraceRow[] {
    return Array.from(this.reader.requests.of(this.rows.request[row]!), (record) => this.reader.trace.row(record));
  }

  path(row: number): readonly PathStep[] | undefined {
    return this.paths.of(this.rows, row);
  }
}

function judge(a: Witness, rowA: number, b: Witness, rowB: number): Verdict {
  const [outcomeA, outcomeB] = [a.rows.outcome[rowA]! as Outcome, b.rows.outcome[rowB]! as Outcome];
  if (outcomeA === Outcome.inFlight || outcomeB === Outcome.inFlight) return { kind: 'open' };
  if (outcomeA !== Outcome.ok && outcomeB !== Outcome.ok) return { kind: 'bothFailed' };
  if (outcomeB !== Outcome.ok) return failure('b', b, rowB, outcomeB);
  if (outcomeA !== Outcome.ok) return failure('a', a, rowA, outcomeA);
  const parts = PARTS.map((part) => ({ part, differenceMicros: b.rows[part][rowB]! - a.rows[part][rowA]! }));
  if (parts.every(({ differenceMicros }) => differenceMicros === 0)) return { kind: 'same' };
  const [pathA, pathB] = [a.path(rowA), b.path(rowB)];
  const difference = parts.reduce((sum, { differenceMicros }) => sum + differenceMicros, 0);
  if (!pathA || !pathB) return { kind: 'part', ...mainReason(parts, difference) };
  const stays = new Map<string, Stay>();
  addStays(stays, a, pathA, 'a');
  addStays(stays, b, pathB, 'b');
  const { step, side, differenceMicros } = mainReason([...stays.values()], difference);
  const witness = side === 'a' ? a : b;
  const trouble =
    step.act === 'vain' ? troubleBetween(witness.recordsOf(side === 'a' ? rowA : rowB), step.fromMicros, step.toMicros) : undefined;
  return { kind: 'act', act: step.act, trouble: trouble?.trouble, side, place: step.place, differenceMicros };
}

const PARTS = ['tr', 'td', 'ts', 'tp'] as const;

function failure(side: Side, witness: Witness, row: number, outcome: Outcome): Verdict {
  const found = troubleOf(witness.recordsOf(row), outcome);
  return { kind: 'failed', side, outcome, trouble: found?.trouble, place: found?.place };
}

/** All time of one kind at one place. */
interface Stay {
  differenceMicros: Micros;
  /** The longest step of the lane where there is more of it. */
  step: PathStep;
  side: Side;
}

function addStays(stays: Map<string, Stay>, { lane }: Witness, path: readonly PathStep[], side: Side): void {
  for (const step of path) {
    const place = lane.places[step.place];
    // Lanes may have other components: a place is the same when it has the same name.
    const key = `${step.act} ${place?.kind === 'link' ? `${place.from} ${place.to}` : (place?.id ?? '')}`;
    const micros = step.toMicros - step.fromMicros;
    const stay = stays.get(key);
    if (!stay) stays.set(key, { differenceMicros: side === 'b' ? micros : -micros, step, side });
    else {
      stay.differenceMicros += side === 'b' ? micros : -micros;
      if (micros >= stay.step.toMicros - stay.step.fromMicros) Object.assign(stay, { step, side });
    }
  }
}

/** The largest of those that point the way of the whole: what became shorter is no reason why a request took longer. */
function mainReason<Reason extends { readonly differenceMicros: Micros }>(reasons: readonly Reason[], wholeMicros: Micros): Reason {
  const weight = ({ differenceMicros }: Reason): Micros =>
    wholeMicros === 0 ? Math.abs(differenceMicros) : differenceMicros * Math.sign(wholeMicros);
  return reasons.reduce((most, reason) => (weight(reason) > weight(most) ? reason : most));
}
