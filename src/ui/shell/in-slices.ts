/** Work that is made of many steps, done a little at a time: the page answers meanwhile. */

/** Real time after which the page gets its turn. */
const SLICE_MS = 10;

/** Until when works may begin in the task that runs, however many there are; undefined before the first of a task. */
let beginUntil: number | undefined;

/** Begins at once, where nothing else has begun just now; what is short is done at once. */
export function inSlices<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  if (beginUntil === undefined) {
    beginUntil = performance.now() + SLICE_MS;
    setTimeout(() => (beginUntil = undefined));
  }
  const until = beginUntil;
  return new Promise((resolve, reject) => {
    // A slice of its own is followed by a turn: what is made of the result, such as a whole view, may take as long again.
    const go = (until: number, done: (result: Result) => void): void => {
      try {
        while (performance.now() < until) {
          const step = steps.next();
          if (step.done) return done(step.value);
        }
        setTimeout(() => go(performance.now() + SLICE_MS, (result) => setTimeout(() => resolve(result))));
      } catch (error) {
        reject(error as Error);
      }
    };
    go(until, resolve);
  });
}
