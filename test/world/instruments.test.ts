/** `ctx.metric`, and the numbers that the run makes of it. */
import { describe, expect, it } from 'vitest';
import type { MetricSummary } from '../../src/model/summary';
import { merge } from '../model/example-files';
import { runFile } from './run-file';
import { coded } from './scenarios';

const measured = (code: string, more: unknown = {}): readonly MetricSummary[] => runFile(merge(coded(code), more)).summary.metrics;

describe('ctx.metric', () => {
  it('adds a counter up', () => {
    const [orders] = measured(`ctx.metric('orders', 2, { kind: 'counter' }); ctx.metric('orders', 3)`);
    expect(orders).toEqual({ metric: 'orders', of: 'client', kind: 'counter', total: 5, perSecond: 0.5 });
  });

  it('weighs a gauge by the time that it held', () => {
    // 10 from 1 s on, 4 from 4 s on, to the end at 10 s.
    const [stock] = measured(`ctx.metric('stock', 10); await ctx.sleep('3s'); ctx.metric('stock', 4)`);
    expect(stock).toEqual({ metric: 'stock', of: 'client', kind: 'gauge', mean: (3 * 10 + 6 * 4) / 9, min: 4, max: 10, last: 4 });
  });

  it('gives the percentiles of a histogram by the nearest rank', () => {
    const [size] = measured(`for (let n = 1; n <= 100; n++) ctx.metric('size', n / 10, { kind: 'histogram' })`);
    expect(size).toEqual({ metric: 'size', of: 'client', kind: 'histogram', count: 100, mean: 5.05, p50: 5, p95: 9.5, p99: 9.9, max: 10 });
  });

  it('counts from the end of the warm-up on, when a gauge holds what it held', () => {
    const code = `ctx.metric('n', 7, { kind: 'counter' }); ctx.metric('stock', 3); await ctx.sleep('5s'); ctx.metric('n', 1); ctx.metric('stock', 5)`;
    const [count, stock] = measured(code, { warmup: '2s' });
    expect(count).toMatchObject({ total: 1, perSecond: 1 / 8 });
    expect(stock).toMatchObject({ mean: (4 * 3 + 4 * 5) / 8, min: 3, max: 5, last: 5 });
  });

  it('tells the metrics of components apart', () => {
    const file = coded(`ctx.metric('n', 1); await ctx.call('server')`, `ctx.metric('n', 2)`);
    expect(runFile(file).summary.metrics.map(({ of, metric }) => `${of} ${metric}`)).toEqual(['client n', 'server n']);
  });

  it.each([
    [`ctx.metric('n', -1, { kind: 'counter' })`],
    [`ctx.metric('n', NaN)`],
    [`ctx.metric('n', 2e9)`],
    [`ctx.metric('', 1)`],
    [`ctx.metric('n', 1, { kind: 'meter' })`],
    [`ctx.metric('n', 1, { kind: 'counter' }); ctx.metric('n', 1, { kind: 'gauge' })`],
    [`for (let n = 0; n <= 100; n++) ctx.metric('n' + n, 1)`],
  ])('refuses %s', (code) => {
    expect(runFile(coded(code)).handlerProblems).toHaveLength(1);
  });
});
