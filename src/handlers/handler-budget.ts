/** How much a learner's code may do in one kernel event. Lowered code counts in `STEPS`, which it knows as `$steps`. */
import { isStackOverflow, StepLimitReached } from '../sim/step-limit';

/**
 * Calls that may be nested. An engine's own limit differs from run to run, so this count must end first: a call takes up to a few hundred
 * bytes of a stack that has half a megabyte in the smallest worker.
 */
const DEEPEST_CALLS = 1_000;

/** What ends this turn. Every later step of the turn throws it again, so that no `catch` and no `finally` on the way out goes on. */
let ending: StepLimitReached | undefined;

function end(by: StepLimitReached): never {
  ending ??= by;
  STEPS.used = Infinity;
  throw ending;
}

export const STEPS = {
  used: 0,
  limit: 0,
  depth: 0,
  deepest: DEEPEST_CALLS,

  /** Too many loop turns and calls. */
  stop(line: number): never {
    return end(ending ?? new StepLimitReached('steps', line, STEPS.limit));
  },

  /** Calls nested too deep. */
  sink(line: number): never {
    return end(new StepLimitReached('depth', line, DEEPEST_CALLS));
  },

  /** First thing in every `catch`: what ends the run goes on. */
  caught(error: unknown): void {
    if (error instanceof StepLimitReached) end(error);
    if (isStackOverflow(error)) end(StepLimitReached.fromOverflow(error));
  },
};

/** Starts the budget of one kernel event; the world calls it before any handler code can run. */
export function beginTurn(limit: number): void {
  STEPS.used = 0;
  STEPS.limit = limit;
  STEPS.depth = 0;
  ending = undefined;
}

/** Counts what a function of ours does for a handler in one go as so many of its steps. */
export function chargeSteps(steps: number): void {
  STEPS.used += steps;
  if (STEPS.used > STEPS.limit) STEPS.stop(0);
}
