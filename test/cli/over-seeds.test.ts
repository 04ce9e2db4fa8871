/** Over many seeds each number is the mean of the same thing, in whatever order the runs first met it. */
import { expect, it } from 'vitest';
import { overSeeds } from '../../src/cli/over-seeds';
import { table } from '../../src/cli/table';
import type { RunSummary } from '../../src/model/summary';
import { runFile } from '../world/run-file';

const FILE = {
  version: 1,
  title: 'Two whom one asks at random',
  duration: '20s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '2/s' }, handler: 'client.ts', policies: ['room'] },
    fast: { kind: 'service', work: { exponential: '20ms' } },
    slow: { kind: 'service', work: { exponential: '200ms' } },
  },
  links: [
    { from: 'client', to: 'fast' },
    { from: 'client', to: 'slow' },
  ],
  policies: { room: { kind: 'bulkhead', limit: 1 } },
  files: {
    'client.ts': `export async function onTick(ctx: Ctx) {
      const to = ctx.random() < 0.5 ? 'fast' : 'slow'
      ctx.metric('to ' + to, 1, { kind: 'counter' })
      await ctx.call(to)
    }`,
  },
};
const summaries = [1, 2, 3, 4, 5, 6].map((seed) => runFile(FILE, { seed, keepTrace: false }).summary);
const mean = overSeeds(summaries).mean as RunSummary;

const refused = (to: string) => (summary: RunSummary) => summary.policies.find((policy) => policy.to === to)!.acts.refused;
const total = (name: string) => (summary: RunSummary) => {
  const metric = summary.metrics.find((one) => one.metric === name);
  return metric?.kind === 'counter' ? metric.total : 0;
};
const meanOf = (pick: (summary: RunSummary) => number) => summaries.reduce((sum, summary) => sum + pick(summary), 0) / summaries.length;

it('averages each policy and each metric by itself', () => {
  expect(new Set(summaries.map(({ policies }) => policies[0]!.to))).toEqual(new Set(['fast', 'slow']));
  for (const to of ['fast', 'slow']) {
    expect(refused(to)(mean)).toBeCloseTo(meanOf(refused(to)), 9);
    expect(total(`to ${to}`)(mean)).toBeCloseTo(meanOf(total(`to ${to}`)), 9);
  }
});

it('writes each metric with its own mean', () => {
  const text = table(summaries);
  for (const to of ['fast', 'slow']) {
    const written = new RegExp(`client: to ${to} +total ([\\d.]+) ±`).exec(text)![1];
    expect(Number(written)).toBeCloseTo(meanOf(total(`to ${to}`)), 2);
  }
});

it('leaves out of the means of a metric the runs that never measured it', () => {
  const [first, ...others] = summaries;
  const without = overSeeds([{ ...first!, metrics: [] }, ...others]).mean as RunSummary;
  expect(total('to slow')(without)).toBeCloseTo((meanOf(total('to slow')) * 6 - total('to slow')(first!)) / 5, 9);
});
