/** Where the T of the requests that ended well in a window was spent, by what happened and at which place. */
import { Outcome } from '../model/outcome';
import type { Micros } from '../model/time';
import type { CriticalPaths, PathAct } from './critical-path';
import type { RowTable } from './row-table';

export interface Stay {
  readonly act: PathAct;
  readonly place: number;
  micros: Micros;
}

export interface Stays {
  readonly requests: number;
  readonly TMicros: Micros;
  /** The largest first. What a request's own records do not prove is in none of them. */
  readonly stays: readonly Stay[];
  /** The sum of all stays. */
  readonly tracedMicros: Micros;
}

/** More requests than this in one window are not followed one by one. */
const MOST_REQUESTS = 2_000;

/** Rows of those that ended well later than `fromMicros`, up to and including `toMicros`; undefined when they are too many. */
export function endedIn(rows: RowTable, fromMicros: Micros, toMicros: Micros): readonly number[] | undefined {
  const found: number[] = [];
  for (let row = 0; row < rows.count; row++) {
    const ended = rows.ended[row]!;
    if (rows.outcome[row] === Outcome.ok && ended > fromMicros && ended <= toMicros) found.push(row);
  }
  return found.length > MOST_REQUESTS ? undefined : found;
}

/** Requests between two rests. */
const REQUESTS_A_STEP = 32;

export function* staysInSteps(paths: CriticalPaths, rows: RowTable, among: readonly number[]): Generator<undefined, Stays> {
  const byKey = new Map<string, Stay>();
  let [TMicros, tracedMicros] = [0, 0];
  for (const [at, row] of among.entries()) {
    if (at % REQUESTS_A_STEP === 0) yield;
    TMicros += rows.ended[row]! - rows.started[row]!;
    for (const { act, place, fromMicros, toMicros } of paths.of(rows, row) ?? []) {
      const key = `${act} ${place}`;
      const micros = toMicros - fromMicros;
      const stay = byKey.get(key);
      if (stay) stay.micros += micros;
      else byKey.set(key, { act, place, micros });
      tracedMicros += micros;
    }
  }
  const stays = [...byKey.values()].sort((one, other) => other.micros - one.micros);
  return { requests: among.length, TMicros, stays, tracedMicros };
}
