/** A made-up trace with everything in it: lines, losses, redeliveries, refusals. Not the simulator: only its record language. */
import { Outcome } from '../../src/model/outcome';
import type { Chart } from '../../src/model/chart';
import { CHUNK_RECORDS, MessageKind, RecordKind, type Place, type TraceChunk } from '../../src/model/trace';
import type { LaneResult } from '../../src/model/run-result';
import { Agenda } from './agenda';
import { CLIENT_CHART, QUEUE_CHART, SERVICE_CHART } from './synthetic-charts';
import { TraceWriter } from './trace-writer';

export interface SyntheticOptions {
  readonly seed?: number;
  readonly requests?: number;
  readonly perSecond?: number;
  readonly workers?: number;
  readonly workMicros?: number;
  readonly delayMicros?: number;
  readonly loss?: number;
  readonly waitingLimit?: number;
  readonly chunkRecords?: number;
  /** Share of the deliveries that the consumer gives back. */
  readonly nacks?: number;
}

export function randomSource(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Places: client, greeter, way forth, way back. */
export function syntheticCall(options: SyntheticOptions = {}): LaneResult {
  const {
    seed = 7,
    requests = 300,
    perSecond = 12,
    workers = 10,
    workMicros = 1e6,
    delayMicros = 20_000,
    loss = 0.02,
    waitingLimit = 1e9,
  } = options;
  const random = randomSource(seed);
  const writer = new TraceWriter(options.chunkRecords ?? CHUNK_RECORDS);
  const agenda = new Agenda();
  const [client, service, forth, back] = [0, 1, 2, 3];
  const line: { id: number; at: number }[] = [];
  const free = Array.from({ length: workers }, (_, index) => workers - 1 - index);
  let configuration = 0;
  const change = (now: number, to: number): void => {
    if (to !== configuration) writer.write(now, RecordKind.stateChanged, service, 0, 0, (configuration = to), 0);
  };
  const travel = (now: number, way: number, id: number, kind: MessageKind, then: (now: number) => void): void => {
    const arrives = Math.round(now + delayMicros * (0.5 + random()));
    writer.write(now, RecordKind.messageSent, way, id, id, kind, arrives);
    if (random() < loss) {
      writer.write(now, RecordKind.messageLost, way, id, id, kind, arrives);
      writer.write(now, RecordKind.requestEnded, client, id, 0, Outcome.lost, 0);
      return;
    }
    agenda.add(arrives, (at) => {
      writer.write(at, RecordKind.messageDelivered, way, id, id, kind, now);
      then(at);
    });
  };
  const serve = (now: number, id: number, arrived: number): void => {
    const worker = free.pop()!;
    writer.write(now, RecordKind.workerTaken, service, id, id, worker, now - arrived);
    const ends = Math.round(now + workMicros * (0.5 + random()));
    writer.write(now, RecordKind.workStarted, service, id, id, worker, ends);
    change(now, 1);
    agenda.add(ends, (at) => {
      travel(at, back, id, MessageKind.reply, (end) => writer.write(end, RecordKind.requestEnded, client, id, 0, Outcome.ok, 0));
      writer.write(at, RecordKind.workerFreed, service, id, id, worker, at - arrived);
      free.push(worker);
      const next = line.shift();
      if (next) serve(at, next.id, next.at);
      else if (free.length === workers) change(at, 0);
    });
  };
  const arrive =
    (id: number) =>
    (now: number): void => {
      writer.write(now, RecordKind.requestStarted, client, id, 0, 0, 0);
      travel(now, forth, id, MessageKind.request, (at) => {
        if (free.length > 0) return serve(at, id, at);
        if (line.length >= waitingLimit) {
          writer.write(at, RecordKind.refused, service, id, id, 0, 0);
          return;
        }
        line.push({ id, at });
        writer.write(at, RecordKind.joined, service, id, id, 0, line.length);
      });
      if (id < requests) agenda.add(now + (1e6 / perSecond) * 2 * random(), arrive(id + 1));
    };
  agenda.add(10_000, arrive(1));
  const end = Math.round((requests / perSecond) * 1e6);
  agenda.runUntil(end);
  const places: Place[] = [
    { kind: 'client', id: 'client' },
    { kind: 'service', id: 'greeter' },
    { kind: 'link', from: 'client', to: 'greeter', link: 0, way: 'forth' },
    { kind: 'link', from: 'greeter', to: 'client', link: 0, way: 'back' },
  ];
  return lane(null, places, [CLIENT_CHART, SERVICE_CHART], [0, 1, 0, 0], [0, workers, 0, 0], writer.finish(), end, seed);
}

/** Places: client, hellos, greeter, replies, then the ways of client–hellos, hellos–greeter, greeter–replies, replies–client. */
export function syntheticQueue(options: SyntheticOptions = {}): LaneResult {
  const {
    seed = 7,
    requests = 300,
    perSecond = 12,
    workers = 10,
    workMicros = 1e6,
    delayMicros = 20_000,
    loss = 0.02,
    nacks = 0.02,
  } = options;
  const random = randomSource(seed);
  const writer = new TraceWriter(options.chunkRecords ?? CHUNK_RECORDS);
  const agenda = new Agenda();
  const [client, queue, service, replies] = [0, 1, 2, 3];
  const ready: { id: number; deliveries: number; since: number }[] = [];
  const line: { id: number; deliveries: number; at: number }[] = [];
  const free = Array.from({ length: workers }, (_, index) => workers - 1 - index);
  let held = 0;
  let configuration = 0;
  const travel = (now: number, way: number, id: number, kind: MessageKind, canLose: boolean, then: (now: number) => void): void => {
    const arrives = Math.round(now + delayMicros * (0.5 + random()));
    writer.write(now, RecordKind.messageSent, way, id, id, kind, arrives);
    if (canLose && random() < loss) return writer.write(now, RecordKind.messageLost, way, id, id, kind, arrives);
    agenda.add(arrives, (at) => {
      writer.write(at, RecordKind.messageDelivered, way, id, id, kind, now);
      then(at);
    });
  };
  const dispatch = (now: number): void => {
    const to = ready.length + held > 0 ? 1 : 0;
    if (to !== configuration) writer.write(now, RecordKind.stateChanged, queue, 0, 0, (configuration = to), 0);
    while (ready.length > 0 && held < workers * 2) {
      const { id, deliveries, since } = ready.shift()!;
      held++;
      writer.write(now, RecordKind.dispatched, queue, id, id, deliveries + 1, now - since);
      travel(now, 6, id, MessageKind.message, false, (at) => {
        if (free.length > 0) return serve(at, id, deliveries + 1, at);
        line.push({ id, deliveries: deliveries + 1, at });
        writer.write(at, RecordKind.joined, service, id, id, 0, line.length);
      });
    }
  };
  const serve = (now: number, id: number, deliveries: number, arrived: number): void => {
    const worker = free.pop()!;
    writer.write(now, RecordKind.workerTaken, service, id, id, worker, now - arrived);
    const ends = Math.round(now + workMicros * (0.5 + random()));
    writer.write(now, RecordKind.workStarted, service, id, id, worker, ends);
    agenda.add(ends, (at) => {
      const nack = random() < nacks && deliveries < 3;
      if (!nack) {
        travel(at, 8, id, MessageKind.message, true, (stored) => {
          writer.write(stored, RecordKind.joined, replies, id, id, 0, 1);
          writer.write(stored, RecordKind.dispatched, replies, id, id, 1, 0);
          writer.write(stored, RecordKind.acknowledged, replies, id, id, 0, 0);
          travel(stored, 10, id, MessageKind.message, false, (end) =>
            writer.write(end, RecordKind.requestEnded, client, id, 0, Outcome.ok, 0),
          );
        });
      }
      travel(at, 7, id, nack ? MessageKind.nack : MessageKind.ack, false, (back) => {
        held--;
        if (nack) {
          writer.write(back, RecordKind.returned, queue, id, id, deliveries, 0);
          ready.unshift({ id, deliveries, since: back });
        } else writer.write(back, RecordKind.acknowledged, queue, id, id, 0, 0);
        dispatch(back);
      });
      writer.write(at, RecordKind.workerFreed, service, id, id, worker, at - arrived);
      free.push(worker);
      const next = line.shift();
      if (next) serve(at, next.id, next.deliveries, next.at);
    });
  };
  const arrive =
    (id: number) =>
    (now: number): void => {
      writer.write(now, RecordKind.requestStarted, client, id, 0, 0, 0);
      travel(now, 4, id, MessageKind.message, true, (at) => {
        ready.push({ id, deliveries: 0, since: at });
        writer.write(at, RecordKind.joined, queue, id, id, 0, ready.length);
        travel(at, 5, id, MessageKind.confirm, false, (accepted) =>
          writer.write(accepted, RecordKind.requestAccepted, client, id, 0, 0, 0),
        );
        dispatch(at);
      });
      if (id < requests) agenda.add(now + (1e6 / perSecond) * 2 * random(), arrive(id + 1));
    };
  agenda.add(10_000, arrive(1));
  const end = Math.round((requests / perSecond) * 1e6);
  agenda.runUntil(end);
  const ways = [
    ['client', 'hellos'],
    ['hellos', 'greeter'],
    ['greeter', 'replies'],
    ['replies', 'client'],
  ] as const;
  const places: Place[] = [
    { kind: 'client', id: 'client' },
    { kind: 'queue', id: 'hellos' },
    { kind: 'service', id: 'greeter' },
    { kind: 'queue', id: 'replies' },
    ...ways.flatMap(([from, to], link): Place[] => [
      { kind: 'link', from, to, link, way: 'forth' },
      { kind: 'link', from: to, to: from, link, way: 'back' },
    ]),
  ];
  const charts = [CLIENT_CHART, SERVICE_CHART, QUEUE_CHART];
  const chartOfPlace = [0, 2, 1, 2, ...ways.flatMap(() => [0, 0])];
  return lane('queue', places, charts, chartOfPlace, [0, 0, workers, ...places.slice(3).map(() => 0)], writer.finish(), end, seed);
}

function lane(
  variant: string | null,
  places: Place[],
  charts: Chart[],
  chartOfPlace: number[],
  workersOfPlace: number[],
  chunks: readonly TraceChunk[],
  end: number,
  seed: number,
): LaneResult {
  const nothing = { meanMs: null, p50Ms: null, p95Ms: null, p99Ms: null, TrMs: null, TdMs: null, TsMs: null, TpMs: null };
  const last = chunks.at(-1);
  return {
    variant,
    summary: {
      title: 'synthetic',
      variant,
      seed,
      digest: '',
      events: 0,
      durationMs: end / 1000,
      components: {},
      replicated: {},
      links: [],
      policies: [],
      metrics: [],
      alerts: [],
      spans: { recorded: 0, dropped: 0 },
      log: { debug: 0, info: 0, warn: 0, error: 0, dropped: 0 },
      attackers: [],
      violations: [],
      requests: {
        N: 0,
        Ns: 0,
        failed: 0,
        failures: {},
        inFlight: 0,
        R: null,
        QPerSecond: 0,
        T: nothing,
        accepted: { N: 0, QPerSecond: 0, meanMs: null },
        heldMeanMs: null,
      },
    },
    durationMicros: end,
    warmupMicros: 0,
    deadlineMicros: undefined,
    endMicros: end,
    places,
    charts,
    chartOfPlace,
    workersOfPlace,
    chunks,
    keptFrom: { micros: 0, record: 0, missing: new Int32Array(0), connections: [] },
    totalRecords: last ? last.first + last.count : 0,
    requests: [],
    log: [],
    spans: [],
    instruments: [],
    handlerProblems: [],
    stopped: undefined,
  };
}
