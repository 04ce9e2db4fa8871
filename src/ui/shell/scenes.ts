/** What the views of a lane need besides its result: a reader of its trace, and its scenario as it was run. Made once for each run. */
import { SceneReader } from '../../metrics/scene';
import type { WindowReader } from '../../metrics/window';
import type { readScenario } from '../../model/read-scenario';
import type { LaneResult } from '../../model/run-result';
import type { Scenario } from '../../model/scenario';
import type { Whereabouts } from '../../state/older-ranges.svelte';
import type { Drawn } from '../../state/readers.svelte';
import { PerLane } from './per-lane';

export interface LaneScene {
  readonly lane: LaneResult;
  /** Reads the trace where the playhead is, which may be a stretch that was executed again. */
  readonly reader: SceneReader;
  /** Reads what was kept of the run. */
  readonly kept: SceneReader;
  /** The trace where the playhead is has still to be executed again. */
  readonly absent: boolean;
  readonly windows: WindowReader;
  readonly scenario: Scenario | undefined;
}

/** `file` is the one that the readers' lanes were run from. The reader of scenarios is passed in, because it is loaded after the first picture. */
export function scenesOf({ readers, windows, file }: Drawn, readFile: typeof readScenario): LaneScene[] {
  return readers.map((kept, at) => {
    const { lane } = kept;
    const read = readFile(file, lane.variant);
    return { lane, reader: kept, kept, absent: false, windows: windows[at]!, scenario: read.ok ? read.value : undefined };
  });
}

const stretches = new PerLane((stretch) => SceneReader.inSteps(stretch));

/** The scene with the trace that it has where the playhead is: what was kept, or the stretch that was executed again. */
export function sceneAt(scene: LaneScene, where: Whereabouts, range: LaneResult): LaneScene {
  if (where === 'kept') return scene;
  return where === 'range' ? { ...scene, reader: stretches.of(range) } : { ...scene, absent: true };
}
