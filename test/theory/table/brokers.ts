/** What a broker's queue may do besides being a line: hold back, prefer, let expire, deliver again. */
import type { LaneResult } from '../../../src/model/run-result';
import type { ComponentSummary } from '../../../src/model/summary';
import { RecordKind } from '../../../src/model/trace';
import { mm1 } from '../../../src/theory/mm1';
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
  readonly workers?: number;
  readonly loss?: number;
}

/** A client that sends, a queue, and a consumer of exponential work that holds as many messages as it has workers; no link takes time. */
function broker({ perSecond, queue = {}, send = `ctx.send('jobs')`, workers = 1, loss = 0 }: Broker): File {
  const consumer = { kind: 'service', workers, waitingLimit: 1_000_000, work: { exponential: micros(SERVICE_SECONDS) } };
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
      jobs: { kind: 'queue', prefetch: workers, ...queue },
      consumer,
    },
    links: [
      { from: 'client', to: 'jobs' },
      { from: 'jobs', to: 'consumer', loss, back: { loss: 0 } },
    ],
    files: { 'client.ts': `export async function onTick(ctx: Ctx) { ${send} }` },
  };
}

function long(at: string, load: number, file: File, comparisons: readonly Comparison[]): Load {
  const room = Math.min(load, 0.8);
  return { at, file, seconds: Math.ceil(100 / (1 - room)), warmupSeconds: Math.ceil(10 / (1 - room) ** 2), comparisons };
}

const wait = ofQueue('jobs', (queue) => queue.meanWaitMs);
const share = (count: 'expired' | 'blocked' | 'redelivered'): Measure => ofQueue('jobs', (queue) => queue[count] / queue.arrivals);

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

export const BROKERS: readonly Row[] = [
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

function doneShare({ jobs, consumer }: LaneResult['summary']['components']): number {
  if (jobs?.kind !== 'queue' || consumer?.kind !== 'service') return NaN;
  return consumer.completions / jobs.arrivals;
}
