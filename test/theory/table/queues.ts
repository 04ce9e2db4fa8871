/** A broker's queue as a waiting line: what it adds, what it does not, and what a full one loses. */
import { md1 } from '../../../src/theory/mg1';
import { mm1, mm1k } from '../../../src/theory/mm1';
import { mmc, mmck } from '../../../src/theory/mmc';
import { ofQueue, ofSummary } from './measures';
import { mean, type Row } from './row';
import type { File } from './scenarios';
import { dealtRoot } from './several-lines';

/** A client that sends to a queue from which one or more services take; no link takes time. */
function queued(perSecond: number, queue: File, services: readonly File[], work = `exponential('100ms')`): File {
  const names = services.map((_, index) => `service${index + 1}`);
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      queue: { kind: 'queue', ...queue },
      ...Object.fromEntries(names.map((name, index) => [name, { kind: 'service', workers: 1, handler: 'service.ts', ...services[index] }])),
    },
    links: [{ from: 'client', to: 'queue' }, ...names.map((to) => ({ from: 'queue', to }))],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { try { await ctx.send('queue').accepted } catch { return } }`,
      'service.ts': `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work(${work}) }`,
    },
  };
}

const RATE = 10;
const inSystem = ofQueue('queue', (queue) => queue.meanInSystem);
const sojournMs = ofQueue('queue', (queue) => queue.meanSojournMs);
const LIMITED = [
  [0.7, 4],
  [1, 6],
  [1.5, 3],
] as const;

export const QUEUES: readonly Row[] = [
  {
    name: 'A queue is the line of its consumer',
    source: 'where one waits changes nothing: M/M/1, whatever the prefetch; Kleinrock, Queueing Systems I, 3.2',
    loads: (
      [
        [0.5, 1],
        [0.8, 1],
        [0.8, 50],
      ] as const
    ).map(([load, prefetch]) => ({
      at: `ρ = ${load}, prefetch ${prefetch}`,
      file: queued(load * RATE, { prefetch }, [{}]),
      seconds: Math.ceil(80 / (1 - load)),
      warmupSeconds: 100,
      comparisons: [
        mean('L', inSystem, mm1(load * RATE, RATE).meanInSystem),
        mean('mean sojourn in ms', sojournMs, mm1(load * RATE, RATE).meanSojournSeconds * 1_000),
      ],
    })),
  },
  {
    name: 'A queue before constant work',
    source: 'M/D/1; Kleinrock, Queueing Systems I, 5.6',
    loads: [0.3, 0.6, 0.8].map((load) => ({
      at: `ρ = ${load}`,
      file: queued(load * RATE, { prefetch: 1 }, [{}], `'100ms'`),
      seconds: Math.ceil(100 / (1 - load)),
      warmupSeconds: 50,
      comparisons: [mean('L', inSystem, md1(load * RATE, 0.1).meanInSystem)],
    })),
  },
  {
    name: 'Competing consumers are the workers of M/M/c',
    source: 'Gross et al., Fundamentals of Queueing Theory, 2.3; each consumer holds one message at a time',
    loads: (
      [
        [2, 1.4],
        [3, 2.4],
        [5, 4],
      ] as const
    ).map(([consumers, erlangs]) => {
      const theory = mmc(erlangs * RATE, RATE, consumers);
      return {
        at: `c = ${consumers}, a = ${erlangs}`,
        file: queued(
          erlangs * RATE,
          { prefetch: 1 },
          Array.from({ length: consumers }, () => ({})),
        ),
        seconds: 120,
        warmupSeconds: 50,
        comparisons: [mean('L', inSystem, theory.meanInSystem), mean('mean sojourn in ms', sojournMs, theory.meanSojournSeconds * 1_000)],
      };
    }),
  },
  ...(['reject', 'drop-oldest'] as const).map((overflow) => ({
    name: `A full queue, ${overflow}`,
    source: 'M/M/1/K: who is thrown away changes nothing for the number present; Kleinrock, Queueing Systems I, 3.6',
    loads: LIMITED.map(([load, places]) => {
      const theory = mm1k(load * RATE, RATE, places);
      return {
        at: `ρ = ${load}, K = ${places}`,
        file: queued(load * RATE, { capacity: places, overflow, prefetch: 1 }, [{}]),
        seconds: 120,
        warmupSeconds: 20,
        comparisons: [
          mean(
            'share lost',
            ofQueue('queue', (queue) => (queue.refused + queue.dropped) / queue.arrivals),
            theory.blocking,
          ),
          mean('L', inSystem, theory.meanInSystem),
        ],
      };
    }),
  })),
  {
    name: 'A full queue with competing consumers',
    source: 'M/M/c/K; Gross et al., Fundamentals of Queueing Theory, 2.4',
    loads: (
      [
        [2, 2, 5],
        [3, 2, 4],
        [2, 3, 8],
      ] as const
    ).map(([consumers, erlangs, places]) => {
      const theory = mmck(erlangs * RATE, RATE, consumers, places);
      return {
        at: `c = ${consumers}, a = ${erlangs}, K = ${places}`,
        file: queued(
          erlangs * RATE,
          { capacity: places, prefetch: 1 },
          Array.from({ length: consumers }, () => ({})),
        ),
        seconds: 120,
        warmupSeconds: 20,
        comparisons: [
          mean(
            'share refused',
            ofQueue('queue', (queue) => queue.refused / queue.arrivals),
            theory.blocking,
          ),
          mean('L', inSystem, theory.meanInSystem),
        ],
      };
    }),
  },
  {
    name: 'Prefetch deals messages out too early',
    source:
      'with prefetch for all, each consumer gets every c-th: the sum of c gaps before one worker, E_c/M/1; Kleinrock, Queueing Systems I, 6.4',
    loads: (
      [
        [2, 0.6],
        [2, 0.8],
        [4, 0.8],
      ] as const
    ).map(([consumers, load]) => {
      const root = dealtRoot(consumers, load);
      return {
        at: `c = ${consumers}, ρ = ${load}`,
        file: queued(
          load * consumers * RATE,
          { prefetch: 100_000 },
          Array.from({ length: consumers }, () => ({})),
        ),
        seconds: 120,
        warmupSeconds: 50,
        comparisons: [mean('mean sojourn in ms', sojournMs, 100 / (1 - root))],
      };
    }),
  },
  {
    name: 'Accepted at once, completed no sooner',
    source: 'work is conserved: what a queue accepts leaves it at most at c·μ',
    loads: [1.2, 1.5, 2].map((load) => ({
      at: `ρ = ${load}`,
      file: queued(load * RATE, { prefetch: 1 }, [{}]),
      seconds: 120,
      warmupSeconds: 20,
      comparisons: [
        mean(
          'accepted per second',
          ofSummary(({ requests }) => requests.accepted.QPerSecond),
          load * RATE,
        ),
        mean(
          'completed per second',
          ofSummary(({ components, durationMs }) => completions(components['queue']) / (durationMs / 1_000 - 20)),
          RATE,
        ),
      ],
    })),
  },
];

function completions(component: unknown): number {
  return (component as { completions: number }).completions;
}
