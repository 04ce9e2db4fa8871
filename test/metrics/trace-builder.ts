/** Traces written by hand, record by record, for tests that must know every number. */
import type { Scenario } from '../../src/model/scenario';
import { Outcome } from '../../src/model/outcome';
import { MessageKind, RecordKind, type Place, type RequestChunk, type TraceChunk } from '../../src/model/trace';

export interface Row {
  time: number;
  kind: RecordKind;
  place: number;
  request?: number;
  subject?: number;
  detail?: number;
  value?: number;
}

export interface RequestRow {
  request: number;
  outcome: Outcome;
  started: number;
  accepted: number;
  ended: number;
  held?: number;
  tr?: number;
  td?: number;
  ts?: number;
  tp?: number;
}

export function chunkOf(rows: readonly Row[], first = 0): TraceChunk {
  return {
    first,
    count: rows.length,
    time: Float64Array.from(rows, (row) => row.time),
    value: Float64Array.from(rows, (row) => row.value ?? 0),
    request: Int32Array.from(rows, (row) => row.request ?? 0),
    subject: Int32Array.from(rows, (row) => row.subject ?? 0),
    place: Uint16Array.from(rows, (row) => row.place),
    detail: Uint16Array.from(rows, (row) => row.detail ?? 0),
    kind: Uint8Array.from(rows, (row) => row.kind),
  };
}

export function requestsOf(rows: readonly RequestRow[], first = 0): RequestChunk {
  const column = (pick: (row: RequestRow) => number): Float64Array<ArrayBuffer> => Float64Array.from(rows, pick);
  return {
    first,
    count: rows.length,
    request: Int32Array.from(rows, (row) => row.request),
    client: new Uint16Array(rows.length),
    outcome: Uint8Array.from(rows, (row) => row.outcome),
    started: column((row) => row.started),
    accepted: column((row) => row.accepted),
    ended: column((row) => row.ended),
    held: column((row) => row.held ?? 0),
    tr: column((row) => row.tr ?? 0),
    td: column((row) => row.td ?? row.ended - row.started - (row.tr ?? 0) - (row.ts ?? 0) - (row.tp ?? 0)),
    ts: column((row) => row.ts ?? 0),
    tp: column((row) => row.tp ?? 0),
  };
}

export const CLIENT = 0;
export const SERVICE = 1;
export const FORTH = 2;
export const BACK = 3;

export const STATION_PLACES: readonly Place[] = [
  { kind: 'client', id: 'client' },
  { kind: 'service', id: 'server' },
  { kind: 'link', from: 'client', to: 'server', link: 0, way: 'forth' },
  { kind: 'link', from: 'server', to: 'client', link: 0, way: 'back' },
];

export interface StationOptions {
  readonly durationMicros: number;
  readonly warmupMicros?: number;
  readonly workers?: number;
  readonly waitingLimit?: number;
  readonly discipline?: 'fifo' | 'lifo';
  readonly delayMicros?: number;
}

const CONSTANT_ZERO = {
  delay: { kind: 'constant', micros: 0 },
  loss: 0,
  duplicate: 0,
  corrupt: 0,
  order: 'any',
  bytesPerSecond: undefined,
} as const;

export function stationScenario(options: StationOptions): Scenario {
  return {
    title: 'station',
    seed: 1,
    durationMicros: options.durationMicros,
    attackers: [],
    warmupMicros: options.warmupMicros ?? 0,
    deadlineMicros: undefined,
    tracing: undefined,
    alerts: [],
    components: [
      {
        kind: 'client',
        id: 'client',
        at: undefined,
        arrivals: { kind: 'list', atMicros: [] },
        calls: 'server',
        bodyBytes: 0,
        handler: undefined,
        policies: [],
        secrets: {},
        priority: 0,
        background: false,
      },
      {
        kind: 'service',
        id: 'server',
        at: undefined,
        replicas: 1,
        spread: 'random',
        startMicros: 0,
        stopMicros: 0,
        idleMicros: undefined,
        workers: options.workers ?? 1,
        waitingLimit: options.waitingLimit ?? 1_000_000,
        discipline: options.discipline ?? 'fifo',
        threads: 'blocking',
        work: { kind: 'constant', micros: 0 },
        bodyBytes: 0,
        handler: undefined,
        policies: [],
        secrets: {},
        allow: undefined,
        identity: 'claimed',
      },
    ],
    links: [{ from: 'client', to: 'server', forth: CONSTANT_ZERO, back: CONSTANT_ZERO, connection: undefined }],
    policies: {},
    faults: [],
    liveChanges: [],
    files: {},
  };
}

