/** What gets through: lossy links, chains, layers that retry, deadlines, queues that deliver again. */
import { meanAttempts, TRIALS } from './attempts';
import { ofQueue, ofSummary, reliability, sentPerRequest } from './measures';
import { exactly, mean, type Row } from './row';
import { AMPLE, station, type File } from './scenarios';

/** Layers that each try three times; the link from the last to the store loses a share. */
function layers(count: number, loss: number): File {
  const names = Array.from({ length: count }, (_, index) => `layer${index + 1}`);
  const next = (index: number): string => names[index + 1] ?? 'store';
  return {
    components: {
      client: { kind: 'client', arrivals: { bursts: { size: 100, every: '10s' } }, calls: names[0] },
      ...Object.fromEntries(names.map((name) => [name, { kind: 'service', workers: AMPLE, handler: `${name}.ts` }])),
      store: { kind: 'service', workers: AMPLE, work: '1ms' },
    },
    links: [
      { from: 'client', to: names[0] },
      ...names.map((from, index) => ({ from, to: next(index), ...(next(index) === 'store' && { loss, back: { loss: 0 } }) })),
    ],
    files: Object.fromEntries(
      names.map((name, index) => {
        // Above the last layer a failed try is an error reply, so only the last needs a timeout.
        const timeout = next(index) === 'store' ? `timeout: '10ms', ` : '';
        const call = `ctx.call('${next(index)}', null, { ${timeout}retry: { attempts: 3 } })`;
        return [`${name}.ts`, `export const onRequest = (request: Request, ctx: Ctx) => ${call}`];
      }),
    ),
  };
}

