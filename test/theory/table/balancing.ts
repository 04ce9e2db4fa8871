/** Balancers and event loops: who serves whom, and what waits for it. */
import { mg1 } from '../../../src/theory/mg1';
import type { ReplicatedSummary } from '../../../src/model/summary';
import { mm1 } from '../../../src/theory/mm1';
import { mmc } from '../../../src/theory/mmc';
import { meanTMs, ofSummary, utilization } from './measures';
import { atLeast, atMost, mean, type Measure, type Row } from './row';
import { AMPLE, type File } from './scenarios';
import { dealtRoot, supermarket, supermarketOf, twoLines } from './several-lines';

const RATE = 10;

/** A balancer before some services with one worker each, every one at this load. */
function balanced(servers: number, load: number, balancer: File): File {
  const names = Array.from({ length: servers }, (_, index) => `server${index + 1}`);
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${load * servers * RATE}/s` }, calls: 'balancer' },
      balancer: { kind: 'balancer', ...balancer },
      ...Object.fromEntries(names.map((name) => [name, { kind: 'service', workers: 1, work: { exponential: '100ms' } }])),
    },
    links: [{ from: 'client', to: 'balancer' }, ...names.map((to) => ({ from: 'balancer', to }))],
  };
}

/** A service with replicas, called by its name. */
function replicated(replicas: number, load: number, server: File): File {
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${load * replicas * RATE}/s` }, calls: 'server' },
      server: { kind: 'service', replicas, workers: 1, work: { exponential: '100ms' }, ...server },
    },
    links: [{ from: 'client', to: 'server' }],
  };
}

/** All replicas of the service together. */
const together = (read: (all: ReplicatedSummary) => number | null): Measure => ofSummary(({ replicated: { server } }) => read(server!));

const SERVERS = 50;

/** A front that works, asks another service and works again. */
function asking(perSecond: number, threads: string, work: string): File {
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, calls: 'front' },
      front: { kind: 'service', workers: 1, threads, handler: 'front.ts' },
      store: { kind: 'service', workers: AMPLE, work: '100ms' },
    },
    links: [
      { from: 'client', to: 'front' },
      { from: 'front', to: 'store' },
    ],
    files: {
      'front.ts': `export async function onRequest(request: Request, ctx: Ctx) { await ctx.work(${work}); await ctx.call('store'); await ctx.work(${work}) }`,
    },
  };
}

