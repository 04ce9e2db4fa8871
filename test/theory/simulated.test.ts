import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import type { RunSummary, ServiceSummary } from '../../src/model/summary';
import { evaluate } from '../../src/sandbox/evaluate';
import { theoryFor, type Predictions } from '../../src/theory/assess-scenario';
import { prepareRun, startRun } from '../../src/world/run';
import { MM1, merge } from '../model/example-files';

/** Each model has seeds of its own: with the same ones all would see the same arrivals, and one unlucky draw would speak for all. */
const SEEDS_EACH = 20;

function simulate(file: unknown, seed: number): RunSummary {
  const prepared = prepareRun(file, { variant: null, seed, evaluate });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const run = startRun(prepared.value, { evaluate, keepTrace: false });
  while (run.advance(100_000));
  return run.finish().summary;
}

function predict(file: unknown): Predictions {
  const prepared = prepareRun(file, { variant: null, evaluate });
  const predictions = prepared.ok ? theoryFor(prepared.value.scenario)[0]?.predictions : undefined;
  if (!predictions) throw new Error('no prediction');
  return predictions;
}

const MEASURES: readonly (readonly [
  string,
  (summary: RunSummary, server: ServiceSummary) => number | null,
  (predictions: Predictions) => number | undefined,
])[] = [
  ['utilization', (_, server) => server.utilization, (theory) => theory.utilization],
  ['mean number waiting', (_, server) => server.meanWaiting, (theory) => theory.meanWaiting],
  ['mean wait', (_, server) => server.meanWaitMs, (theory) => theory.meanWaitMs],
  ['mean T', ({ requests }) => requests.T.meanMs, (theory) => theory.meanTMs],
  ['Q', ({ requests }) => requests.QPerSecond, (theory) => theory.throughputPerSecond],
  ['share refused', (_, server) => server.refused / server.arrivals, (theory) => theory.blocking],
];

/** `work` is replaced, not merged. */
function withServer(part: Readonly<Record<string, unknown>>, rest: unknown = {}): unknown {
  const base = merge(merge(MM1, { duration: '700s', warmup: '100s', components: { server: { work: null } } }), rest);
  return merge(base, { components: { server: { work: { exponential: '100ms' }, ...part } } });
}

describe('the simulator agrees with the formulas, in the interval of 99.9 % over 20 seeds', { timeout: 60_000 }, () => {
  it.each([
    [1000, 'M/M/1', withServer({ work: { exponential: '75ms' } })],
    [2000, 'M/M/3', withServer({ workers: 3, work: { exponential: '250ms' } })],
    [3000, 'M/M/2/5', withServer({ workers: 2, waitingLimit: 3, work: { exponential: '300ms' } })],
    [4000, 'M/M/4/4', withServer({ workers: 4, waitingLimit: 0, work: { exponential: '400ms' } })],
    [5000, 'M/D/1', withServer({ work: '80ms' })],
    [6000, 'M/D/2', withServer({ workers: 2, work: '180ms' })],
    [7000, 'M/G/1, varying much', withServer({ work: { hyperexponential: { mean: '60ms', cv: 2 } } })],
    [8000, 'M/G/1, varying little', withServer({ work: { erlang: { mean: '90ms', k: 4 } } })],
    [
      9000,
      'M/M/1 behind links that delay and lose',
      withServer({}, { links: [{ from: 'client', to: 'server', delay: { uniform: ['5ms', '45ms'] }, loss: 0.1 }] }),
    ],
  ])('from seed %i: %s', (firstSeed, _name, file) => {
    const summaries = Array.from({ length: SEEDS_EACH }, (_, index) => simulate(file, firstSeed + index));
    const theory = predict(file);
    const losesReplies = summaries[0]!.links[1]!.lost > 0;
    for (const [name, measured, predicted] of MEASURES) {
      // What the service completes and what comes back differ when replies are lost.
      if (name === 'Q' && losesReplies) continue;
      const values = summaries.map((summary) => measured(summary, summary.components['server'] as ServiceSummary) ?? NaN);
      const { mean, halfWidth } = meanInterval(values, 0.999);
      expect(Math.abs(mean - predicted(theory)!), `${name}: ${mean} ± ${halfWidth}, predicted ${predicted(theory)}`).toBeLessThanOrEqual(
        halfWidth + 1e-9,
      );
      expect(halfWidth, name).toBeLessThan(0.2 * Math.abs(mean) + 1e-3);
    }
    expect(summaries.flatMap((summary) => summary.violations)).toEqual([]);
  });
});
