/** Where in the trace of a lane the machines at a place change their state. Made once for each run and place. */
import { stateChangesInSteps, type StateChanges } from '../../metrics/state-changes';
import type { LaneResult } from '../../model/run-result';
import { PerLane } from '../shell/per-lane';

const changes = new PerLane<StateChanges, number>(stateChangesInSteps);

export function changesOf(lane: LaneResult, place: number): Promise<StateChanges> {
  return changes.soon(lane, place);
}