export interface Demand {
  readonly atMicros: number;
  readonly workMicros: number;
}

/**
 * A station reckoned the slow way: every instant's departures and arrivals in order, with a plain list of those who wait. It shares
 * nothing with the simulator but the language of records.
 */
export function stationTrace(demands: readonly Demand[], options: StationOptions): { rows: Row[]; requests: RequestRow[] } {
  const { durationMicros: end, workers = 1, waitingLimit = Infinity, discipline = 'fifo', delayMicros = 0 } = options;
  const rows: Row[] = [];
  const requests: RequestRow[] = [];
  type Job = { id: number; started: number; arrived: number; work: number; taken: number; worker: number };
  type Event = { time: number; order: number; act: () => void };
  const events: Event[] = [];
  let order = 0;
  const at = (time: number, act: () => void): void => {
    if (time <= end) events.push({ time, order: order++, act });
  };
  const waiting: Job[] = [];
  const free = Array.from({ length: workers }, (_, worker) => worker);
  const open = new Map<number, Job>();
  let now = 0;
  const write = (kind: RecordKind, place: number, job: Job, rest: Partial<Row> = {}): void => {
    rows.push({ time: now, kind, place, request: job.id, subject: job.id, ...rest });
  };
  const reply = (job: Job, outcome: Outcome): void => {
    const sentAt = now;
    write(RecordKind.messageSent, BACK, job, { detail: MessageKind.reply, value: now + delayMicros });
    at(now + delayMicros, () => {
      write(RecordKind.messageDelivered, BACK, job, { detail: MessageKind.reply, value: sentAt });
      write(RecordKind.requestEnded, CLIENT, job, { detail: outcome, value: now - job.started });
      open.delete(job.id);
      const parts = { tr: delayMicros, tp: delayMicros, ts: outcome === Outcome.ok ? job.work : 0 };
      requests.push({
        request: job.id,
        outcome,
        started: job.started,
        accepted: outcome === Outcome.ok ? now : -1,
        ended: now,
        held: now - job.started,
        ...parts,
      });
    });
  };
  const serve = (job: Job): void => {
    job.worker = free.shift()!;
    job.taken = now;
    write(RecordKind.workerTaken, SERVICE, job, { detail: job.worker, value: now - job.arrived });
    write(RecordKind.workStarted, SERVICE, job, { detail: job.worker, value: now + job.work });
    at(now + job.work, () => {
      reply(job, Outcome.ok);
      write(RecordKind.workerFreed, SERVICE, job, { detail: job.worker, value: now - job.arrived });
      free.push(job.worker);
      const next = discipline === 'fifo' ? waiting.shift() : waiting.pop();
      if (next) serve(next);
    });
  };
  for (const [index, demand] of demands.entries()) {
    at(demand.atMicros, () => {
      const job: Job = { id: index + 1, started: now, arrived: now, work: demand.workMicros, taken: 0, worker: -1 };
      open.set(job.id, job);
      write(RecordKind.requestStarted, CLIENT, job);
      write(RecordKind.messageSent, FORTH, job, { detail: MessageKind.request, value: now + delayMicros });
      const sentAt = now;
      at(now + delayMicros, () => {
        write(RecordKind.messageDelivered, FORTH, job, { detail: MessageKind.request, value: sentAt });
        job.arrived = now;
        if (free.length > 0) serve(job);
        else if (waiting.length >= waitingLimit) {
          write(RecordKind.refused, SERVICE, job);
          reply(job, Outcome.refused);
        } else {
          waiting.push(job);
          write(RecordKind.joined, SERVICE, job, { value: waiting.length });
        }
      });
    });
  }
  while (events.length > 0) {
    const next = events.reduce((best, event) =>
      event.time < best.time || (event.time === best.time && event.order < best.order) ? event : best,
    );
    events.splice(events.indexOf(next), 1);
    now = next.time;
    next.act();
  }
  for (const job of open.values())
    requests.push({ request: job.id, outcome: Outcome.inFlight, started: job.started, accepted: -1, ended: end });
  return { rows, requests };
}
