/** The comparison of two lanes, made a little at a time: the page answers meanwhile. Made once for each two lanes of a run. */
import { compareInSteps, type Comparison } from '../../metrics/compare';
import type { SceneReader } from '../../metrics/scene';

/** Real time after which the page gets its turn. */
const SLICE_MS = 10;

/** Calls back with the comparison as soon as it is made, at once for short runs; what it returns stops it. */
export function makeComparison(a: SceneReader, b: SceneReader, onmade: (comparison: Comparison) => void): () => void {
  const known = made.get(a)?.get(b);
  if (known) {
    onmade(known);
    return () => undefined;
  }
  const steps = compareInSteps(a, b);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const work = (): void => {
    const end = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (!step.done) continue;
      const ofA = made.get(a) ?? new WeakMap<SceneReader, Comparison>();
      made.set(a, ofA.set(b, step.value));
      return onmade(step.value);
    } while (performance.now() < end);
    timer = setTimeout(work);
  };
  work();
  return () => clearTimeout(timer);
}

const made = new WeakMap<SceneReader, WeakMap<SceneReader, Comparison>>();
