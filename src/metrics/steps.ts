/** Work in steps: generators that rest, for a thread that has something else to do. With everything at once the result is the same. */

/** Does all steps without a rest. */
export function atOnce<Result>(steps: Generator<undefined, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Rows between two rests where little is done with each: a fraction of a millisecond. */
export const STEP_ROWS = 8_192;

/** Calls `take` for all of so many rows, some at a time. */
export function* rowsInSteps(count: number, take: (from: number, to: number) => void): Generator<undefined, void> {
  for (let from = 0; from < count; from += STEP_ROWS) {
    take(from, Math.min(count, from + STEP_ROWS));
    yield;
  }
}
