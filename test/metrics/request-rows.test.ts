import { expect, it } from 'vitest';
import { atOnce } from '../../src/metrics/steps';
import { requestIndexInSteps } from '../../src/metrics/request-index';
import { RequestRows } from '../../src/metrics/request-rows';
import { Outcome } from '../../src/model/outcome';
import { stationLane } from './lane-builder';

/** One worker, everybody takes two seconds, one may wait: the third of four at once is refused. */
const lane = stationLane(
  [0, 1, 1.5, 30].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 })),
  { durationMicros: 31e6, waitingLimit: 1 },
);
const rows = new RequestRows(lane);

it('finds a request by its number, with parts that add up to its T', () => {
  const waited = rows.row(2)!;
  expect(waited).toMatchObject({ request: 2, outcome: Outcome.ok, startedMicros: 1e6, endedMicros: 4e6, parts: { Td: 1e6, Ts: 2e6 } });
  expect(rows.row(99)).toBeUndefined();
});

it('orders and filters them', () => {
  expect([...atOnce(rows.orderedInSteps('start', 'all'))]).toEqual([1, 2, 3, 4]);
  expect([...atOnce(rows.orderedInSteps('time', 'all'))].slice(0, 2)).toEqual([2, 1]);
  expect([...atOnce(rows.orderedInSteps('start', 'failed'))]).toEqual([3]);
  expect([...atOnce(rows.orderedInSteps('start', 'open'))]).toEqual([4]);
  expect([...atOnce(rows.orderedInSteps('start', 'slow'))]).toEqual([2]);
  expect([...atOnce(rows.orderedInSteps('outcome', 'all'))]).toEqual([4, 3, 1, 2]);
  expect([rows.count, rows.longestMicros]).toEqual([4, 3e6]);
});

it('finds the records of a request without looking at the others', () => {
  const index = atOnce(requestIndexInSteps(lane.chunks));
  const found = new Map<number, number[]>();
  for (const chunk of lane.chunks) {
    for (let at = 0; at < chunk.count; at++) {
      const request = chunk.request[at]!;
      found.set(request, [...(found.get(request) ?? []), chunk.first + at]);
    }
  }
  for (const [request, records] of found) expect([...index.of(request)]).toEqual(records);
  expect([...index.of(12_345)]).toEqual([]);
});
