import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quantileIndexInSteps } from '../../src/metrics/quantile-index';
import { requestSamplesInSteps, waitSamplesInSteps } from '../../src/metrics/samples';
import { atOnce } from '../../src/metrics/steps';
import { stationLane } from './lane-builder';
import { SERVICE } from './trace-builder';

it('counts what is less than a value in any stretch like counting one by one', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 2 ** 45 })), { maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(values, fc.nat(200), fc.nat(200), fc.oneof(fc.nat(10), fc.nat(2 ** 30)), (all, one, other, value) => {
      const [from, to] = [Math.min(one, other, all.length), Math.min(Math.max(one, other), all.length)];
      const index = atOnce(quantileIndexInSteps(Float64Array.from(all)));
      expect(index.countLess(from, to, value)).toBe(all.slice(from, to).filter((each) => each < value).length);
    }),
  );
});

it('has the values that were complete in a window, and agrees with the summary over the whole run', () => {
  const demands = [0, 1, 2].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));
  const lane = stationLane(demands, { durationMicros: 10e6 });
  // Ends at 2, 4 and 6 s after 2, 3 and 4 s; they wait 0, 1 and 2 s.
  const T = atOnce(requestSamplesInSteps(lane, 'T')).in(2e6, 6e6);
  expect([T.count, T.mean, T.percentile(0.5), T.percentile(1)]).toEqual([2, 3.5e6, 3e6, 4e6]);
  expect([2_999_999, 3e6, 4e6].map((micros) => T.countUpTo(micros))).toEqual([0, 1, 2]);
  const waits = atOnce(waitSamplesInSteps(lane, SERVICE)).in(0, 10e6);
  expect([waits.count, waits.countUpTo(0), waits.percentile(0.99)]).toEqual([3, 1, 2e6]);
  const nothing = atOnce(requestSamplesInSteps(lane, 'Td')).in(7e6, 8e6);
  expect([nothing.count, nothing.mean, nothing.percentile(0.5), nothing.countUpTo(9e9)]).toEqual([0, NaN, NaN, 0]);
  const whole = atOnce(requestSamplesInSteps(lane, 'T')).in(0, 10e6);
  expect(whole.percentile(0.95) / 1_000).toBe(lane.summary.requests.T.p95Ms);
});
