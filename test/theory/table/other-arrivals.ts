/** One station whose arrivals are not single and Poisson: steady, in batches, or from a few users. */
import { engset, meanValueAnalysis, repairmen } from './finite-sources';
import { meanInSystem, meanSojournMs, meanTMs, meanWaitMs, refusedShare, throughput, utilization } from './measures';
import { exactly, mean, type Row } from './row';
import { micros, station, type File } from './scenarios';
import { shareWaitingOver, timeShareWith } from './trace-measures';

const RATE = 10;

/** The root σ < 1 of σ = e^−(1−σ)/ρ by iteration: the share of arrivals that wait in D/M/1. */
function steadyRoot(load: number): number {
  let root = load;
  for (let step = 0; step < 2_000; step++) root = Math.exp(-(1 - root) / load);
  return root;
}

/** A closed client of one service; `thinkTime` as the file writes it. */
function closed(users: number, thinkTime: unknown, server: File): File {
  return {
    components: {
      client: { kind: 'client', users, thinkTime, calls: 'server' },
      server: { kind: 'service', work: { exponential: '100ms' }, ...server },
    },
    links: [{ from: 'client', to: 'server' }],
  };
}

/** Calls that start together, Poisson in time: `size` is an expression of the handler. */
function batches(perSecond: number, size: string): File {
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      server: { kind: 'service', work: { exponential: '100ms' }, waitingLimit: 1_000_000 },
    },
    links: [{ from: 'client', to: 'server' }],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) {
  const calls = []
  for (let left = ${size}; left > 0; left--) calls.push(ctx.call('server'))
  await Promise.all(calls)
}`,
    },
  };
}

/** L of M^[X]/M/1 from E[X] and E[X²]: Gross et al., Fundamentals of Queueing Theory, 3.1. */
function batchesInSystem(perSecond: number, meanSize: number, meanSquare: number): number {
  const load = (perSecond * meanSize) / RATE;
  return (load + (perSecond / RATE) * meanSquare) / (2 * (1 - load));
}

export const OTHER_ARRIVALS: readonly Row[] = [
  {
    name: 'D/M/1',
    source: 'Kleinrock, Queueing Systems I, 6.4: σ = e^−(1−σ)/ρ, the wait is exponential with an atom 1−σ at 0',
    loads: [0.4, 0.7, 0.85].map((load) => {
      const root = steadyRoot(load);
      return {
        at: `ρ = ${load}`,
        file: station(0, { work: { exponential: '100ms' } }, { constant: `${load * RATE}/s` }),
        seconds: Math.ceil(400 / (1 - load)),
        warmupSeconds: 100,
        comparisons: [
          mean('mean wait in ms', meanWaitMs(), (root / (RATE * (1 - root))) * 1_000),
          mean('P(wait > 0)', shareWaitingOver(0), root),
          mean('P(wait > 100 ms)', shareWaitingOver(100), root * Math.exp(-RATE * (1 - root) * 0.1)),
          mean('ρ', utilization(), load),
        ],
      };
    }),
  },
  {
    name: 'D/D/1',
    source: 'nobody ever waits below saturation; the line grows by λ − μ above it',
    loads: [0.5, 0.8, 1].map((load) => ({
      at: `ρ = ${load}`,
      file: station(0, { work: micros(load * 0.1) }, { constant: '10/s' }),
      seconds: 100,
      // Nothing happens at the edges of the window, so that none is counted twice.
      warmupSeconds: 1.03,
      comparisons: [
        exactly('mean wait in ms', meanWaitMs(), 0),
        exactly('mean sojourn in ms', meanSojournMs(), load * 100),
        exactly('ρ', utilization(), load),
        exactly('Q', throughput, 10),
      ],
    })),
  },
  {
    name: 'Burst of n at once on c workers',
    source: 'the i-th of a burst waits ⌊i/c⌋ services; nothing is left to chance',
    loads: (
      [
        [10, 1],
        [10, 4],
        [25, 3],
      ] as const
    ).map(([size, workers]) => {
      const turns = Array.from({ length: size }, (_, index) => Math.floor(index / workers));
      return {
        at: `n = ${size}, c = ${workers}`,
        file: station(0, { work: '100ms', workers }, { bursts: { size, every: '10s' } }),
        seconds: 100,
        warmupSeconds: 5,
        comparisons: [exactly('mean wait in ms', meanWaitMs(), (100 * turns.reduce((sum, turn) => sum + turn, 0)) / size)],
      };
    }),
  },
  {
    name: 'M^[k]/M/1, batches of k',
    source: 'Gross et al., Fundamentals of Queueing Theory, 3.1',
    loads: (
      [
        [2, 2],
        [3, 2],
        [5, 1.5],
      ] as const
    ).map(([size, perSecond]) => ({
      at: `k = ${size}, ρ = ${(perSecond * size) / RATE}`,
      file: batches(perSecond, String(size)),
      seconds: 400,
      warmupSeconds: 50,
      comparisons: [mean('L', meanInSystem(), batchesInSystem(perSecond, size, size * size))],
    })),
  },
  {
    name: 'M^[X]/M/1, geometric batches',
    source: 'Gross et al., Fundamentals of Queueing Theory, 3.1: E[X] = 1/p, E[X²] = (2−p)/p²',
    loads: (
      [
        [0.5, 2],
        [0.5, 3.5],
        [0.25, 1.5],
      ] as const
    ).map(([p, perSecond]) => ({
      at: `p = ${p}, ρ = ${perSecond / p / RATE}`,
      file: batches(perSecond, `1 + Math.floor(Math.log(1 - ctx.random()) / Math.log(${1 - p}))`),
      seconds: 400,
      warmupSeconds: 50,
      comparisons: [
        mean('L', meanInSystem(), batchesInSystem(perSecond, 1 / p, (2 - p) / (p * p))),
        mean('ρ', utilization(), perSecond / p / RATE),
      ],
    })),
  },
  ...(
    [
      ['M/M/1//N, the machine repairman', { exponential: '1s' }],
      ['M/M/1//N, thinking for a fixed time', '1s'],
    ] as const
  ).map(([name, thinkTime]) => ({
    name,
    source: 'Gross et al., Fundamentals of Queueing Theory, 2.7; only the mean of the thinking matters',
    loads: [3, 10, 20].map((users) => {
      const theory = repairmen(users, 1, 0.1, 1);
      return {
        at: `N = ${users}`,
        file: closed(users, thinkTime, { workers: 1 }),
        seconds: 400,
        warmupSeconds: 50,
        comparisons: [
          mean('Q', throughput, theory.perSecond),
          mean('mean T in ms', meanTMs, theory.responseSeconds * 1_000),
          mean('L', meanInSystem(), meanValueAnalysis([0.1], 1, users).meanNumbers[0]!),
        ],
      };
    }),
  })),
  {
    name: 'M/M/c//N, several repairmen',
    source: 'Gross et al., Fundamentals of Queueing Theory, 2.7',
    loads: (
      [
        [2, 8],
        [3, 40],
        [10, 60],
      ] as const
    ).map(([workers, users]) => {
      const theory = repairmen(users, 1, 0.1, workers);
      return {
        at: `c = ${workers}, N = ${users}`,
        file: closed(users, { exponential: '1s' }, { workers }),
        seconds: 120,
        warmupSeconds: 50,
        comparisons: [
          mean('Q', throughput, theory.perSecond),
          mean('mean T in ms', meanTMs, theory.responseSeconds * 1_000),
          mean('L', meanInSystem(), theory.meanNumbers[0]!),
        ],
      };
    }),
  },
  ...(
    [
      ['Engset, exponential work', { exponential: '100ms' }],
      ['Engset, constant work', '100ms'],
    ] as const
  ).map(([name, work]) => ({
    name,
    source: 'T. Engset 1918; Iversen, Teletraffic Engineering Handbook (2010), 5.5',
    loads: (
      [
        [2, 10],
        [5, 20],
        [8, 100],
      ] as const
    ).map(([workers, users]) => {
      const theory = engset(users, 1, 0.1, workers);
      return {
        at: `c = ${workers}, N = ${users}`,
        file: closed(users, { exponential: '1s' }, { workers, waitingLimit: 0, work }),
        seconds: 120,
        warmupSeconds: 20,
        comparisons: [mean('share refused', refusedShare(), theory.call), mean('P(all busy)', timeShareWith(workers), theory.time)],
      };
    }),
  })),
];
