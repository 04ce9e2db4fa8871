/** The shipped comparison: five variants meet the same arrivals and the same work, and differ as their protocols do. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { variantNames } from '../../src/model/read-scenario';
import type { LaneResult } from '../../src/model/run-result';
import { RecordKind } from '../../src/model/trace';
import { recordsOf, rowsOf, runFile } from './run-file';

const file = JSON.parse(readFileSync('public/scenarios/five-carriages.json', 'utf8')) as unknown;
const lanes = new Map<string | null, LaneResult>([null, ...variantNames(file)].map((variant) => [variant, runFile(file, { variant })]));
const lane = (variant: string | null): LaneResult => lanes.get(variant)!;
const bytesOf = (variant: string | null): number => {
  const { links, requests } = lane(variant).summary;
  return links.reduce((sum, { bytes }) => sum + bytes, 0) / requests.N;
};
const connectionsOf = (variant: string | null): number[] => lane(variant).summary.links.map(({ connections }) => connections);
const workOf = (variant: string | null): Map<number, number> =>
  new Map(recordsOf(lane(variant), RecordKind.workStarted, 'stock').map(({ request, value, timeMicros }) => [request, value - timeMicros]));

describe('five carriages of one workload', () => {
  it('are HTTP/1.1, HTTP/2, gRPC, a queue and a log', () => {
    expect([...lanes.keys()]).toEqual([null, 'HTTP/2', 'gRPC', 'queue', 'log']);
    for (const { summary, handlerProblems } of lanes.values()) {
      expect(summary.violations).toEqual([]);
      expect(handlerProblems).toEqual([]);
      // TCP repairs what the links lose.
      expect(summary.requests.R).toBe(1);
    }
  });

  it('meet the same arrivals, and the same work request by request', () => {
    const started = rowsOf(lane(null)).map(({ startedMs }) => startedMs);
    const work = workOf(null);
    expect(started.length).toBeGreaterThan(3_000);
    for (const variant of variantNames(file)) {
      expect(rowsOf(lane(variant)).map(({ startedMs }) => startedMs)).toEqual(started);
      const own = workOf(variant);
      const both = [...work].filter(([request]) => own.has(request));
      expect(both.length).toBeGreaterThan(3_000);
      expect(both.map(([request]) => own.get(request))).toEqual(both.map(([, micros]) => micros));
    }
  });

  it('need ever fewer bytes from HTTP/1.1 over HTTP/2 to gRPC; those of a broker go twice', () => {
    expect(bytesOf('gRPC')).toBeLessThan(0.7 * bytesOf('HTTP/2'));
    expect(bytesOf('HTTP/2')).toBeLessThan(0.7 * bytesOf(null));
    expect(bytesOf(null)).toBeLessThan(bytesOf('log'));
    expect(bytesOf('log')).toBeLessThan(bytesOf('queue'));
  });

  it('need six connections, or one for each pair that talks', () => {
    expect(connectionsOf(null)).toEqual([6, 0]);
    expect(connectionsOf('HTTP/2')).toEqual([1, 0]);
    expect(connectionsOf('gRPC')).toEqual([1, 0]);
    expect(connectionsOf('queue')).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
    expect(connectionsOf('log')).toEqual([1, 0, 1, 0]);
  });

  it('wait for a free connection on HTTP/1.1 only', () => {
    const heldBack = (variant: string | null): number => recordsOf(lane(variant), RecordKind.heldBack).length;
    expect(heldBack(null)).toBeGreaterThan(300);
    // Until their connection stands.
    for (const variant of ['HTTP/2', 'gRPC']) expect(heldBack(variant)).toBeLessThan(10);
    const tail = (variant: string | null): number => lane(variant).summary.requests.T.p99Ms!;
    expect(tail(null)).toBeGreaterThan(1.2 * tail('HTTP/2'));
  });

  it('hold the caller until the answer, or only until the broker has it', () => {
    const { requests } = lane('queue').summary;
    expect(requests.heldMeanMs!).toBeLessThan(0.5 * requests.T.meanMs!);
    for (const variant of [null, 'HTTP/2', 'gRPC']) {
      const called = lane(variant).summary.requests;
      expect(called.heldMeanMs).toBeCloseTo(called.T.meanMs!, 6);
    }
  });

  it('the log takes an order first and is done last: its work is counted, though nobody waits for it', () => {
    const { requests, components } = lane('log').summary;
    const queue = lane('queue').summary.requests;
    expect(requests.accepted.meanMs!).toBeLessThan(0.5 * queue.T.meanMs!);
    expect(requests.heldMeanMs!).toBeLessThan(0.5 * queue.T.meanMs!);
    const { orders } = components;
    const handledMs = orders?.kind === 'topic' ? orders.groups['stock']!.meanHandledMs! : 0;
    // The two count those of slightly different instants.
    expect(Math.abs(requests.T.meanMs! / (10 + handledMs) - 1)).toBeLessThan(0.02);
  });
});
