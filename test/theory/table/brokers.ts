/** What a broker's queue does, as the stations that it makes of its consumers. */
import type { LaneResult } from '../../../src/model/run-result';
import type { ComponentSummary } from '../../../src/model/summary';
import { RecordKind } from '../../../src/model/trace';
import { mm1, mm1k } from '../../../src/theory/mm1';
import { mmc } from '../../../src/theory/mmc';
import { ofQueue } from './measures';
import { mean, type Comparison, type Load, type Measure, type Row } from './row';
import { micros, type File } from './scenarios';

const SERVICE_SECONDS = 0.1;
const RATE = 1 / SERVICE_SECONDS;

interface Broker {
  readonly perSecond: number;
  readonly queue?: Readonly<Record<string, unknown>>;
  /** The code that sends. */
  readonly send?: string;
  readonly consumers?: number;
  readonly workers?: number;
  readonly loss?: number;
}

/** A client that sends, a queue, and consumers of exponential work; no link takes time. A consumer takes one message at a time. */
function broker({ perSecond, queue = {}, send = `ctx.send('jobs')`, consumers = 1, workers = 1, loss = 0 }: Broker): File {
  const names = Array.from({ length: consumers }, (_, index) => `consumer${index}`);
  const consumer = { kind: 'service', workers, waitingLimit: 1_000_000, work: { exponential: micros(SERVICE_SECONDS) } };
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      jobs: { kind: 'queue', prefetch: workers, ...queue },
      ...Object.fromEntries(names.map((name) => [name, consumer])),
    },
    links: [{ from: 'client', to: 'jobs' }, ...names.map((name) => ({ from: 'jobs', to: name, loss, back: { loss: 0 } }))],
    files: { 'client.ts': `export async function onTick(ctx: Ctx) { ${send} }` },
  };
}

function long(at: string, load: number, file: File, comparisons: readonly Comparison[]): Load {
  const room = Math.min(load, 0.8);
  return { at, file, seconds: Math.ceil(100 / (1 - room)), warmupSeconds: Math.ceil(10 / (1 - room) ** 2), comparisons };
}

const present = ofQueue('jobs', (queue) => queue.meanInSystem);
const wait = ofQueue('jobs', (queue) => queue.meanWaitMs);
const share = (count: 'refused' | 'dropped' | 'expired' | 'blocked' | 'redelivered'): Measure =>
  ofQueue('jobs', (queue) => queue[count] / queue.arrivals);

/** The share of time during which somebody is held back. */
const blockedTime: Measure = {
  needsTrace: false,
  of: ({ summary, warmupMicros }) => ofQueueMs(summary.components['jobs']) / (summary.durationMs - warmupMicros / 1_000),
};
const ofQueueMs = (queue: ComponentSummary | undefined): number => (queue?.kind === 'queue' ? queue.blockedMs : NaN);

/** The mean wait of the messages of one priority until they are delivered, in ms. */
function waitOfPriority(priority: number): Measure {
  return {
    needsTrace: true,
    of: ({ chunks, places, warmupMicros }: LaneResult) => {
      const jobs = places.findIndex((place) => place.kind === 'queue');
      const those = new Set<number>();
      let [count, sum] = [0, 0];
      for (const { kind, place, detail, subject, value, time, ...chunk } of chunks) {
        for (let at = 0; at < chunk.count; at++) {
          if (place[at] !== jobs) continue;
          if (kind[at] === RecordKind.joined && detail[at] === priority) those.add(subject[at]!);
          if (kind[at] !== RecordKind.dispatched || time[at]! < warmupMicros || !those.delete(subject[at]!)) continue;
          count++;
          sum += value[at]!;
        }
      }
      return sum / count / 1_000;
    },
  };
}

/** Cobham: who has priority k waits W₀/((1−σₖ₊₁)(1−σₖ)), where σₖ is the load of priority k and all above; W₀ = ρ/μ for exponential work. */
function cobhamMs(loads: readonly number[], priority: number): number {
  const above = (from: number): number => loads.slice(from).reduce((sum, load) => sum + load, 0);
  return (above(0) * SERVICE_SECONDS * 1_000) / ((1 - above(priority + 1)) * (1 - above(priority)));
}

function priorities(loads: readonly number[]): Load {
  const total = loads.reduce((sum, load) => sum + load, 0);
  const cumulated = loads.map((_, at) => loads.slice(0, at + 1).reduce((sum, load) => sum + load, 0) / total);
  const send = `const draw = ctx.random(); await ctx.send('jobs', null, { priority: ${JSON.stringify(cumulated)}.findIndex((until) => draw < until) }).accepted`;
  const file = broker({ perSecond: total * RATE, queue: { priority: 9 }, send });
  const expected = loads.map((_, priority) =>
    mean(`wait of priority ${priority} in ms`, waitOfPriority(priority), cobhamMs(loads, priority)),
  );
  // The law of conservation: the order changes who waits, not the mean over all.
  return long(`loads ${loads.join(', ')}`, total, file, [
    ...expected,
    mean('wait of all in ms', wait, mm1(total * RATE, RATE).meanWaitSeconds * 1_000),
  ]);
}

