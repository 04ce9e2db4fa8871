/** What the views of a lane need besides its result: a reader of its trace, and its scenario as it was run. Made once for each run. */
import { SceneReader } from '../../metrics/scene';
import { WindowReader } from '../../metrics/window';
import { readScenario } from '../../model/read-scenario';
import type { LaneResult } from '../../model/run-result';
import type { Scenario } from '../../model/scenario';
import type { JsonRecord } from '../../model/variant';

export interface LaneScene {
  readonly lane: LaneResult;
  readonly reader: SceneReader;
  readonly windows: WindowReader;
  readonly scenario: Scenario | undefined;
}

/** `file` is the one that the lanes were run from. */
export function scenesOf(lanes: readonly LaneResult[], file: JsonRecord | undefined): LaneScene[] {
  return lanes.map((lane) => {
    const read = readScenario(file, lane.variant);
    return { lane, reader: new SceneReader(lane), windows: new WindowReader(lane), scenario: read.ok ? read.value : undefined };
  });
}
