/**
 * The scenarios that the site ships agree with queueing theory, from inside: mean number present, mean wait and share refused lie within
 * the interval of 99.9 % over seeds 1 to n. Durations and n come from the variance, so that the interval's half width is 1 % of the mean
 * number present and of the share refused. The wait alone varies more: 1 % of it would take five times as long.
 * M/G/1 is in a file of its own, so that both cores share the work.
 */
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import { findLesson } from '../../src/lesson/catalogue';
import { mdc } from '../../src/theory/mdc';
import { mmc } from '../../src/theory/mmc';
import { merge } from '../model/example-files';
import { expectAgreement, expectWithin, LEVEL, serverOf, shipped, summariesOf } from './agreement';

describe('the shipped scenarios agree with the formulas', { timeout: 300_000 }, () => {
  it('M/M/1', () => expectAgreement(shipped('mm1', '40500s'), 36, { inSystem: 0.01, wait: 0.0125 }));
  it('M/M/1/K', () => expectAgreement(shipped('mm1k', '10500s'), 54, { inSystem: 0.01, wait: 0.01 }));
});

describe('the greeter', () => {
  const greeter = findLesson('greeter')?.scenario;
  const start = findLesson('greeter')?.start ?? {};

  it.each([null, 'queue'])('completes 10 of 12 a second and falls behind by 2 a second, variant %s', (variant) => {
    const after = (seconds: number) => summariesOf(merge(greeter, { duration: `${seconds}s` }), 24, variant);
    const [early, late] = [after(20), after(320)];
    const completed = summariesOf(merge(greeter, { duration: '320s', warmup: '20s' }), 3, variant);
    for (const { requests } of completed) expect(Math.abs(requests.QPerSecond / 10 - 1)).toBeLessThan(0.03);
    const growth = late.map(({ requests }, index) => (requests.inFlight - early[index]!.requests.inFlight) / 300);
    const interval = meanInterval(growth, LEVEL);
    expectWithin(2, interval, 'growth of the backlog per second');
    expect(interval.halfWidth).toBeLessThan(0.2);
  });

  it('holds the caller more than a hundred times as long as the sender', () => {
    const [called] = summariesOf(greeter, 1);
    const [sent] = summariesOf(greeter, 1, 'queue');
    expect(called!.requests.heldMeanMs! / sent!.requests.heldMeanMs!).toBeGreaterThan(100);
  });

  it.each([
    ['M/D/10', 'seconds(1)', mdc(8, 1, 10).meanWaitSeconds],
    ['M/M/10', `exponential('1s')`, mmc(8, 1, 10).meanWaitSeconds],
  ])('waits at 8 a second as %s does', { timeout: 60_000 }, (_model, work, waitSeconds) => {
    const code = start['greeter.ts']?.replace('seconds(1)', work) ?? '';
    expect(code).toContain(work);
    const file = merge(greeter, {
      duration: '2100s',
      warmup: '100s',
      components: { client: { arrivals: { poisson: '8/s' } } },
      files: { 'greeter.ts': code },
    });
    const waits = meanInterval(
      summariesOf(file, 40).map((summary) => serverOf(summary).meanWaitMs ?? NaN),
      LEVEL,
    );
    expectWithin(waitSeconds * 1_000, waits, 'mean wait in ms');
    expect(waits.halfWidth).toBeLessThan(0.1 * waits.mean);
  });
});
