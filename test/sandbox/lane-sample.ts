import type { LaneResult } from '../../src/model/run-result';

/** The smallest lane that has one of everything: two records, one request, one log line, a chart. */
export function laneOf(variant: string | null): LaneResult {
  const mean = { meanMs: 5, p50Ms: 5, p95Ms: 5, p99Ms: 5, TrMs: 1, TdMs: 1, TsMs: 2, TpMs: 1 };
  return {
    variant,
    summary: {
      title: 'Greeter',
      variant,
      seed: 7,
      digest: 'abc',
      events: 12,
      durationMs: 1_000,
      requests: {
        N: 1,
        Ns: 1,
        failed: 0,
        failures: {},
        inFlight: 0,
        R: 1,
        QPerSecond: 1,
        T: mean,
        accepted: { N: 1, QPerSecond: 1, meanMs: 5 },
        heldMeanMs: null,
      },
      components: { client: { kind: 'client', started: 1, ended: 1, meanOpen: 0.005 } },
      replicated: {},
      links: [{ from: 'client', to: 'greeter', sent: 1, delivered: 1, lost: 0, cancelled: 0, duplicated: 0, corrupted: 0, inFlight: 0, bytes: 0, connections: 0 }],
      policies: [],
      violations: [],
    },
    durationMicros: 1_000_000,
    warmupMicros: 0,
    deadlineMicros: undefined,
    endMicros: 1_000_000,
    places: [
      { kind: 'client', id: 'client' },
      { kind: 'service', id: 'greeter' },
      { kind: 'link', from: 'client', to: 'greeter', link: 0, way: 'forth' },
      { kind: 'link', from: 'greeter', to: 'client', link: 0, way: 'back' },
    ],
    charts: [
      {
        id: 'link',
        states: [{ id: 'up', parent: undefined, kind: 'atomic', initial: true }],
        transitions: [{ from: 'up', to: undefined, event: 'send', guard: undefined, actions: ['deliver'] }],
        configurations: [['up']],
      },
    ],
    chartOfPlace: [0, 0, 0, 0],
    workersOfPlace: [0, 1, 0, 0],
    chunks: [
      {
        first: 0,
        count: 2,
        time: new Float64Array([0, 5]),
        value: new Float64Array(2),
        request: new Int32Array(2),
        subject: new Int32Array(2),
        place: new Uint16Array([0, 1]),
        detail: new Uint16Array(2),
        kind: new Uint8Array([1, 3]),
      },
    ],
    keptFrom: { micros: 0, record: 0, missing: new Int32Array(0) },
    totalRecords: 2,
    requests: [
      {
        first: 0,
        count: 1,
        request: new Int32Array(1),
        client: new Uint16Array(1),
        outcome: new Uint8Array(1),
        started: new Float64Array(1),
        accepted: new Float64Array(1),
        ended: new Float64Array(1),
        held: new Float64Array(1),
        tr: new Float64Array(1),
        td: new Float64Array(1),
        ts: new Float64Array(1),
        tp: new Float64Array(1),
      },
    ],
    log: [{ atMicros: 5, place: 1, request: 0, text: 'hello' }],
    handlerProblems: [
      {
        path: 'files.greeter.ts',
        key: 'problem.handlerThrew',
        params: { message: 'x' },
        file: 'greeter.ts',
        line: 1,
        column: 2,
        atMicros: 5,
      },
    ],
    stopped: undefined,
  };
}