/** Who would wait longer than the ttl τ expires: P(V > τ), where V is the work that those served have left (density λP₀e^−(μ−λ)x up to τ). */
function expiredShare(load: number, ttlSeconds: number): number {
  const [lambda, mu] = [load * RATE, RATE];
  const tail = (lambda / mu) * Math.exp(-(mu - lambda) * ttlSeconds);
  const below = lambda === mu ? lambda * ttlSeconds : (lambda * (1 - Math.exp(-(mu - lambda) * ttlSeconds))) / (mu - lambda);
  return tail / (1 + below + tail);
}

/** Deliveries start every τ until the first of them is done: that none is by nτ has the chance q·q²·…·qⁿ, q = e^−μτ. */
function redeliveries(timeoutSeconds: number): number {
  const q = Math.exp(-RATE * timeoutSeconds);
  let sum = 0;
  for (let n = 1; n < 100; n++) sum += q ** ((n * (n + 1)) / 2);
  return sum;
}

const LOSSES = [
  [0.5, 3],
  [0.8, 5],
  [1.2, 4],
] as const;

export const BROKERS: readonly Row[] = [
  {
    name: 'M/M/1/K as a queue that rejects, and as one that drops the oldest',
    source: 'Kleinrock, Queueing Systems I, 3.6; whoever is thrown away, as many are',
    loads: LOSSES.flatMap(([load, capacity]) => {
      const { blocking, meanInSystem } = mm1k(load * RATE, RATE, capacity);
      const at = `ρ = ${load}, K = ${capacity}`;
      const lossy = (overflow: string) => broker({ perSecond: load * RATE, queue: { capacity, overflow } });
      return [
        long(`${at}, reject`, load, lossy('reject'), [mean('share refused', share('refused'), blocking), mean('L', present, meanInSystem)]),
        long(`${at}, drop the oldest`, load, lossy('drop-oldest'), [
          mean('share dropped', share('dropped'), blocking),
          mean('L', present, meanInSystem),
        ]),
      ];
    }),
  },
  {
    name: 'M/M/1 as a queue that blocks its producers',
    source: 'Kleinrock, Queueing Systems I, 3.2: who is held back meets K or more, ρᴷ by PASTA',
    loads: [
      [0.5, 2],
      [0.8, 4],
    ].map(([load = 0, capacity = 1]) =>
      long(`ρ = ${load}, K = ${capacity}`, load, broker({ perSecond: load * RATE, queue: { capacity, overflow: 'block' } }), [
        mean('share held back', share('blocked'), load ** capacity),
        mean('share of time that producers are held back', blockedTime, load ** (capacity + 1)),
      ]),
    ),
  },
  {
    name: 'M/M/1 with priorities, none interrupted',
    source: 'A. Cobham, Priority assignment in waiting line problems, Operations Research 2 (1954)',
    loads: [priorities([0.3, 0.3]), priorities([0.6, 0.2]), priorities([0.2, 0.3, 0.3])],
  },
  {
    name: 'M/M/1+D: a ttl',
    source: 'D. Y. Barrer, Queuing with impatient customers and ordered service, Operations Research 5 (1957)',
    loads: [
      [0.5, 0.1],
      [0.8, 0.3],
      [1, 0.5],
      [1.5, 0.4],
    ].map(([load = 0, ttl = 0]) =>
      long(`ρ = ${load}, ttl ${ttl} s`, load, broker({ perSecond: load * RATE, queue: { ttl: micros(ttl) } }), [
        mean('share expired', share('expired'), expiredShare(load, ttl)),
      ]),
    ),
  },
  {
    name: 'M/M/c as competing consumers',
    source: 'Gross et al., Fundamentals of Queueing Theory, 2.3',
    loads: [
      [2, 0.6],
      [4, 0.8],
    ].map(([consumers = 1, load = 0]) => {
      const theory = mmc(load * consumers * RATE, RATE, consumers);
      return long(`c = ${consumers}, ρ = ${load}`, load, broker({ perSecond: load * consumers * RATE, consumers }), [
        mean('wait in ms', wait, theory.meanWaitSeconds * 1_000),
        mean('L', present, theory.meanInSystem),
      ]);
    }),
  },
  {
    name: 'at least once: deliveries again after an ack timeout',
    source: 'the first of several deliveries that run side by side, each begun one timeout after the last',
    loads: [0.05, 0.1, 0.2].map((timeout) =>
      long(`timeout ${timeout} s`, 0.5, broker({ perSecond: 20, queue: { ackTimeout: micros(timeout) }, workers: 200 }), [
        mean('deliveries again per message', share('redelivered'), redeliveries(timeout)),
      ]),
    ),
  },
  {
    name: 'at most once: messages lost after an automatic acknowledgement',
    source: 'each delivery is lost by itself, and nobody misses it',
    loads: [0.05, 0.3].map((loss) =>
      long(`loss ${loss}`, 0.5, broker({ perSecond: 20, queue: { ack: 'auto' }, workers: 200, loss }), [
        mean('share done', { needsTrace: false, of: ({ summary }) => doneShare(summary.components) }, 1 - loss),
        mean(
          'share acknowledged',
          ofQueue('jobs', ({ completions, arrivals }) => completions / arrivals),
          1,
        ),
      ]),
    ),
  },
];

function doneShare({ jobs, consumer0 }: LaneResult['summary']['components']): number {
  if (jobs?.kind !== 'queue' || consumer0?.kind !== 'service') return NaN;
  return consumer0.completions / jobs.arrivals;
}
