/** How many requests of a lane are open: started and not decided. Of the whole run, also where its trace is gone. */
import type { LaneResult } from '../model/run-result';
import { Outcome } from '../model/outcome';
import { sortedInSteps } from './sorting';
import { StepBuilder, type StepFunction } from './step-function';
import { rowsInSteps } from './steps';

export function* requestStepsInSteps({ requests }: LaneResult): Generator<undefined, StepFunction> {
  const count = requests.reduce((sum, chunk) => sum + chunk.count, 0);
  const [started, ended] = [new Float64Array(count), new Float64Array(count)];
  let [begun, over] = [0, 0];
  for (const chunk of requests) {
    for (let row = 0; row < chunk.count; row++) {
      started[begun++] = chunk.started[row]!;
      if (chunk.outcome[row] !== Outcome.inFlight) ended[over++] = chunk.ended[row]!;
    }
    yield;
  }
  const starts = yield* sortedInSteps(started);
  const ends = yield* sortedInSteps(ended.subarray(0, over));
  const steps = new StepBuilder();
  let end = 0;
  yield* rowsInSteps(starts.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const micros = starts[at]!;
      while (end < over && ends[end]! < micros) steps.add(ends[end++]!, -1);
      steps.add(micros, 1);
    }
  });
  while (end < over) steps.add(ends[end++]!, -1);
  yield;
  return steps.finish();
}