export const BALANCING: readonly Row[] = [
  {
    name: 'Balancing at random',
    source: 'Ross, Introduction to Probability Models, 5.3: each backend is M/M/1',
    loads: (
      [
        [2, 0.5],
        [4, 0.8],
        [10, 0.7],
      ] as const
    ).map(([servers, load]) => ({
      at: `n = ${servers}, ρ = ${load}`,
      file: balanced(servers, load, { policy: 'random' }),
      seconds: 200,
      warmupSeconds: 50,
      comparisons: [mean('mean T in ms', meanTMs, mm1(load * RATE, RATE).meanSojournSeconds * 1_000)],
    })),
  },
  {
    name: 'Replicas are separate queues',
    source: 'n × M/M/1, not M/M/n; Kleinrock, Queueing Systems II, 5.1: what sharing one line would save',
    loads: (
      [
        [2, 0.5],
        [4, 0.8],
        [8, 0.7],
      ] as const
    ).map(([replicas, load]) => ({
      at: `n = ${replicas}, ρ = ${load}`,
      file: replicated(replicas, load, {}),
      seconds: 200,
      warmupSeconds: 50,
      comparisons: [
        mean('mean T in ms', meanTMs, mm1(load * RATE, RATE).meanSojournSeconds * 1_000),
        mean(
          'L of all',
          together(({ meanInSystem }) => meanInSystem),
          replicas * mm1(load * RATE, RATE).meanInSystem,
        ),
        mean(
          'utilization of all',
          together(({ utilization: share }) => share),
          load,
        ),
        atLeast('mean T in ms, one line', meanTMs, mmc(load * replicas * RATE, RATE, replicas).meanSojournSeconds * 1_000),
      ],
    })),
  },
  {
    name: 'Replicas in turn',
    source: 'each replica gets every n-th: E_n/M/1; Kleinrock, Queueing Systems I, 6.4',
    loads: (
      [
        [2, 0.5],
        [4, 0.8],
      ] as const
    ).map(([replicas, load]) => ({
      at: `n = ${replicas}, ρ = ${load}`,
      file: replicated(replicas, load, { spread: 'round-robin' }),
      seconds: 200,
      warmupSeconds: 50,
      comparisons: [mean('mean T in ms', meanTMs, 100 / (1 - dealtRoot(replicas, load)))],
    })),
  },
  {
    name: 'Balancing in turn',
    source: 'each backend gets every n-th: E_n/M/1; Kleinrock, Queueing Systems I, 6.4',
    loads: (
      [
        [2, 0.5],
        [4, 0.8],
        [10, 0.8],
      ] as const
    ).map(([servers, load]) => ({
      at: `n = ${servers}, ρ = ${load}`,
      file: balanced(servers, load, { policy: 'round-robin' }),
      seconds: 200,
      warmupSeconds: 50,
      comparisons: [mean('mean T in ms', meanTMs, 100 / (1 - dealtRoot(servers, load)))],
    })),
  },
  ...(['least-connections', 'power-of-two'] as const).map((policy) => ({
    name: `Two backends, ${policy}`,
    source: 'the Markov chain of both lines, solved numerically; least connections is the shorter queue of J. F. C. Kingman 1961',
    loads: [0.5, 0.7, 0.85].map((load) => ({
      at: `ρ = ${load}`,
      file: balanced(2, load, { policy }),
      seconds: 300,
      warmupSeconds: 50,
      comparisons: [mean('mean T in ms', meanTMs, 100 * twoLines(load, policy === 'least-connections' ? 1 : 0.75))],
    })),
  })),
  {
    name: 'The power of two choices',
    source: 'M. Mitzenmacher, IEEE TPDS 12 (2001), the limit of many servers; N. Gast, B. Van Houdt 2017, what fifty add to it',
    loads: [0.5, 0.7, 0.9].map((load) => ({
      at: `n = ${SERVERS}, ρ = ${load}`,
      file: balanced(SERVERS, load, { policy: 'power-of-two' }),
      seconds: 30,
      warmupSeconds: 20,
      comparisons: [
        mean('mean T in ms', meanTMs, 100 * supermarketOf(SERVERS, load)),
        atLeast('mean T in ms, limit of many', meanTMs, 100 * supermarket(load, 2)),
        atMost('mean T in ms, one choice', meanTMs, 100 / (1 - load)),
      ],
    })),
  },
  {
    name: 'An event loop that awaits',
    source: 'F. Baskett et al., JACM 22 (1975): a station that is visited twice and one without a line; the worker is free in between',
    loads: [10, 25, 40].map((perSecond) => ({
      at: `λ = ${perSecond}/s`,
      file: asking(perSecond, 'event-loop', `exponential('10ms')`),
      seconds: Math.ceil(4_000 / perSecond),
      warmupSeconds: 20,
      comparisons: [
        mean('mean T in ms', meanTMs, 2_000 * mm1(2 * perSecond, 100).meanSojournSeconds + 100),
        mean('ρ', utilization('front'), perSecond * 0.02),
      ],
    })),
  },
  {
    name: 'A blocking worker that awaits',
    source: 'M/G/1 of all the time that the worker is held; Kleinrock, Queueing Systems I, 5.6',
    loads: [2, 4, 6].map((perSecond) => ({
      at: `λ = ${perSecond}/s`,
      file: asking(perSecond, 'blocking', `exponential('10ms')`),
      seconds: Math.ceil(2_000 / perSecond),
      warmupSeconds: 50,
      comparisons: [mean('mean T in ms', meanTMs, mg1(perSecond, 0.12, (2 * 0.01 ** 2) / 0.12 ** 2).meanSojournSeconds * 1_000)],
    })),
  },
];
