/**
 * A load that grows in a straight line, on so many workers that nobody waits: Mt/G/∞. Those in service lag E[S²]/2E[S] behind the load
 * (Eick, Massey and Whitt, The physics of the Mt/G/∞ queue, Operations Research 41, 1993), whatever the distribution of the work.
 */
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import { runFile } from '../world/run-file';
import { expectWithin } from './agreement';
import { LEVEL } from './shipped';

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);
const [OVER, FROM_SECONDS] = [100, 50];

describe('a ramp on workers without end', { timeout: 60_000 }, () => {
  it.each([
    { from: 1, to: 101, work: '10s', meanSeconds: 10, lag: 5 },
    { from: 101, to: 1, work: '10s', meanSeconds: 10, lag: 5 },
    { from: 1, to: 101, work: { exponential: '5s' }, meanSeconds: 5, lag: 5 },
  ])('from $from/s to $to/s with work $work lags $lag s behind', ({ from, to, work, meanSeconds, lag }) => {
    const file = {
      version: 1,
      duration: `${OVER}s`,
      warmup: `${FROM_SECONDS}s`,
      components: {
        client: { kind: 'client', arrivals: { ramp: { from: `${from}/s`, to: `${to}/s`, over: `${OVER}s` } }, calls: 'server' },
        server: { kind: 'service', work, workers: 10_000 },
      },
      links: [{ from: 'client', to: 'server' }],
    };
    const present = SEEDS.map((seed) => {
      const server = runFile(file, { seed, keepTrace: false }).summary.components['server'];
      return server?.kind === 'service' ? server.meanInSystem : NaN;
    });
    const slope = (to - from) / OVER;
    const predicted = meanSeconds * (from + slope * ((FROM_SECONDS + OVER) / 2 - lag));
    const interval = meanInterval(present, LEVEL);
    expectWithin(predicted, interval, 'mean in service');
    // It tells whether there is a lag.
    expect(interval.halfWidth).toBeLessThan((meanSeconds * Math.abs(slope) * lag) / 2);
  });
});
