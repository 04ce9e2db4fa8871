import { describe, expect, test } from 'vitest';
import { decidedPairs, pairAt, pairRequestsInSteps } from '../../src/metrics/compare-pairs';
import { atOnce } from '../../src/metrics/steps';
import { requestsUpTo } from '../../src/metrics/compare-numbers';
import { windowNumbers } from '../../src/metrics/window';
import { SHIPPED } from '../golden/shipped-scenarios';
import { runFile } from '../world/run-file';

const fileOf = (wanted: string): unknown => SHIPPED.find(({ name }) => name === wanted)!.file;

describe('pairs of the same request in two lanes', () => {
  test('open arrivals: every request has its counterpart, with the same start, whatever becomes of it', () => {
    const file = fileOf('retry-storm');
    const [a, b] = [runFile(file), runFile(file, { variant: 'no retry' })];
    const pairs = atOnce(pairRequestsInSteps(a, b));
    expect(pairs.count).toBe(pairs.a.count);
    expect(pairs.same).toBe(pairs.count);
    expect([pairs.aloneA, pairs.aloneB]).toEqual([0, 0]);
    for (let pair = 0; pair < pairs.count; pair++) {
      const { a: sideA, b: sideB, turn, sameTraffic } = pairAt(pairs, a, pair);
      expect([sideA.request, sideA.startedMicros, sameTraffic]).toEqual([sideB.request, sideB.startedMicros, true]);
      expect(turn).toBe(pair + 1);
    }
  });

  test('users who wait for their answers make other traffic when answers come later, and that is said', () => {
    const file = fileOf('closed-network');
    const [a, b] = [runFile(file, { variant: '10 users' }), runFile(file, { variant: '30 users' })];
    const pairs = atOnce(pairRequestsInSteps(a, b));
    expect(pairs.same).toBeLessThan(pairs.count);
    expect(pairs.count + pairs.aloneB).toBe(pairs.b.count);
  });

  test('the difference of T is the sum of the differences of its four parts, in shipped scenarios with variants', () => {
    for (const { file, variants } of SHIPPED.filter(({ name }) =>
      ['lesson greeter', 'closed-network', 'dead-letters', 'replicas'].includes(name),
    )) {
      const [a, b] = variants.slice(0, 2).map((variant) => runFile(file, { variant }));
      const pairs = atOnce(pairRequestsInSteps(a!, b!));
      for (let pair = 0; pair < pairs.count; pair++) {
        const { a: one, b: other, differenceMicros } = pairAt(pairs, a!, pair);
        expect(one.tr + one.td + one.ts + one.tp).toBe(one.TMicros);
        expect(other.tr + other.td + other.ts + other.tp - one.TMicros).toBe(differenceMicros);
      }
    }
  });

  test('only what is decided in both at the instant, and began after the warm-up, can be compared', () => {
    const file = fileOf('mm1k');
    const [a, b] = [runFile(file), runFile(file)];
    const pairs = atOnce(pairRequestsInSteps(a, b));
    const [warmup, until] = [a.warmupMicros, a.warmupMicros + 20e6];
    const decided = decidedPairs(pairs, warmup, until);
    expect(decided.length).toBeGreaterThan(10);
    for (const pair of decided) {
      const { a: side } = pairAt(pairs, a, pair);
      expect(side.startedMicros).toBeGreaterThanOrEqual(warmup);
      expect(side.startedMicros + side.TMicros).toBeLessThanOrEqual(until);
    }
  });
});

describe('the numbers of a lane up to an instant', () => {
  test('at the end they are those of the summary', () => {
    for (const name of ['mm1k', 'retry-storm', 'competing-consumers']) {
      const lane = runFile(fileOf(name));
      expect(requestsUpTo(lane, lane.endMicros)).toEqual(lane.summary.requests);
    }
  });

  test('before it they know nothing of what is still to come', () => {
    const lane = runFile(fileOf('crash-and-restart'));
    for (const until of [3e6, 11_234_567, 30e6]) {
      const { N, Ns, failed, inFlight, QPerSecond } = requestsUpTo(lane, until);
      const window = windowNumbers(lane, 0, until);
      expect([N, Ns, Ns + failed, inFlight]).toEqual([window.N, window.Ns, window.decided, window.inFlight]);
      expect(QPerSecond).toBeCloseTo(window.QPerSecond, 9);
    }
  });
});
