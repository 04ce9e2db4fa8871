/** How much a learner's code may do in one kernel event. Lowered code counts in `STEPS`, which it knows as `$steps`. */
import { catchable, StepLimitReached } from '../sim/step-limit';

/**
 * Calls that may be nested. An engine's own limit differs from run to run, so the count must end first: a call takes up to a few hundred
 * bytes of a stack that has half a megabyte in the smallest worker.
 */
const DEEPEST_CALLS = 1_000;

export const STEPS = {
  used: 0,
  limit: 0,
  depth: 0,
  deepest: DEEPEST_CALLS,

  /** Too many loop turns and calls. As `used` stays above the limit, every `catch` and `finally` on the way out stops again. */
  stop(line: number): never {
    throw new StepLimitReached('steps', line, STEPS.limit);
  },

  /** Calls nested too deep. */
  sink(line: number): never {
    STEPS.used = Infinity;
    throw new StepLimitReached('depth', line, DEEPEST_CALLS);
  },

  /** First thing in every `catch`: some errors go on. */
  caught(error: unknown): void {
    catchable(error);
  },
};

/** Starts the budget of one kernel event; the world calls it before any handler code can run. */
export function beginTurn(limit: number): void {
  STEPS.used = 0;
  STEPS.limit = limit;
  STEPS.depth = 0;
}
