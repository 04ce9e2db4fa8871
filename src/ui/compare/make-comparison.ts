/** The comparison of two lanes, made once for each two lanes of a run. */
import { compareInSteps, type Comparison } from '../../metrics/compare';
import type { SceneReader } from '../../metrics/scene';
import { inSlices } from '../shell/in-slices';

const made = new WeakMap<SceneReader, WeakMap<SceneReader, Promise<Comparison>>>();

export function comparisonOf(a: SceneReader, b: SceneReader): Promise<Comparison> {
  const ofA = made.get(a) ?? new WeakMap<SceneReader, Promise<Comparison>>();
  const comparison = ofA.get(b) ?? inSlices(compareInSteps(a, b));
  made.set(a, ofA.set(b, comparison));
  return comparison;
}
