/**
 * M/G/1 whose first customer after a long idle time waits for a start: exceptional first service (P. D. Welch, On a generalized M/G/1
 * queuing process in which the first customer of each busy period receives exceptional service, Operations Research 12, 1964).
 */
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import { runFile } from '../world/run-file';
import { expectWithin } from './agreement';
import { LEVEL } from './shipped';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const WORK_SECONDS = 0.1;

/** Mean wait of M/M/1 with a start of `start` s where the idle time before was longer than `idle` s, which it is with probability e^−λ·idle. */
function meanWaitSeconds(perSecond: number, start: number, idle: number): number {
  const asleep = Math.exp(-perSecond * idle);
  const [first, second] = [asleep * start, asleep * start * start];
  const busy = (perSecond * 2 * WORK_SECONDS ** 2) / (2 * (1 - perSecond * WORK_SECONDS));
  return busy + (2 * first + perSecond * second) / (2 * (1 + perSecond * first));
}

describe('cold starts', { timeout: 60_000 }, () => {
  it.each([
    { perSecond: 2, start: 0.5, idle: 0.001 },
    { perSecond: 2, start: 0.5, idle: 0.5 },
    { perSecond: 6, start: 1, idle: 0.1 },
    { perSecond: 1, start: 2, idle: 1 },
  ])('at $perSecond/s, $start s to start and $idle s until it sleeps, cost as much as Welch says', ({ perSecond, start, idle }) => {
    const file = {
      version: 1,
      duration: '4000s',
      warmup: '100s',
      components: {
        client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, calls: 'server' },
        server: { kind: 'service', work: { exponential: `${WORK_SECONDS}s` }, startTime: `${start}s`, idleTimeout: `${idle}s` },
      },
      links: [{ from: 'client', to: 'server' }],
    };
    const waits = SEEDS.map((seed) => runFile(file, { seed, keepTrace: false }).summary.requests.T.TdMs! / 1_000);
    const predicted = meanWaitSeconds(perSecond, start, idle);
    const interval = meanInterval(waits, LEVEL);
    expectWithin(predicted, interval, 'mean wait in s');
    // The wait without cold starts is another one.
    expect(interval.halfWidth).toBeLessThan((predicted - meanWaitSeconds(perSecond, 0, 0)) / 2);
  });
});
