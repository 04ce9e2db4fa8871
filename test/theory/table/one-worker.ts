/** Stations with Poisson arrivals and one worker. */
import { md1, mg1 } from '../../../src/theory/mg1';
import { mm1, mm1k, mm1kSojournPercentile, mm1SojournPercentile, mm1WaitPercentile } from '../../../src/theory/mm1';
import type { StationTheory } from '../../../src/theory/station';
import { meanInSystem, meanSojournMs, meanWaiting, meanWaitMs, refusedShare, throughput, utilization } from './measures';
import { mean, type Comparison, type Load, type Row } from './row';
import { micros, station } from './scenarios';
import { meanBusyPeriod, meanSquareWait, shareSlowerThan, shareWaitingOver, timeShareWith } from './trace-measures';

/** Work takes 100 ms in the mean, so that ρ is a tenth of the arrivals per second. */
const SERVICE_SECONDS = 0.1;
const RATE = 1 / SERVICE_SECONDS;

/** Numbers are forgotten after some relaxation times, which grow as 1/(1−ρ)². */
function long(load: number, file: Load['file'], comparisons: readonly Comparison[]): Load {
  const warmupSeconds = Math.ceil(10 / (1 - load) ** 2);
  return { at: `ρ = ${load}`, file, seconds: Math.ceil(300 / (1 - load)), warmupSeconds, comparisons };
}

function common(theory: StationTheory): Comparison[] {
  return [
    mean('ρ', utilization(), theory.utilization),
    mean('L', meanInSystem(), theory.meanInSystem),
    mean('mean wait in ms', meanWaitMs(), theory.meanWaitSeconds * 1_000),
  ];
}

const LOADS = [0.3, 0.6, 0.8];

function pollaczekKhinchine(name: string, work: unknown, cvSquared: number, loads = LOADS): Row {
  return {
    name,
    source: 'F. Pollaczek 1930, A. Khinchine 1932; L. Kleinrock, Queueing Systems I (1975), 5.6',
    loads: loads.map((load) =>
      long(
        load,
        station(load * RATE, { work }),
        common(cvSquared === 0 ? md1(load * RATE, SERVICE_SECONDS) : mg1(load * RATE, SERVICE_SECONDS, cvSquared)),
      ),
    ),
  };
}

export const ONE_WORKER: readonly Row[] = [
  {
    name: 'M/M/1',
    source: 'Kleinrock, Queueing Systems I, 3.2',
    loads: [...LOADS, 0.9].map((load) =>
      long(load, station(load * RATE, { work: { exponential: '100ms' } }), [
        ...common(mm1(load * RATE, RATE)),
        mean('Lq', meanWaiting(), mm1(load * RATE, RATE).meanWaiting),
        mean('mean sojourn in ms', meanSojournMs(), mm1(load * RATE, RATE).meanSojournSeconds * 1_000),
      ]),
    ),
  },
  {
    name: 'M/M/1, tails of sojourn and wait',
    source: 'Kleinrock, Queueing Systems I, 5.7: both are exponential, the wait with an atom at 0',
    loads: LOADS.map((load) =>
      long(load, station(load * RATE, { work: { exponential: '100ms' } }), [
        ...[0.5, 0.95, 0.99].map((p) =>
          mean(`P(T > t) at its ${100 * p} %`, shareSlowerThan(mm1SojournPercentile(load * RATE, RATE, p) * 1_000), 1 - p),
        ),
        mean('P(wait > 0)', shareWaitingOver(0), load),
        mean('P(wait > t) at its 95 %', shareWaitingOver(mm1WaitPercentile(load * RATE, RATE, 0.95) * 1_000), 0.05),
      ]),
    ),
  },
  {
    name: 'M/M/1, number present is geometric',
    source: 'Kleinrock, Queueing Systems I, 3.2: P(N ≥ n) = ρⁿ',
    loads: LOADS.map((load) =>
      long(
        load,
        station(load * RATE, { work: { exponential: '100ms' } }),
        [1, 2, 4].map((n) => mean(`P(N ≥ ${n})`, timeShareWith(n), load ** n)),
      ),
    ),
  },
  {
    name: 'M/M/1/K',
    source: 'Kleinrock, Queueing Systems I, 3.6',
    loads: (
      [
        [0.5, 3],
        [0.9, 10],
        [1, 5],
        [1.2, 10],
        [2, 4],
      ] as const
    ).map(([load, places]) => {
      const theory = mm1k(load * RATE, RATE, places);
      return {
        at: `ρ = ${load}, K = ${places}`,
        file: station(load * RATE, { work: { exponential: '100ms' }, waitingLimit: places - 1 }),
        seconds: 400,
        warmupSeconds: 50,
        comparisons: [
          ...common(theory),
          mean('share refused', refusedShare(), theory.blocking),
          mean('P(T > t) at its 95 %', shareSlowerThan(mm1kSojournPercentile(load * RATE, RATE, places, 0.95) * 1_000), 0.05),
        ],
      };
    }),
  },
  pollaczekKhinchine('M/D/1', '100ms', 0, [...LOADS, 0.9]),
  pollaczekKhinchine('M/E₃/1', { erlang: { mean: '100ms', k: 3 } }, 1 / 3),
  pollaczekKhinchine('M/H₂/1, cv 2', { hyperexponential: { mean: '100ms', cv: 2 } }, 4),
  pollaczekKhinchine('M/G/1, uniform', { uniform: ['50ms', '150ms'] }, 1 / 12),
  pollaczekKhinchine('M/G/1, lognormal', { lognormal: { mean: '100ms', sd: '80ms' } }, 0.64),
  {
    name: 'M/G/1, Pareto α 5',
    source: 'Pollaczek and Khinchine; with a smaller α the wait has no variance and so no interval',
    loads: LOADS.map((load) => {
      const served = (5 / 4) * 0.08;
      return long(
        load,
        station(load / served, { work: { pareto: { min: micros(0.08), alpha: 5 } } }),
        common(mg1(load / served, served, 1 / 15)),
      );
    }),
  },
  {
    name: 'M/G/1, Pareto α 2.5: who waits',
    source: 'PASTA and the utilisation law: P(wait > 0) = ρ for every service; the mean of a busy period is s/(1−ρ), Kleinrock I, 5.8',
    loads: [0.3, 0.6].map((load) => {
      const served = (2.5 / 1.5) * 0.06;
      return long(load, station(load / served, { work: { pareto: { min: micros(0.06), alpha: 2.5 } } }), [
        mean('ρ', utilization(), load),
        mean('P(wait > 0)', shareWaitingOver(0), load),
        mean('Q', throughput, load / served),
        mean('mean busy period in s', meanBusyPeriod(), served / (1 - load)),
      ]);
    }),
  },
  {
    name: 'M/M/1, last come first served',
    source: 'H. Takagi, Queueing Analysis 1 (1991), 1.3: the same mean wait, its square 1/(1−ρ) times as large',
    loads: LOADS.map((load) =>
      long(load, station(load * RATE, { work: { exponential: '100ms' }, discipline: 'lifo' }), [
        ...common(mm1(load * RATE, RATE)),
        mean('E[wait²] in s²', meanSquareWait(), (2 * load) / (RATE - load * RATE) ** 2 / (1 - load)),
      ]),
    ),
  },
];
