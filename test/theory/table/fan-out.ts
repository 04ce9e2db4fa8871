/** Requests made of several calls: side by side, in a row, the first that answers, the k-th. */
import { mm1 } from '../../../src/theory/mm1';
import { meanTMs, sentPerRequest } from './measures';
import { mean, type Row } from './row';
import { AMPLE, type File } from './scenarios';
import { meanSquareT, shareSlowerThan } from './trace-measures';

const ORDER = 'H. A. David, H. N. Nagaraja, Order Statistics (2003): exponential gaps of rates nμ, (n−1)μ, …';

/** A client with code before a service with workers enough for every call. */
function fan(onTick: string, work: unknown, perSecond: number, link: File = {}): File {
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      server: {
        kind: 'service',
        workers: AMPLE,
        ...(typeof work === 'string' && work.includes('(') ? { handler: 'server.ts' } : { work }),
      },
    },
    links: [{ from: 'client', to: 'server', ...link }],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { ${onTick} }`,
      ...(typeof work === 'string' &&
        work.includes('(') && { 'server.ts': `export async function onRequest(request: Request, ctx: Ctx) { ${work} }` }),
    },
  };
}

const all = (n: number): string => `await Promise.all(Array.from({ length: ${n} }, () => ctx.call('server')))`;
const EXPONENTIAL = { exponential: '100ms' } as const;

/** H_n, or of a power: Σ 1/kᵖ for k from `from` to n. */
function harmonic(n: number, from = 1, power = 1): number {
  let sum = 0;
  for (let k = from; k <= n; k++) sum += 1 / k ** power;
  return sum;
}

/** P(Erlang(k) > t) with phases of rate μ: P(Poisson(μt) < k). */
function erlangTail(k: number, expected: number): number {
  let [term, below] = [Math.exp(-expected), 0];
  for (let n = 0; n < k; n++) {
    below += term;
    term *= expected / (n + 1);
  }
  return below;
}

export const FAN_OUT: readonly Row[] = [
  {
    name: 'Waiting for all of n',
    source: `${ORDER}; the mean is H_n/μ`,
    loads: [2, 5, 20].map((n) => ({
      at: `n = ${n}`,
      file: fan(all(n), EXPONENTIAL, 20),
      seconds: Math.ceil(200 / n),
      warmupSeconds: 2,
      comparisons: [
        mean('mean T in ms', meanTMs, 100 * harmonic(n)),
        mean('E[T²] in s²', meanSquareT, 0.01 * (harmonic(n) ** 2 + harmonic(n, 1, 2))),
        mean('P(T > 200 ms)', shareSlowerThan(200), 1 - (1 - Math.exp(-2)) ** n),
      ],
    })),
  },
  {
    name: 'Waiting for the first of n',
    source: `${ORDER}; exponential with rate nμ`,
    loads: [2, 4, 10].map((n) => ({
      at: `n = ${n}`,
      file: fan(`await Promise.race(Array.from({ length: ${n} }, () => ctx.call('server')))`, EXPONENTIAL, 20),
      seconds: Math.ceil(200 / n),
      warmupSeconds: 2,
      comparisons: [mean('mean T in ms', meanTMs, 100 / n), mean('P(T > 30 ms)', shareSlowerThan(30), Math.exp(-0.3 * n))],
    })),
  },
  {
    name: 'Waiting for k of n, a quorum',
    source: `${ORDER}; the mean is (H_n − H_{n−k})/μ`,
    loads: (
      [
        [2, 3],
        [3, 5],
        [6, 10],
      ] as const
    ).map(([k, n]) => ({
      at: `k = ${k}, n = ${n}`,
      file: fan(
        `let left = ${k}
  await new Promise<void>((resolve) => { for (let i = 0; i < ${n}; i++) ctx.call('server').then(() => { if (--left === 0) resolve() }) })`,
        EXPONENTIAL,
        20,
      ),
      seconds: 50,
      warmupSeconds: 2,
      comparisons: [
        mean('mean T in ms', meanTMs, 100 * harmonic(n, n - k + 1)),
        mean('E[T²] in s²', meanSquareT, 0.01 * (harmonic(n, n - k + 1) ** 2 + harmonic(n, n - k + 1, 2))),
      ],
    })),
  },
  {
    name: 'The tail of a fan-out',
    source: 'J. Dean, L. A. Barroso, The Tail at Scale, CACM 56 (2013): 1 − 0.99ⁿ, 63 % for n = 100',
    loads: [1, 20, 100].map((n) => ({
      at: `n = ${n}`,
      file: fan(all(n), `await ctx.work(ctx.random() < 0.01 ? '1s' : '10ms')`, 20),
      seconds: Math.ceil(300 / n) + 10,
      warmupSeconds: 2,
      comparisons: [mean('P(T > 0.5 s)', shareSlowerThan(500), 1 - 0.99 ** n)],
    })),
  },
  {
    name: 'Calls one after the other',
    source: 'the sum of k exponentials is Erlang(k); Kleinrock, Queueing Systems I, 4.2',
    loads: [2, 4, 8].map((k) => ({
      at: `k = ${k}`,
      file: fan(`for (let left = ${k}; left > 0; left--) await ctx.call('server')`, EXPONENTIAL, 20),
      seconds: 60,
      warmupSeconds: 3,
      comparisons: [mean('mean T in ms', meanTMs, 100 * k), mean('P(T > its mean)', shareSlowerThan(100 * k), erlangTail(k, k))],
    })),
  },
  {
    name: 'Calls until one is lucky',
    source: 'a geometric number of exponentials is exponential with rate pμ; Feller II, I.4',
    loads: [0.2, 0.5, 0.8].map((p) => ({
      at: `p = ${p}`,
      file: fan(`do await ctx.call('server'); while (ctx.random() >= ${p})`, EXPONENTIAL, 20),
      seconds: 100,
      warmupSeconds: 5,
      comparisons: [
        mean('mean T in ms', meanTMs, 100 / p),
        mean('P(T > 200 ms)', shareSlowerThan(200), Math.exp(-2 * p)),
        mean('calls', sentPerRequest('client', 'server'), 1 / p),
      ],
    })),
  },
  {
    name: 'All and first of n uniform delays',
    source: 'David, Nagaraja, Order Statistics: n/(n+1) and 1/(n+1) of the range',
    loads: (['all', 'race'] as const).flatMap((what) =>
      [2, 5].map((n) => ({
        at: `${what}, n = ${n}`,
        file: fan(`await Promise.${what}(Array.from({ length: ${n} }, () => ctx.call('server')))`, { uniform: ['0ms', '100ms'] }, 20),
        seconds: 60,
        warmupSeconds: 1,
        comparisons: [mean('mean T in ms', meanTMs, (100 * (what === 'all' ? n : 1)) / (n + 1))],
      })),
    ),
  },
  {
    name: 'A hedged request',
    source: 'T = min(S, d + S′): E[T] = (1 − e^−μd)/μ + e^−μd/2μ, calls 1 + e^−μd; Dean and Barroso 2013',
    loads: [20, 100, 250].map((ms) => ({
      at: `after ${ms} ms`,
      file: fan(
        `const first = ctx.call('server')
  const winner = await Promise.race([first.then(() => true), ctx.sleep('${ms}ms').then(() => false)])
  if (!winner) await Promise.race([first, ctx.call('server')])`,
        EXPONENTIAL,
        20,
      ),
      seconds: 100,
      warmupSeconds: 2,
      comparisons: [
        mean('mean T in ms', meanTMs, 100 * (1 - Math.exp(-ms / 100) / 2)),
        mean('calls', sentPerRequest('client', 'server'), 1 + Math.exp(-ms / 100)),
      ],
    })),
  },
  {
    name: 'Fork and join of two M/M/1',
    source:
      'L. Flatto, S. Hahn, SIAM J. Appl. Math. 44 (1984); R. Nelson, A. N. Tantawi, IEEE Trans. Computers 37 (1988): T = (12−ρ)/8 · W',
    loads: [0.3, 0.5, 0.7].map((load) => {
      const service = { kind: 'service', workers: 1, work: EXPONENTIAL };
      return {
        at: `ρ = ${load}`,
        file: {
          components: { client: { kind: 'client', arrivals: { poisson: `${load * 10}/s` }, handler: 'client.ts' }, a: service, b: service },
          links: [
            { from: 'client', to: 'a' },
            { from: 'client', to: 'b' },
          ],
          files: { 'client.ts': `export async function onTick(ctx: Ctx) { await Promise.all([ctx.call('a'), ctx.call('b')]) }` },
        },
        seconds: 600,
        warmupSeconds: 50,
        comparisons: [mean('mean T in ms', meanTMs, ((12 - load) / 8) * mm1(load * 10, 10).meanSojournSeconds * 1_000)],
      };
    }),
  },
];
