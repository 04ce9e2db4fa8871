/** Chance itself: what the samplers give, seen through runs, and Little's law, which leaves nothing to it. */
import { meanInSystem, meanSojournMs, ofClient, ofQueue, ofService, ofSummary } from './measures';
import { exactly, mean, type Measure, type Row } from './row';
import { AMPLE, station } from './scenarios';
import { arrivalVariation, difference, dispersion, meanBusyPeriod, shareOfWorkOver, workMoment } from './trace-measures';

/** P(Z > z) for Z normal, by Simpson's rule. */
function normalTail(z: number): number {
  const [steps, width] = [2_000, 12];
  let sum = 0;
  for (let at = 0; at <= steps; at++) {
    const x = z + (at * width) / steps;
    sum += (at === 0 || at === steps ? 1 : at % 2 === 1 ? 4 : 2) * Math.exp((-x * x) / 2);
  }
  return (sum * width) / steps / 3 / Math.sqrt(2 * Math.PI);
}

interface Shape {
  readonly name: string;
  readonly work: unknown;
  readonly meanMs: number;
  /** E[S²] over the mean squared; undefined when its own estimate would have no variance. */
  readonly square: number | undefined;
  /** P(S > ms). */
  readonly tail: (ms: number) => number;
}

const short = (2 * 100) / (2 * (1 + Math.sqrt(3 / 5)));
const often = (1 + Math.sqrt(3 / 5)) / 2;
const long = 100 / (2 * (1 - often));
const logVariance = Math.log(1 + 0.64);
const [normalMean, normalShare] = [100, normalTail(-2)];

const SHAPES: readonly Shape[] = [
  { name: 'exponential', work: { exponential: '100ms' }, meanMs: 100, square: 2, tail: (ms) => Math.exp(-ms / 100) },
  // Each whole microsecond from 40 ms to 160 ms is equally likely.
  {
    name: 'uniform',
    work: { uniform: ['40ms', '160ms'] },
    meanMs: 100,
    square: 1 + 0.12,
    tail: (ms) => Math.min(1, Math.max(0, (160 - ms) / 120)),
  },
  {
    name: 'erlang',
    work: { erlang: { mean: '100ms', k: 3 } },
    meanMs: 100,
    square: 1 + 1 / 3,
    tail: (ms) => Math.exp(-0.03 * ms) * (1 + 0.03 * ms + (0.03 * ms) ** 2 / 2),
  },
  {
    name: 'hyperexponential',
    work: { hyperexponential: { mean: '100ms', cv: 2 } },
    meanMs: 100,
    square: 5,
    tail: (ms) => often * Math.exp(-ms / short) + (1 - often) * Math.exp(-ms / long),
  },
  {
    name: 'lognormal',
    work: { lognormal: { mean: '100ms', sd: '80ms' } },
    meanMs: 100,
    square: 1.64,
    tail: (ms) => normalTail((Math.log(ms / 100) + logVariance / 2) / Math.sqrt(logVariance)),
  },
  // Drawn again while negative, that is below −2 deviations.
  {
    name: 'normal, cut at 0',
    work: { normal: { mean: '100ms', sd: '50ms' } },
    meanMs: normalMean + (50 * Math.exp(-2)) / Math.sqrt(2 * Math.PI) / normalShare,
    square: undefined,
    tail: (ms) => normalTail((ms - 100) / 50) / normalShare,
  },
  { name: 'pareto', work: { pareto: { min: '80ms', alpha: 5 } }, meanMs: 100, square: 16 / 15, tail: (ms) => Math.min(1, (80 / ms) ** 5) },
  {
    name: 'empirical',
    work: { empirical: ['20ms', '60ms', '120ms', '200ms'] },
    meanMs: 100,
    square: (20 ** 2 + 60 ** 2 + 120 ** 2 + 200 ** 2) / 4 / 1e4,
    tail: (ms) => [20, 60, 120, 200].filter((value) => value > ms).length / 4,
  },
];

const littleAt = (number: Measure, perSecond: Measure, sojournMs: Measure): Measure => ({
  of: (lane) => number.of(lane) - perSecond.of(lane) * (sojournMs.of(lane) / 1_000),
  needsTrace: false,
});

const completedPerSecond = (id: string): Measure =>
  ofSummary(({ components, durationMs }) => (components[id] as { completions: number }).completions / (durationMs / 1_000));

