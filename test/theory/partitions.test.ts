/**
 * A log in partitions agrees with theory. Keys split a Poisson stream at random, so each of p partitions gets a Poisson stream of λ/p
 * (S. M. Ross, Introduction to Probability Models, ch. 5); read one record at a time by a service with a worker for each, a partition is
 * M/M/1. Fixed seeds; what is expected lies within the interval of 99.9 %.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import type { TopicSummary } from '../../src/model/summary';
import { mm1 } from '../../src/theory/mm1';
import { expectWithin } from './agreement';
import { LEVEL } from './shipped';
import { Simulations } from './simulations';

let simulations: Simulations;

beforeAll(async () => {
  simulations = await Simulations.start();
});
afterAll(() => simulations.close());

const log = (partitions: number, perSecond: number) => ({
  version: 1,
  duration: '2100s',
  warmup: '100s',
  components: {
    client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
    log: { kind: 'topic', partitions, retention: { records: 1000 }, groups: { g: { members: ['reader'], from: 'earliest', maxPoll: 1 } } },
    reader: { kind: 'service', workers: partitions, work: { exponential: '100ms' } },
  },
  links: [
    { from: 'client', to: 'log' },
    { from: 'log', to: 'reader' },
  ],
  files: {
    // A key of its own for each record: the hash splits them at random.
    'client.ts': `export function onTick(ctx: Ctx) { ctx.state.n = (ctx.state.n ?? 0) + 1; ctx.publish('log', 0, { key: 'key-' + ctx.random() }) }`,
  },
});

describe('the log', { timeout: 120_000 }, () => {
  it.each([
    [1, 5],
    [1, 8],
    [4, 20],
    [4, 32],
  ])('with %i partitions at %i a second waits as M/M/1 does at the share of each', async (partitions, perSecond) => {
    const summaries = await simulations.over(24, log(partitions, perSecond));
    const waits = meanInterval(
      summaries.map(({ components }) => (components['log'] as TopicSummary).groups['g']!.meanWaitMs ?? NaN),
      LEVEL,
    );
    expectWithin(mm1(perSecond / partitions, 10).meanWaitSeconds * 1_000, waits, 'mean wait in ms');
    expect(waits.halfWidth).toBeLessThan(0.1 * waits.mean);
  });

  it('gives each partition its share', async () => {
    const [summary] = await simulations.over(1, log(4, 32));
    const { partitions } = summary!.components['log'] as TopicSummary;
    const share = partitions.reduce((sum, { appended }) => sum + appended, 0) / 4;
    // χ² with 3 degrees of freedom is below 16.3 in 99.9 % of samples.
    expect(partitions.reduce((sum, { appended }) => sum + (appended - share) ** 2 / share, 0)).toBeLessThan(16.3);
  });
});
