/** Several stations: in a row, with feedback, split and merged. */
import { mm1 } from '../../../src/theory/mm1';
import { mmc } from '../../../src/theory/mmc';
import { meanInSystem, meanTMs, meanWaitMs, ofQueue, reliability, utilization } from './measures';
import { mean, type Row } from './row';
import { station, type File } from './scenarios';
import { arrivalsFinding, departureVariation, difference, timeShareWith } from './trace-measures';

const RATE = 10;
const JACKSON = 'J. R. Jackson, Networks of waiting lines, Operations Research 5 (1957)';

/** Queues in a row, each before a service; `after` is what a service does once its work is done. */
function tandem(
  perSecond: number,
  stations: readonly { readonly work: string; readonly workers?: number; readonly after?: string }[],
  links: readonly unknown[] = [],
): File {
  const last = stations.length - 1;
  const names = stations.map((_, index) => [`queue${index + 1}`, `service${index + 1}`] as const);
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      ...Object.fromEntries(
        names.flatMap(([queue, service], index) => [
          [queue, { kind: 'queue' }],
          [service, { kind: 'service', workers: stations[index]!.workers ?? 1, handler: `${service}.ts` }],
        ]),
      ),
    },
    links: [
      { from: 'client', to: 'queue1' },
      ...names.map(([queue, service]) => ({ from: queue, to: service })),
      ...names.slice(0, last).map(([, service], index) => ({ from: service, to: names[index + 1]![0] })),
      ...links,
    ],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { await ctx.send('queue1').accepted }`,
      ...Object.fromEntries(
        names.map(([, service], index) => {
          const next = index < last ? `; ctx.send('${names[index + 1]![0]}')` : '';
          const { work, after = '' } = stations[index]!;
          return [
            `${service}.ts`,
            `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work(${work})${next}${after} }`,
          ];
        }),
      ),
    },
  };
}

const inQueue = (id: string) => ofQueue(id, (queue) => queue.meanInSystem);
const queueSojournMs = (id: string) => ofQueue(id, (queue) => queue.meanSojournMs);

/** One client that calls `a` with a probability and `b` otherwise. */
function split(perSecond: number, toFirst: number): File {
  const service = { kind: 'service', workers: 1, work: { exponential: '100ms' } };
  return {
    components: { client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' }, a: service, b: service },
    links: [
      { from: 'client', to: 'a' },
      { from: 'client', to: 'b' },
    ],
    files: { 'client.ts': `export async function onTick(ctx: Ctx) { await ctx.call(ctx.random() < ${toFirst} ? 'a' : 'b') }` },
  };
}

export const NETWORKS: readonly Row[] = [
  {
    name: 'Burke: what leaves M/M/c is Poisson',
    source: 'P. J. Burke, The output of a queuing system, Operations Research 4 (1956)',
    loads: (
      [
        [1, 0.5],
        [1, 0.8],
        [3, 0.7],
      ] as const
    ).map(([workers, load]) => ({
      at: `c = ${workers}, ρ = ${load}`,
      file: station(load * workers * RATE, { workers, work: { exponential: '100ms' } }),
      seconds: 200,
      warmupSeconds: 50,
      comparisons: [mean('cv² of the gaps', departureVariation(), 1)],
    })),
  },
  {
    name: 'Gaps between departures of M/G/1',
    source: 'K. T. Marshall, Some inequalities in queuing, Operations Research 16 (1968): cv² = 1 + ρ²(cv_s² − 1)',
    loads: (
      [
        ['constant', '100ms', 0, 0.5],
        ['constant', '100ms', 0, 0.8],
        ['cv 2', { hyperexponential: { mean: '100ms', cv: 2 } }, 4, 0.6],
      ] as const
    ).map(([name, work, cvSquared, load]) => ({
      at: `${name}, ρ = ${load}`,
      file: station(load * RATE, { work }),
      seconds: 300,
      warmupSeconds: 100,
      comparisons: [mean('cv² of the gaps', departureVariation(), 1 + load * load * (cvSquared - 1))],
    })),
  },
  {
    name: 'Jackson: a row of stations',
    source: JACKSON,
    loads: [3, 6, 8].map((perSecond) => ({
      at: `λ = ${perSecond}/s`,
      file: tandem(perSecond, [
        { work: `exponential('100ms')` },
        { work: `exponential('80ms')` },
        { work: `exponential('200ms')`, workers: 3 },
      ]),
      seconds: 200,
      warmupSeconds: 100,
      comparisons: [
        mean('L of M/M/1, the first', inQueue('queue1'), mm1(perSecond, RATE).meanInSystem),
        mean('L of M/M/1, the second', inQueue('queue2'), mm1(perSecond, 12.5).meanInSystem),
        mean('mean sojourn of M/M/3 in ms', queueSojournMs('queue3'), mmc(perSecond, 5, 3).meanSojournSeconds * 1_000),
      ],
    })),
  },
  {
    name: 'Jackson: feedback',
    source: `${JACKSON}: who comes back with probability p makes λ/(1−p) visits, and L is that of M/M/1 with them`,
    loads: (
      [
        [4, 0.25],
        [3, 0.5],
        [1.5, 0.8],
      ] as const
    ).map(([perSecond, again]) => ({
      at: `λ = ${perSecond}/s, p = ${again}`,
      file: tandem(
        perSecond,
        [{ work: `exponential('100ms')`, after: `; if (ctx.random() < ${again}) ctx.send('queue1')` }],
        [{ from: 'service1', to: 'queue1', delay: '1ms' }],
      ),
      seconds: 300,
      warmupSeconds: 100,
      comparisons: [
        mean('L', inQueue('queue1'), mm1(perSecond / (1 - again), RATE).meanInSystem),
        mean('ρ', utilization('service1'), perSecond / (1 - again) / RATE),
      ],
    })),
  },
  {
    name: 'A random part of a Poisson stream',
    source: 'Ross, Introduction to Probability Models, 5.3: each part is Poisson, so each station is M/M/1',
    loads: (
      [
        [8, 0.5],
        [10, 0.3],
        [12, 0.4],
      ] as const
    ).map(([perSecond, share]) => ({
      at: `λ = ${perSecond}/s, p = ${share}`,
      file: split(perSecond, share),
      seconds: 300,
      warmupSeconds: 50,
      comparisons: [
        mean('L of the first', meanInSystem('a'), mm1(perSecond * share, RATE).meanInSystem),
        mean('L of the other', meanInSystem('b'), mm1(perSecond * (1 - share), RATE).meanInSystem),
      ],
    })),
  },
  {
    name: 'Poisson streams together',
    source: 'Ross, Introduction to Probability Models, 5.3',
    loads: (
      [
        [2, 3],
        [1, 6],
        [4, 4],
      ] as const
    ).map(([one, other]) => {
      const client = (perSecond: number) => ({ kind: 'client', arrivals: { poisson: `${perSecond}/s` }, calls: 'server' });
      return {
        at: `λ = ${one}/s + ${other}/s`,
        file: {
          components: { one: client(one), other: client(other), server: { kind: 'service', workers: 1, work: { exponential: '100ms' } } },
          links: [
            { from: 'one', to: 'server' },
            { from: 'other', to: 'server' },
          ],
        },
        seconds: 800,
        warmupSeconds: 100,
        comparisons: [mean('mean wait in ms', meanWaitMs(), mm1(one + other, RATE).meanWaitSeconds * 1_000)],
      };
    }),
  },
  {
    name: 'A Poisson stream over a lossy, slow link',
    source: 'Ross, Introduction to Probability Models, 5.3 and 5.4: thinned and displaced it is Poisson still',
    loads: (
      [
        [8, 0.1],
        [12, 0.4],
        [10, 0.1],
      ] as const
    ).map(([perSecond, loss]) => {
      const file = station(perSecond, { work: { exponential: '100ms' } });
      const theory = mm1(perSecond * (1 - loss), RATE);
      return {
        at: `λ = ${perSecond}/s, loss ${loss}`,
        file: {
          ...file,
          links: [{ from: 'client', to: 'server', delay: { uniform: ['5ms', '345ms'] }, loss, back: { delay: '20ms', loss: 0 } }],
        },
        seconds: 300,
        warmupSeconds: 100,
        comparisons: [
          mean('mean wait in ms', meanWaitMs(), theory.meanWaitSeconds * 1_000),
          mean('mean T in ms', meanTMs, theory.meanSojournSeconds * 1_000 + 195),
          mean('R', reliability, 1 - loss),
        ],
      };
    }),
  },
  {
    name: 'PASTA',
    source: 'R. W. Wolff, Poisson arrivals see time averages, Operations Research 30 (1982)',
    loads: (
      [
        ['M/M/1', { exponential: '100ms' }, 0.6],
        ['M/D/1', '100ms', 0.8],
        ['M/H₂/1', { hyperexponential: { mean: '100ms', cv: 2 } }, 0.7],
      ] as const
    ).map(([name, work, load]) => ({
      at: `${name}, ρ = ${load}`,
      file: station(load * RATE, { work }),
      seconds: 300,
      warmupSeconds: 50,
      comparisons: [
        mean('found ≥ 1 less P(N ≥ 1)', difference(arrivalsFinding(1), timeShareWith(1)), 0),
        mean('found ≥ 3 less P(N ≥ 3)', difference(arrivalsFinding(3), timeShareWith(3)), 0),
      ],
    })),
  },
];