export const CHANCE: readonly Row[] = [
  {
    name: 'What the samplers draw',
    source: 'the distribution functions and moments; M. Evans, N. Hastings, B. Peacock, Statistical Distributions (2000)',
    loads: SHAPES.map(({ name, work, meanMs, square, tail }) => ({
      at: name,
      file: station(50, { workers: AMPLE, work }),
      seconds: 100,
      warmupSeconds: 5,
      comparisons: [
        mean('mean over its own', workMoment(1, meanMs), 1),
        ...(square === undefined ? [] : [mean('E[S²]/E[S]²', workMoment(2, meanMs), square)]),
        ...[50, 90, 150]
          .map((ms) => ({ ms, share: tail(ms) }))
          .filter(({ share }) => share > 0.001 && share < 0.999)
          .map(({ ms, share }) => mean(`P(S > ${ms} ms)`, shareOfWorkOver(ms), share)),
      ],
    })),
  },
  {
    name: 'Poisson arrivals',
    source: 'Ross, Introduction to Probability Models, 5.3: variance over mean is 1 in every window, cv² of the gaps too',
    loads: [2, 20, 200].map((perSecond) => ({
      at: `λ = ${perSecond}/s`,
      file: station(perSecond, { workers: AMPLE, work: '1ms' }),
      seconds: Math.ceil(6_000 / perSecond),
      warmupSeconds: 1,
      comparisons: [
        mean('variance over mean, 1 s', dispersion(1), 1),
        mean('variance over mean, 0.1 s', dispersion(0.1), 1),
        mean('cv² of the gaps', arrivalVariation(), 1),
      ],
    })),
  },
  {
    name: 'Busy periods',
    source: 'Kleinrock, Queueing Systems I, 5.8: the mean is s/(1−ρ), whatever the work',
    loads: (
      [
        ['exponential', { exponential: '100ms' }, 0.6],
        ['constant', '100ms', 0.8],
        ['cv 2', { hyperexponential: { mean: '100ms', cv: 2 } }, 0.5],
      ] as const
    ).map(([name, work, load]) => ({
      at: `${name}, ρ = ${load}`,
      file: station(load * 10, { work }),
      seconds: 600,
      warmupSeconds: 50,
      comparisons: [mean('mean busy period in s', meanBusyPeriod(), 0.1 / (1 - load))],
    })),
  },
  {
    name: "Little's law, to the microsecond",
    source: 'J. D. C. Little 1961: over a time that begins and ends empty L = λW holds of every run and every part',
    loads: (
      [
        [10, 1],
        [200, 3],
        [1_000, 7],
      ] as const
    ).map(([size, workers]) => ({
      at: `${size} at once, ${workers} workers`,
      file: {
        components: {
          client: { kind: 'client', arrivals: { bursts: { size, every: '3h' } }, handler: 'client.ts' },
          front: { kind: 'service', workers, handler: 'front.ts', waitingLimit: 100_000 },
          jobs: { kind: 'queue' },
          back: { kind: 'service', workers: 2, handler: 'back.ts', discipline: 'lifo', waitingLimit: 100_000 },
        },
        links: [
          { from: 'client', to: 'front', delay: { exponential: '500ms' } },
          { from: 'front', to: 'jobs', delay: '5ms' },
          { from: 'jobs', to: 'back', delay: { uniform: ['1ms', '9ms'] } },
        ],
        files: {
          'client.ts': `export async function onTick(ctx: Ctx) { await ctx.call('front') }`,
          'front.ts': `export async function onRequest(request: Request, ctx: Ctx) { await ctx.work(exponential('100ms')); await ctx.send('jobs').accepted }`,
          'back.ts': `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work(lognormal('150ms', '200ms')) }`,
        },
      },
      seconds: 10_000,
      warmupSeconds: 0,
      hasEnd: true,
      comparisons: [
        ...['front', 'back'].map((id) =>
          exactly(`L − λW at ${id}`, littleAt(meanInSystem(id), completedPerSecond(id), meanSojournMs(id)), 0),
        ),
        exactly(
          'L − λW at jobs',
          littleAt(
            ofQueue('jobs', (queue) => queue.meanInSystem),
            completedPerSecond('jobs'),
            ofQueue('jobs', (queue) => queue.meanSojournMs),
          ),
          0,
        ),
        exactly(
          'L − λT at the client',
          difference(
            ofClient('client', (client) => client.meanOpen),
            ofSummary(({ requests, durationMs }) => (requests.N * requests.T.meanMs!) / durationMs),
          ),
          0,
        ),
        exactly(
          'arrived − completed',
          ofService('back', (service) => service.arrivals - service.completions),
          0,
        ),
      ],
    })),
  },
];
