/** The requests of a run that the formulas count, one after the other. */
import type { Outcome } from '../../model/outcome';
import type { LaneResult } from '../../model/run-result';
import type { Micros } from '../../model/time';
import { countedRequests } from '../../metrics/counted-requests';

export interface RequestRow {
  readonly request: number;
  readonly outcome: Outcome;
  readonly started: Micros;
  /** Of those in flight at the end: the end of the run. */
  readonly ended: Micros;
}

export function rowsOf(lane: LaneResult): RequestRow[] {
  return countedRequests(lane).flatMap(({ count, request, outcome, started, ended }) =>
    Array.from({ length: count }, (_, at) => ({
      request: request[at]!,
      outcome: outcome[at] as Outcome,
      started: started[at]!,
      ended: ended[at]!,
    })),
  );
}
