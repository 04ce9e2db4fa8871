/** What the findings about a lane rest on, made once for each run. */
import { ExplainFacts } from '../../metrics/explain-facts';
import { placeStepsInSteps } from '../../metrics/place-steps';
import type { SceneReader } from '../../metrics/scene';
import type { WindowReader } from '../../metrics/window';
import { inSlices } from '../shell/in-slices';
import { PerLane } from '../shell/per-lane';

/** Who waits and who is worked on at every place; the charts are drawn from the same. */
export const stepsOf = new PerLane(placeStepsInSteps);

const made = new WeakMap<SceneReader, Promise<ExplainFacts>>();

export function factsOf(reader: SceneReader, windows: WindowReader): Promise<ExplainFacts> {
  const facts = made.get(reader) ?? stepsOf.soon(reader.lane).then((steps) => inSlices(ExplainFacts.inSteps(reader, windows, steps)));
  made.set(reader, facts);
  return facts;
}
