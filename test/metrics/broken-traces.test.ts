/** Each invariant fires on a trace damaged for it. */
import { describe, expect, it } from 'vitest';
import { SummaryFold } from '../../src/metrics/summary-fold';
import { Outcome } from '../../src/model/outcome';
import { MessageKind, RecordKind } from '../../src/model/trace';
import {
  BACK,
  FORTH,
  SERVICE,
  STATION_PLACES,
  chunkOf,
  requestsOf,
  stationScenario,
  stationTrace,
  type Row,
  type StationOptions,
} from './trace-builder';

const END = { events: 0, digest: 'd', variant: null, seed: 1, violations: [] };

describe('the invariants', () => {
  const options = { durationMicros: 10e6, workers: 1, waitingLimit: 5, delayMicros: 100 };
  const demands = [0, 1, 2, 3].map((second) => ({ atMicros: second * 1e6, workMicros: 15e5 }));

  function violations(damage: (rows: Row[]) => void, given: StationOptions = options): readonly string[] {
    const { rows, requests } = stationTrace(demands, given);
    damage(rows);
    const fold = new SummaryFold(stationScenario(given), STATION_PLACES);
    fold.add(chunkOf(rows));
    fold.addRequests(requestsOf(requests));
    return fold.finish({ ...END, endMicros: given.durationMicros }).violations;
  }

  it('hold for a trace with losses', () => {
    const lose = (rows: Row[]): void => {
      const lost = { time: 10e6, place: FORTH, subject: 9, detail: MessageKind.message, value: 10e6 - 1 };
      rows.push({ ...lost, kind: RecordKind.messageSent, value: 10e6 }, { ...lost, kind: RecordKind.messageLost, value: 10e6 });
      const early = { time: 4e6 + 1, place: FORTH, subject: 10, detail: MessageKind.message, value: 5e6 };
      const at = rows.findIndex((row) => row.time > early.time);
      rows.splice(at, 0, { ...early, kind: RecordKind.messageSent }, { ...early, kind: RecordKind.messageLost });
    };
    expect(violations(lose)).toEqual([]);
  });

  const find = (rows: Row[], kind: RecordKind, place?: number): Row =>
    rows.find((row) => row.kind === kind && (place === undefined || row.place === place))!;
  const without =
    (kind: RecordKind, place?: number) =>
    (rows: Row[]): void => {
      rows.splice(rows.indexOf(find(rows, kind, place)), 1);
    };
  const change =
    (kind: RecordKind, edit: (row: Row) => void, place?: number) =>
    (rows: Row[]): void =>
      edit(find(rows, kind, place));

  it('hold for a good trace', () => {
    expect(violations(() => undefined)).toEqual([]);
  });

  const cases: readonly (readonly [string, string, (rows: Row[]) => void])[] = [
    ['a record out of order', 'time never runs back: server', change(RecordKind.workerFreed, (row) => (row.time -= 10e5))],
    ['a delivery that is missing', 'sent = delivered + lost + in flight: client → server', without(RecordKind.messageDelivered, FORTH)],
    [
      'a loss after the delivery',
      'sent = delivered + lost + in flight: client → server, t = 100',
      (rows) => {
        rows.splice(rows.indexOf(find(rows, RecordKind.messageDelivered, FORTH)) + 1, 0, {
          time: 100,
          kind: RecordKind.messageLost,
          place: FORTH,
          subject: 1,
          value: 100,
        });
      },
    ],
    [
      'a delivery of another kind',
      'sent = delivered + lost + in flight',
      change(RecordKind.messageDelivered, (row) => (row.detail = MessageKind.ack)),
    ],
    [
      'an arrival that vanishes',
      'arrivals = completions + refused + expired + dropped + dead letters + present: server',
      (rows) => rows.splice(0, Infinity, ...rows.filter((row) => row.place !== SERVICE || row.subject !== 4)),
    ],
    [
      'a reply nobody asked for',
      'no reply without its request: server → client',
      (rows) => {
        rows.unshift({ time: 0, kind: RecordKind.messageSent, place: BACK, subject: 9, detail: MessageKind.reply, value: 100 });
      },
    ],
    [
      'a worker taken twice',
      'each worker serves at most one: server',
      (rows) => {
        const taken = rows.indexOf(find(rows, RecordKind.workerTaken));
        rows.splice(taken + 1, 0, { ...rows[taken]!, subject: 9 });
      },
    ],
    ['a worker that does not exist', 'each worker serves at most one: server', change(RecordKind.workerTaken, (row) => (row.detail = 7))],
    ['work without a worker', 'each worker serves at most one: server', change(RecordKind.workStarted, (row) => (row.subject = 9))],
    [
      'a worker freed of another message',
      'each worker serves at most one: server',
      change(RecordKind.workerFreed, (row) => (row.subject = 9)),
    ],
    ['a wrong sojourn', 'area under N(t) = Σ sojourns: server', change(RecordKind.workerFreed, (row) => (row.value! += 1))],
    ['a wrong wait', 'the time waited: server', change(RecordKind.workerTaken, (row) => (row.value! += 1))],
    ['a wrong number waiting', 'the number waiting: server', change(RecordKind.joined, (row) => (row.value! += 1))],
    ['a departure without a taking', 'nothing leaves that was not there: server', without(RecordKind.workerTaken)],
    [
      'a request that ends twice',
      'every request is decided once or in flight',
      (rows) => rows.push({ ...find(rows, RecordKind.requestEnded), time: 10e6 }),
    ],
  ];

  it.each(cases)('see %s', (_name, expected, damage) => {
    expect(violations(damage).join('\n')).toContain(expected);
  });

  it('see a line above its limit', () => {
    const { rows, requests } = stationTrace(demands, options);
    const fold = new SummaryFold(stationScenario({ ...options, waitingLimit: 0 }), STATION_PLACES);
    fold.add(chunkOf(rows));
    fold.addRequests(requestsOf(requests));
    expect(fold.finish({ ...END, endMicros: options.durationMicros }).violations.join('\n')).toContain(
      'the limit holds: server, t = 1000100 µs: 1 of 0',
    );
  });

  it('see a message that overtakes a FIFO line', () => {
    const lifo = { ...options, discipline: 'lifo' } as const;
    const slow = demands.map((demand) => ({ ...demand, workMicros: 25e5 }));
    const { rows, requests } = stationTrace(slow, lifo);
    const check = (given: StationOptions): readonly string[] => {
      const fold = new SummaryFold(stationScenario(given), STATION_PLACES);
      fold.add(chunkOf(rows));
      fold.addRequests(requestsOf(requests));
      return fold.finish({ ...END, endMicros: options.durationMicros }).violations;
    };
    expect(check(lifo)).toEqual([]);
    expect(check(options).join('\n')).toContain('the time waited');
  });

  it.each([
    [
      'a part too many',
      { td: 1, ended: 1_000, started: 0, accepted: -1 },
      'Tr + Td + Ts + Tp = T: client, t = 1000 µs: request 1: 0 + 1 + 0 + 0 ≠ 1000',
    ],
    ['a negative part', { tr: -5, td: 1_005, ended: 1_000, started: 0, accepted: -1 }, 'Tr + Td + Ts + Tp = T'],
    ['an acceptance after the end', { ended: 1_000, started: 0, accepted: 2_000 }, 'a request starts, is accepted, ends'],
  ])('see %s in a request', (_name, row, expected) => {
    const fold = new SummaryFold(stationScenario({ durationMicros: 1e6 }), STATION_PLACES);
    fold.addRequests(requestsOf([{ request: 1, outcome: Outcome.ok, ...row }]));
    expect(fold.finish({ ...END, endMicros: 1e6 }).violations.join('\n')).toContain(expected);
  });

  it('let a run be cut inside its last event, but a finished run not', () => {
    const { rows, requests } = stationTrace(demands, options);
    const cut = rows.slice(0, rows.indexOf(find(rows, RecordKind.joined)));
    const last = cut.at(-1)!.time;
    const finish = (endMicros: number): readonly string[] => {
      const fold = new SummaryFold(stationScenario({ ...options, durationMicros: 2e6 }), STATION_PLACES);
      fold.add(chunkOf(cut));
      fold.addRequests(
        requestsOf(
          requests
            .slice(0, 2)
            .map((row) => ({ ...row, outcome: Outcome.inFlight, started: 0, accepted: -1, ended: last, tr: 0, td: last, ts: 0, tp: 0 })),
        ),
      );
      return fold.finish({ ...END, endMicros }).violations;
    };
    expect(finish(last)).toEqual([]);
    expect(finish(2e6)).not.toEqual([]);
  });

  it('keep what the simulator itself found, and stop at a hundred', () => {
    const fold = new SummaryFold(stationScenario(options), STATION_PLACES);
    fold.add(chunkOf(Array.from({ length: 500 }, () => ({ time: 0, kind: RecordKind.messageDelivered, place: FORTH }))));
    const found = fold.finish({ ...END, endMicros: 10e6, violations: ['ours'] }).violations;
    expect(found[0]).toBe('ours');
    expect(found).toHaveLength(101);
  });
});
