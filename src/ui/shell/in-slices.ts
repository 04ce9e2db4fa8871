/** Work that is made of many steps, done a little at a time: the page answers meanwhile. */

/** Real time after which the page gets its turn. */
const SLICE_MS = 10;

/** Begins at once; what is short is done at once. */
export function inSlices<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  return new Promise((resolve, reject) => go(steps, resolve, reject));
}

function go<Result>(steps: Generator<undefined, Result>, done: (result: Result) => void, failed: (error: unknown) => void): void {
  try {
    const end = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return done(step.value);
    } while (performance.now() < end);
    setTimeout(() => go(steps, done, failed));
  } catch (error) {
    failed(error);
  }
}