/** A client that sends to a queue, and a service that takes from it. */
function throughQueue(queue: File, onMessage: string, link: File = {}): File {
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: '50/s' }, handler: 'client.ts' },
      queue: { kind: 'queue', prefetch: 10_000, ...queue },
      server: { kind: 'service', workers: AMPLE, handler: 'server.ts' },
    },
    links: [
      { from: 'client', to: 'queue' },
      { from: 'queue', to: 'server', ...link },
    ],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { await ctx.send('queue').accepted }`,
      'server.ts': `export async function onMessage(message: Message, ctx: Ctx) { ${onMessage} }`,
    },
  };
}

const LOSSES = [
  [0.01, 0.01],
  [0.1, 0.1],
  [0.3, 0.05],
] as const;

export const RELIABILITY: readonly Row[] = [
  {
    name: 'R of a round trip',
    source: 'R = (1−p)·(1−q): parts in series; R. E. Barlow, F. Proschan, Mathematical Theory of Reliability (1965)',
    loads: LOSSES.map(([there, back]) => ({
      at: `loss ${there} there, ${back} back`,
      file: {
        ...station(50, { work: '1ms', workers: AMPLE }),
        links: [{ from: 'client', to: 'server', loss: there, back: { loss: back } }],
      },
      seconds: 100,
      warmupSeconds: 1,
      comparisons: [mean('R', reliability, (1 - there) * (1 - back))],
    })),
  },
  {
    name: 'R of a chain of services',
    source: 'R = Π(1−pᵢ)², parts in series',
    loads: (
      [
        [2, 0.01],
        [3, 0.01],
        [4, 0.05],
      ] as const
    ).map(([length, loss]) => {
      const names = Array.from({ length }, (_, index) => `service${index + 1}`);
      return {
        at: `${length} calls, loss ${loss}`,
        file: {
          components: {
            client: { kind: 'client', arrivals: { poisson: '50/s' }, calls: names[0] },
            ...Object.fromEntries(
              names.map((name, index) => [
                name,
                { kind: 'service', workers: AMPLE, ...(index < length - 1 ? { handler: `${name}.ts` } : { work: '1ms' }) },
              ]),
            ),
          },
          links: ['client', ...names.slice(0, -1)].map((from, index) => ({ from, to: names[index], loss })),
          files: Object.fromEntries(
            names
              .slice(0, -1)
              .map((name, index) => [
                `${name}.ts`,
                `export const onRequest = (request: Request, ctx: Ctx) => ctx.call('${names[index + 1]}', null, { timeout: '1s' })`,
              ]),
          ),
        },
        seconds: 100,
        warmupSeconds: 1,
        comparisons: [mean('R', reliability, (1 - loss) ** (2 * length))],
      };
    }),
  },
  {
    name: 'Failed, and yet executed',
    source: `${TRIALS}: (1−p)·q of p + (1−p)·q`,
    loads: LOSSES.map(([there, back]) => ({
      at: `loss ${there} there, ${back} back`,
      file: {
        ...station(50, { work: '1ms', workers: AMPLE }),
        links: [{ from: 'client', to: 'server', loss: there, back: { loss: back } }],
      },
      seconds: 400,
      warmupSeconds: 1,
      comparisons: [
        mean(
          'executed, of those that failed',
          ofSummary(
            ({ components, requests }) => ((components['server'] as { completions: number }).completions - requests.Ns) / requests.failed,
          ),
          ((1 - there) * back) / (there + (1 - there) * back),
        ),
      ],
    })),
  },
  {
    name: 'Layers multiply retries',
    source:
      'three tries in each of n layers are 3ⁿ when the last never answers; B. Beyer et al., Site Reliability Engineering (2016), ch. 22',
    loads: [1, 2, 3].map((count) => ({
      at: `${count} ${count > 1 ? 'layers' : 'layer'}, nothing answers`,
      file: layers(count, 1),
      seconds: 20,
      warmupSeconds: 5,
      comparisons: [exactly('attempts at the last', sentPerRequest(`layer${count}`, 'store'), 3 ** count)],
    })),
  },
  {
    name: 'Layers of retries over a lossy link',
    source: `${TRIALS}, once for each layer`,
    loads: (
      [
        [2, 0.5],
        [2, 0.7],
        [3, 0.8],
      ] as const
    ).map(([count, loss]) => {
      let [attempts, failing] = [1, loss];
      for (let layer = 0; layer < count; layer++) {
        attempts *= meanAttempts(failing, 3);
        failing **= 3;
      }
      return {
        at: `${count} layers, loss ${loss}`,
        file: layers(count, loss),
        seconds: 100,
        warmupSeconds: 5,
        comparisons: [
          mean('attempts at the last', sentPerRequest(`layer${count}`, 'store'), attempts),
          mean('R', reliability, 1 - failing),
        ],
      };
    }),
  },
  {
    name: 'Deadline of M/M/1',
    source: 'Kleinrock, Queueing Systems I, 5.7: R = 1 − e^−(μ−λ)d',
    loads: (
      [
        [5, 0.2],
        [8, 0.5],
        [8, 2],
      ] as const
    ).map(([perSecond, deadline]) => ({
      at: `λ = ${perSecond}/s, d = ${deadline} s`,
      file: { ...station(perSecond, { work: { exponential: '100ms' } }), deadline: `${deadline}s` },
      seconds: 500,
      warmupSeconds: 100,
      comparisons: [mean('R', reliability, 1 - Math.exp(-(10 - perSecond) * deadline))],
    })),
  },
  {
    name: 'Redelivery after a handler throws',
    source: `${TRIALS}: deliveries (1−fⁿ)/(1−f), given up fⁿ`,
    loads: (
      [
        [0.2, 1_000],
        [0.5, 3],
        [0.7, 5],
      ] as const
    ).map(([failing, most]) => ({
      at: `f = ${failing}, at most ${most}`,
      file: throughQueue({ maxDeliveries: most }, `if (ctx.random() < ${failing}) throw new Error('no')`),
      seconds: 40,
      warmupSeconds: 1,
      handlersThrow: true,
      comparisons: [
        mean('deliveries', sentPerRequest('queue', 'server'), meanAttempts(failing, most)),
        mean(
          'given up',
          ofQueue('queue', (queue) => queue.dropped / queue.arrivals),
          failing ** most,
        ),
      ],
    })),
  },
  {
    name: 'Redelivery after an ack timeout',
    source: `${TRIALS}: a delivery counts when neither it nor its ack is lost; handled 1/(1−q) times`,
    loads: (
      [
        [0.1, 0.1],
        [0.3, 0],
        [0, 0.4],
      ] as const
    ).map(([there, back]) => ({
      at: `loss ${there} there, ${back} back`,
      file: throughQueue({ ackTimeout: '20ms', maxDeliveries: 1_000 }, `await ctx.work('1ms')`, { loss: there, back: { loss: back } }),
      seconds: 40,
      warmupSeconds: 1,
      comparisons: [
        mean('deliveries', sentPerRequest('queue', 'server'), 1 / ((1 - there) * (1 - back))),
        mean(
          'handled',
          ofSummary(({ components, requests }) => (components['server'] as { completions: number }).completions / requests.N),
          1 / (1 - back),
        ),
      ],
    })),
  },
];
