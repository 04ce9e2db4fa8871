/** When a run is again as it would have been without a fault, seen from outside: by who is waiting for an answer, and for how long. */
import { Outcome } from '../../model/outcome';
import type { LaneResult } from '../../model/run-result';
import type { Micros } from '../../model/time';
import { rowsOf, type RequestRow } from './rows';

/** Of the run without a fault: the most that were ever open at once, and the longest that anybody waited for an answer. */
export interface Normal {
  readonly open: number;
  readonly micros: Micros;
}

export function normalOf(lane: LaneResult): Normal {
  const rows = rowsOf(lane);
  let open = 0;
  follow(rows, (_, count) => (open = Math.max(open, count)));
  return { open, micros: longest(rows) };
}

/**
 * How long after `untilMicros` there are more open requests, or longer waits for an answer, than the run without the fault ever has; undefined when
 * it is so to the end, or what begins after it has no answer. What began before and has none is not waited for: it is counted by itself.
 */
export function recoveryMicros(lane: LaneResult, normal: Normal, untilMicros: Micros): Micros | undefined {
  const rows = rowsOf(lane).filter(({ outcome }) => outcome !== Outcome.lost);
  const isStuck = ({ outcome, started }: RequestRow): boolean => outcome === Outcome.inFlight && started < lane.endMicros - normal.micros;
  if (rows.some((row) => isStuck(row) && row.started > untilMicros)) return undefined;
  const waiting = rows.filter((row) => !isStuck(row));
  let last = untilMicros;
  let above: Micros | undefined;
  follow(waiting, (time, count) => {
    if (above !== undefined) last = Math.max(last, time);
    above = count > normal.open ? time : undefined;
  });
  if (above !== undefined) return undefined;
  for (const { outcome, started, ended } of waiting)
    if (outcome === Outcome.ok && ended - started > normal.micros) last = Math.max(last, ended);
  return last - untilMicros;
}

/** Requests open at the end stay open: nothing is known of their end. */
function follow(rows: readonly RequestRow[], look: (time: Micros, open: number) => void): void {
  const steps = rows.flatMap(({ outcome, started, ended }) => [
    { time: started, change: 1 },
    ...(outcome === Outcome.inFlight ? [] : [{ time: ended, change: -1 }]),
  ]);
  steps.sort((one, other) => one.time - other.time || one.change - other.change);
  let open = 0;
  for (const { time, change } of steps) look(time, (open += change));
}

function longest(rows: readonly RequestRow[]): Micros {
  return rows.reduce((most, { outcome, started, ended }) => (outcome === Outcome.ok ? Math.max(most, ended - started) : most), 0);
}
