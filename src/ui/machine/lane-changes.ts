/** Where in the trace of a lane the machines at a place change their state. Made once for each run and place. */
import { stateChangesInSteps } from '../../metrics/state-changes';
import type { LaneResult } from '../../model/run-result';
import { PerLane } from '../shell/per-lane';

const changes = new PerLane<Float64Array, number>(stateChangesInSteps);

export function changesOf(lane: LaneResult, place: number): Promise<Float64Array> {
  return changes.soon(lane, place);
}
