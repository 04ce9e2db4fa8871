import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { requestsUpTo } from '../../../src/metrics/compare-numbers';
import { requestsSoFar } from '../../../src/ui/shell/requests-so-far';
import { runFile } from '../../world/run-file';

it('what failed is not called completed, at any instant', () => {
  const lane = runFile(JSON.parse(readFileSync('public/scenarios/crash-and-restart.json', 'utf8')));
  for (const seconds of [0, 12, 21, 60]) {
    const { Ns, failed, inFlight } = requestsUpTo(lane, seconds * 1e6);
    expect(requestsSoFar(lane, seconds * 1e6)).toEqual({ completed: Ns, failed, open: inFlight });
  }
  expect(requestsSoFar(lane, lane.endMicros).failed).toBeGreaterThan(0);
});
