/** Which formulas speak of a lane, with what its run shows of code that no formula can read. */
import { observeInSteps } from '../../metrics/observed';
import type { LaneResult } from '../../model/run-result';
import type { Scenario } from '../../model/scenario';
import { theoryFor, type TheoryReport } from '../../theory/assess-scenario';
import { PerLane } from '../shell/per-lane';

const observed = new PerLane(observeInSteps);

export async function theoryReports(lane: LaneResult, scenario: Scenario): Promise<readonly TheoryReport[]> {
  return theoryFor(scenario, await observed.soon(lane));
}
