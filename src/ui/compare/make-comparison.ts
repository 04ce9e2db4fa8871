/** The comparison of two lanes, made a little at a time: the page answers meanwhile. Made once for each two lanes of a run. */
import { compareInSteps, type Comparison } from '../../metrics/compare';
import type { SceneReader } from '../../metrics/scene';

/** Real time after which the page gets its turn. */
const SLICE_MS = 10;

const made = new WeakMap<SceneReader, WeakMap<SceneReader, Promise<Comparison>>>();

export function comparisonOf(a: SceneReader, b: SceneReader): Promise<Comparison> {
  const ofA = made.get(a) ?? new WeakMap<SceneReader, Promise<Comparison>>();
  const comparison = ofA.get(b) ?? new Promise<Comparison>((resolve) => work(compareInSteps(a, b), resolve));
  made.set(a, ofA.set(b, comparison));
  return comparison;
}

function work(steps: Generator<undefined, Comparison>, onmade: (comparison: Comparison) => void): void {
  const end = performance.now() + SLICE_MS;
  do {
    const step = steps.next();
    if (step.done) return onmade(step.value);
  } while (performance.now() < end);
  setTimeout(() => work(steps, onmade));
}
