/**
 * The scenarios that the site ships agree with queueing theory, from inside: mean number present, mean wait and share refused lie within
 * the interval of 99.9 % over seeds 1 to n. Durations and n come from the variance, so that the interval's half width is 1 % of the mean
 * number present and of the share refused. The wait alone varies more: `npm run goal:theory` has it within 1 %, with more customers.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { meanInterval } from '../../src/metrics/interval';
import { mdc } from '../../src/theory/mdc';
import { mmc } from '../../src/theory/mmc';
import { merge } from '../model/example-files';
import { expectAgreement, expectWithin } from './agreement';
import { LEVEL, serverOf, shipped } from './shipped';
import { Simulations } from './simulations';

let simulations: Simulations;

beforeAll(async () => {
  simulations = await Simulations.start();
});
afterAll(() => simulations.close());

describe('the shipped scenarios agree with the formulas', { timeout: 300_000 }, () => {
  it.each([
    ['mm1', 36, '40500s', { inSystem: 0.01, wait: 0.0125 }],
    ['mg1', 32, '50500s', { inSystem: 0.01, wait: 0.0125 }],
    ['md1', 40, '20500s', { inSystem: 0.01, wait: 0.0125 }],
    ['mm10', 20, '2050s', { inSystem: 0.01, wait: 0.05 }],
    ['mm1k', 40, '10500s', { inSystem: 0.01, wait: 0.01 }],
  ])('%s, over %i seeds of %s', (name, seeds, duration, widths) => expectAgreement(simulations, seeds, shipped(name, duration), widths));
});

describe('the greeter', { timeout: 60_000 }, () => {
  const greeter = findLesson('greeter')?.scenario;
  const start = findLesson('greeter')?.start ?? {};

  it.each([null, 'queue'])('completes 10 of 12 a second and falls behind by 2 a second, variant %s', async (variant) => {
    const after = (seconds: number) => simulations.over(24, merge(greeter, { duration: `${seconds}s` }), variant);
    const [early, late] = [await after(20), await after(320)];
    const completed = await simulations.over(3, merge(greeter, { duration: '320s', warmup: '20s' }), variant);
    for (const { requests } of completed) expect(Math.abs(requests.QPerSecond / 10 - 1)).toBeLessThan(0.03);
    const growth = late.map(({ requests }, index) => (requests.inFlight - early[index]!.requests.inFlight) / 300);
    const interval = meanInterval(growth, LEVEL);
    expectWithin(2, interval, 'growth of the backlog per second');
    expect(interval.halfWidth).toBeLessThan(0.2);
  });

  it('holds the caller more than a hundred times as long as the sender', async () => {
    const [called] = await simulations.over(1, greeter);
    const [sent] = await simulations.over(1, greeter, 'queue');
    expect(called!.requests.heldMeanMs! / sent!.requests.heldMeanMs!).toBeGreaterThan(100);
  });

  it.each([
    ['M/D/10', 'seconds(1)', mdc(8, 1, 10).meanWaitSeconds],
    ['M/M/10', `exponential('1s')`, mmc(8, 1, 10).meanWaitSeconds],
  ])('waits at 8 a second as %s does', async (_model, work, waitSeconds) => {
    const code = start['greeter.ts']?.replace('seconds(1)', work) ?? '';
    expect(code).toContain(work);
    const file = merge(greeter, {
      duration: '4100s',
      warmup: '100s',
      components: { client: { arrivals: { poisson: '8/s' } } },
      files: { 'greeter.ts': code },
    });
    const summaries = await simulations.over(40, file);
    const waits = meanInterval(
      summaries.map((summary) => serverOf(summary).meanWaitMs ?? NaN),
      LEVEL,
    );
    expectWithin(waitSeconds * 1_000, waits, 'mean wait in ms');
    expect(waits.halfWidth).toBeLessThan(0.1 * waits.mean);
  });
});
