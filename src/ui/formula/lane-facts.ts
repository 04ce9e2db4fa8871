/** What the findings about a lane rest on, made once for each run. */
import { ExplainFacts } from '../../metrics/explain-facts';
import type { SceneReader } from '../../metrics/scene';
import type { WindowReader } from '../../metrics/window';
import { inSlices } from '../shell/in-slices';

const made = new WeakMap<SceneReader, Promise<ExplainFacts>>();

export function factsOf(reader: SceneReader, windows: WindowReader): Promise<ExplainFacts> {
  const facts = made.get(reader) ?? inSlices(ExplainFacts.inSteps(reader, windows));
  made.set(reader, facts);
  return facts;
}
