/** Stations with Poisson arrivals and several workers, or as many as come. */
import { mdc } from '../../../src/theory/mdc';
import { erlangB, erlangC, mmc, mmck, mmcSojournPercentile, mmcWaitTail } from '../../../src/theory/mmc';
import { meanInSystem, meanSojournMs, meanWaiting, meanWaitMs, refusedShare, throughput, utilization } from './measures';
import { mean, type Load, type Row } from './row';
import { AMPLE, station } from './scenarios';
import { shareSlowerThan, shareWaitingOver, timeShareWith } from './trace-measures';

const SERVICE_SECONDS = 0.1;
const RATE = 1 / SERVICE_SECONDS;
const ERLANG = 'A. K. Erlang 1917; V. B. Iversen, Teletraffic Engineering Handbook (2010), ch. 4';

/** Workers and erlangs. */
const POOLS = [
  [2, 1.2],
  [5, 4],
  [10, 8],
] as const;

/** Customers enough for all loads alike. */
function pool(
  workers: number,
  erlangs: number,
  work: unknown,
  rest: Omit<Load, 'at' | 'file' | 'seconds' | 'warmupSeconds'>,
  waitingLimit?: number,
): Load {
  const load = erlangs / workers;
  const spread = 1 / Math.max(0.2, 1 - load);
  return {
    at: `c = ${workers}, a = ${erlangs}${waitingLimit ? `, K = ${workers + waitingLimit}` : ''}`,
    file: station(erlangs * RATE, { workers, work, ...(waitingLimit !== undefined && { waitingLimit }) }),
    seconds: Math.ceil((200 * spread) / erlangs),
    warmupSeconds: Math.ceil(2 * spread * spread),
    ...rest,
  };
}

/** A loss system: only the mean of the work matters. */
function losses(name: string, work: unknown): Row {
  return {
    name,
    source: `${ERLANG}; insensitivity: B. A. Sevastyanov 1957`,
    loads: (
      [
        [1, 0.5],
        [5, 4],
        [10, 10],
        [20, 12],
      ] as const
    ).map(([workers, erlangs]) => {
      const blocking = erlangB(workers, erlangs);
      return pool(
        workers,
        erlangs,
        work,
        {
          comparisons: [
            mean('share refused', refusedShare(), blocking),
            mean('ρ', utilization(), (erlangs * (1 - blocking)) / workers),
            mean('P(all busy)', timeShareWith(workers), blocking),
          ],
        },
        0,
      );
    }),
  };
}

function infinite(name: string, work: unknown): Row {
  return {
    name,
    source: 'Kleinrock, Queueing Systems I, 3.4 and 5.9 problem; L. Takács 1962: the number present is Poisson whatever the work',
    loads: [0.5, 3, 12].map((erlangs) => ({
      at: `a = ${erlangs}`,
      file: station(erlangs * RATE, { workers: AMPLE, work }),
      seconds: Math.ceil(400 / erlangs),
      warmupSeconds: 10,
      comparisons: [
        mean('L', meanInSystem(), erlangs),
        mean('P(N > a/2)', timeShareWith(Math.floor(erlangs / 2) + 1), poissonTail(Math.floor(erlangs / 2) + 1, erlangs)),
        mean('P(N > a)', timeShareWith(Math.floor(erlangs) + 1), poissonTail(Math.floor(erlangs) + 1, erlangs)),
        mean('mean sojourn in ms', meanSojournMs(), SERVICE_SECONDS * 1_000),
      ],
    })),
  };
}

/** P(X ≥ n) for X Poisson. */
function poissonTail(n: number, expected: number): number {
  let [term, below] = [Math.exp(-expected), 0];
  for (let k = 0; k < n; k++) {
    below += term;
    term *= expected / (k + 1);
  }
  return 1 - below;
}

export const MANY_WORKERS: readonly Row[] = [
  {
    name: 'M/M/c',
    source: 'Gross et al., Fundamentals of Queueing Theory, 4th ed. (2008), 2.3',
    loads: POOLS.map(([workers, erlangs]) => {
      const theory = mmc(erlangs * RATE, RATE, workers);
      return pool(
        workers,
        erlangs,
        { exponential: '100ms' },
        {
          comparisons: [
            mean('ρ', utilization(), theory.utilization),
            mean('Lq', meanWaiting(), theory.meanWaiting),
            mean('mean wait in ms', meanWaitMs(), theory.meanWaitSeconds * 1_000),
          ],
        },
      );
    }),
  },
  {
    name: 'Erlang C: who waits and how long',
    source: `${ERLANG}; Gross et al., 2.3`,
    loads: POOLS.map(([workers, erlangs]) => {
      const perSecond = erlangs * RATE;
      return pool(
        workers,
        erlangs,
        { exponential: '100ms' },
        {
          comparisons: [
            mean('P(wait > 0)', shareWaitingOver(0), erlangC(workers, erlangs)),
            mean('P(wait > 50 ms)', shareWaitingOver(50), mmcWaitTail(perSecond, RATE, workers, 0.05)),
            mean('P(T > t) at its 95 %', shareSlowerThan(mmcSojournPercentile(perSecond, RATE, workers, 0.95) * 1_000), 0.05),
          ],
        },
      );
    }),
  },
  {
    name: 'M/M/c/K',
    source: 'Gross et al., Fundamentals of Queueing Theory, 2.4',
    loads: (
      [
        [2, 1.2, 2],
        [3, 3, 4],
        [4, 6, 5],
      ] as const
    ).map(([workers, erlangs, line]) => {
      const theory = mmck(erlangs * RATE, RATE, workers, workers + line);
      return pool(
        workers,
        erlangs,
        { exponential: '100ms' },
        {
          comparisons: [
            mean('share refused', refusedShare(), theory.blocking),
            mean('Lq', meanWaiting(), theory.meanWaiting),
            mean('Q', throughput, theory.utilization * workers * RATE),
          ],
        },
        line,
      );
    }),
  },
  {
    name: 'M/D/c',
    source: 'C. D. Crommelin 1932',
    loads: (
      [
        [2, 1.2],
        [3, 2.4],
        [10, 9],
      ] as const
    ).map(([workers, erlangs]) => {
      const theory = mdc(erlangs * RATE, SERVICE_SECONDS, workers);
      return pool(workers, erlangs, '100ms', {
        comparisons: [
          mean('L', meanInSystem(), theory.meanInSystem),
          mean('mean wait in ms', meanWaitMs(), theory.meanWaitSeconds * 1_000),
        ],
      });
    }),
  },
  losses('M/M/c/c, Erlang B', { exponential: '100ms' }),
  losses('M/D/c/c, Erlang B', '100ms'),
  losses('M/H₂/c/c, Erlang B', { hyperexponential: { mean: '100ms', cv: 2 } }),
  losses('M/G/c/c, lognormal, Erlang B', { lognormal: { mean: '100ms', sd: '120ms' } }),
  infinite('M/M/∞', { exponential: '100ms' }),
  infinite('M/D/∞', '100ms'),
  infinite('M/G/∞, lognormal', { lognormal: { mean: '100ms', sd: '120ms' } }),
];
