/** How the requests of a lane stand at an instant, in whole numbers: what is said to who does not see them move. */
import { Outcome } from '../../model/outcome';
import type { LaneResult } from '../../model/run-result';
import type { Micros } from '../../model/time';

export interface RequestsSoFar {
  /** With the answer, or the work done: no request that failed. */
  readonly completed: number;
  readonly failed: number;
  readonly open: number;
}

export function requestsSoFar({ requests }: Pick<LaneResult, 'requests'>, timeMicros: Micros): RequestsSoFar {
  let [completed, failed, open] = [0, 0, 0];
  for (const { count, started, ended, outcome } of requests) {
    for (let row = 0; row < count; row++) {
      if (started[row]! > timeMicros) continue;
      if (outcome[row] === Outcome.inFlight || ended[row]! > timeMicros) open++;
      else if (outcome[row] === Outcome.ok) completed++;
      else failed++;
    }
  }
  return { completed, failed, open };
}
