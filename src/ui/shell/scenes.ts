/** What the views of a lane need besides its result: a reader of its trace, and its scenario as it was run. Made once for each run. */
import { SceneReader } from '../../metrics/scene';
import { WindowReader } from '../../metrics/window';
import { readScenario } from '../../model/read-scenario';
import type { LaneResult } from '../../model/run-result';
import type { Scenario } from '../../model/scenario';
import type { JsonRecord } from '../../model/variant';
import type { Whereabouts } from '../../state/older-ranges.svelte';

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

/** `file` is the one that the lanes were run from. */
export function scenesOf(lanes: readonly LaneResult[], file: JsonRecord | undefined): LaneScene[] {
  return lanes.map((lane) => {
    const read = readScenario(file, lane.variant);
    const kept = new SceneReader(lane);
    return { lane, reader: kept, kept, absent: false, windows: new WindowReader(lane), scenario: read.ok ? read.value : undefined };
  });
}

/** The scene with the trace that it has where the playhead is: what was kept, or the stretch that was executed again. */
export function sceneAt(scene: LaneScene, where: Whereabouts, range: LaneResult): LaneScene {
  if (where === 'kept') return scene;
  return where === 'range' ? { ...scene, reader: readerOf(range) } : { ...scene, absent: true };
}

const readers = new WeakMap<LaneResult, SceneReader>();

function readerOf(stretch: LaneResult): SceneReader {
  let reader = readers.get(stretch);
  if (!reader) readers.set(stretch, (reader = new SceneReader(stretch)));
  return reader;
}
