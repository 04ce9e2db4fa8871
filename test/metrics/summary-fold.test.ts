import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SummaryFold } from '../../src/metrics/summary-fold';
import type { RunSummary } from '../../src/model/summary';
import { MessageKind, RecordKind, type Place } from '../../src/model/trace';
import {
  STATION_PLACES,
  chunkOf,
  requestsOf,
  stationScenario,
  stationTrace,
  type Demand,
  type Row,
  type StationOptions,
} from './trace-builder';

const END = { events: 0, digest: 'd', variant: null, seed: 1, violations: [] };

function summarize(demands: readonly Demand[], options: StationOptions, chunkRecords = 1_000_000): RunSummary {
  const { rows, requests } = stationTrace(demands, options);
  const fold = new SummaryFold(stationScenario(options), STATION_PLACES);
  for (let first = 0; first < rows.length; first += chunkRecords) fold.add(chunkOf(rows.slice(first, first + chunkRecords), first));
  fold.addRequests(requestsOf(requests));
  return fold.finish({ ...END, endMicros: options.durationMicros });
}

describe('SummaryFold', () => {
  // One worker. Arrivals at 0, 1, 2 s; works of 2 s each; so they leave at 2, 4, 6 s, and wait 0, 1, 2 s.
  const three = [0, 1, 2].map((second) => ({ atMicros: second * 1e6, workMicros: 2e6 }));

  it('counts three requests through one worker, reckoned by hand', () => {
    const summary = summarize(three, { durationMicros: 10e6 });
    expect(summary.violations).toEqual([]);
    expect(summary).toMatchObject({ title: 'station', variant: null, seed: 1, digest: 'd', durationMs: 10_000 });
    expect(summary.requests).toEqual({
      N: 3,
      Ns: 3,
      failed: 0,
      failures: {},
      inFlight: 0,
      R: 1,
      QPerSecond: 0.3,
      T: { meanMs: 3_000, p50Ms: 3_000, p95Ms: 4_000, p99Ms: 4_000, TrMs: 0, TdMs: 1_000, TsMs: 2_000, TpMs: 0 },
      accepted: { N: 3, QPerSecond: 0.3, meanMs: 3_000 },
      heldMeanMs: 3_000,
    });
    expect(summary.components).toEqual({
      client: { kind: 'client', background: false, started: 3, ended: 3, meanOpen: 0.9 },
      server: {
        kind: 'service',
        arrivals: 3,
        completions: 3,
        refused: 0,
        abandoned: 0,
        utilization: 0.6,
        meanWaiting: 0.3,
        meanInSystem: 0.9,
        meanWaitMs: 1_000,
        meanSojournMs: 3_000,
      },
    });
    expect(summary.links).toEqual([
      {
        from: 'client',
        to: 'server',
        sent: 3,
        delivered: 3,
        lost: 0,
        cancelled: 0,
        duplicated: 0,
        corrupted: 0,
        inFlight: 0,
        bytes: 0,
        connections: 0,
        frames: 0,
        tlsHandshakes: 0,
        bandwidthUtilization: null,
      },
      {
        from: 'server',
        to: 'client',
        sent: 3,
        delivered: 3,
        lost: 0,
        cancelled: 0,
        duplicated: 0,
        corrupted: 0,
        inFlight: 0,
        bytes: 0,
        connections: 0,
        frames: 0,
        tlsHandshakes: 0,
        bandwidthUtilization: null,
      },
    ]);
  });

  it('counts only what belongs to the window after the warm-up', () => {
    // The window is [1 s, 5 s]: requests 2 and 3 start in it, 1 and 2 end in it, and 3 is in service at its end.
    const { requests, components, links } = summarize(three, { durationMicros: 5e6, warmupMicros: 1e6 });
    expect(requests).toMatchObject({ N: 2, Ns: 1, inFlight: 1, R: 1, QPerSecond: 0.5, T: { meanMs: 3_000 } });
    // In the window one waits from 1 to 2 s and one from 2 to 4 s; the worker is always busy.
    expect(components['server']).toMatchObject({ arrivals: 2, completions: 2, utilization: 1, meanWaiting: 0.75, meanInSystem: 1.75 });
    expect(components['server']).toMatchObject({ meanWaitMs: 1_500, meanSojournMs: 2_500 });
    expect(components['client']).toMatchObject({ started: 2, ended: 2, meanOpen: 1.75 });
    expect(links[0]).toMatchObject({ sent: 2, delivered: 2, inFlight: 0 });
  });

  it('keeps the books of a link in balance across the warm-up', () => {
    const { links } = summarize(three, { durationMicros: 6e6, warmupMicros: 250_000, delayMicros: 500_000 });
    // The first message is sent before the window and delivered in it: neither counts.
    expect(links[0]).toMatchObject({ sent: 2, delivered: 2, lost: 0, inFlight: 0 });
    for (const link of links) expect(link.sent).toBe(link.delivered + link.lost + link.inFlight);
  });

  it('names failures and keeps them out of T', () => {
    const { requests } = summarize(three, { durationMicros: 10e6, waitingLimit: 0 });
    expect(requests).toMatchObject({ N: 3, Ns: 2, failed: 1, failures: { RESOURCE_EXHAUSTED: 1 }, T: { meanMs: 2_000 } });
    expect(requests.R).toBeCloseTo(2 / 3, 12);
  });

  it('says null where there is nothing to average', () => {
    const { requests, components } = summarize([], { durationMicros: 1e6 });
    expect(requests).toMatchObject({ N: 0, R: null, QPerSecond: 0, T: { meanMs: null, p95Ms: null }, heldMeanMs: null });
    expect(components['server']).toMatchObject({ meanWaitMs: null, meanSojournMs: null, utilization: 0 });
  });

  it('finds a queue its redeliveries, drops and depth', () => {
    const places: readonly Place[] = [
      { kind: 'client', id: 'client' },
      { kind: 'queue', id: 'inbox' },
      { kind: 'link', from: 'client', to: 'inbox', link: 0, way: 'forth' },
      { kind: 'link', from: 'inbox', to: 'client', link: 0, way: 'back' },
    ];
    const base = stationScenario({ durationMicros: 10 });
    const scenario = {
      ...base,
      components: [
        base.components[0]!,
        {
          kind: 'queue',
          id: 'inbox',
          at: undefined,
          capacity: 2,
          overflow: 'drop-oldest',
          confirms: true,
          ack: 'manual',
          ackTimeoutMicros: undefined,
          maxDeliveries: 9,
          deadLetter: undefined,
          prefetch: 1,
          ttlMicros: undefined,
          delayMicros: 0,
          priority: 0,
          durable: true,
        },
      ],
    } as const;
    const arrive = (time: number, subject: number): Row[] => [
      { time, kind: RecordKind.messageSent, place: 2, subject, detail: MessageKind.message, value: time },
      { time, kind: RecordKind.messageDelivered, place: 2, subject, detail: MessageKind.message, value: time },
    ];
    const rows: Row[] = [
      ...arrive(0, 1), { time: 0, kind: RecordKind.joined, place: 1, subject: 1, value: 1 },
      { time: 0, kind: RecordKind.dispatched, place: 1, subject: 1, detail: 1, value: 0 },
      ...arrive(2, 2), { time: 2, kind: RecordKind.joined, place: 1, subject: 2, value: 1 },
      ...arrive(3, 3), { time: 3, kind: RecordKind.dropped, place: 1, subject: 2, value: 1 },
      { time: 3, kind: RecordKind.joined, place: 1, subject: 3, value: 1 },
      { time: 4, kind: RecordKind.returned, place: 1, subject: 1 },
      { time: 6, kind: RecordKind.dispatched, place: 1, subject: 1, detail: 2, value: 2 },
      { time: 8, kind: RecordKind.acknowledged, place: 1, subject: 1, value: 8 },
    ]; // prettier-ignore
    const fold = new SummaryFold(scenario, places);
    fold.add(chunkOf(rows));
    const { components, violations } = fold.finish({ ...END, endMicros: 10 });
    expect(violations).toEqual([]);
    expect(components['inbox']).toEqual({
      kind: 'queue',
      arrivals: 3,
      completions: 1,
      refused: 0,
      abandoned: 0,
      dropped: 1,
      expired: 0,
      deadLettered: 0,
      blocked: 0,
      blockedMs: 0,
      redelivered: 1,
      depthAtEnd: 1,
      // Ready: message 2 from 2 to 3, 3 from 3 to 10, 1 from 4 to 6. Handed out: message 1 from 0 to 4 and from 6 to 8.
      meanWaiting: 1,
      meanInSystem: 1.6,
      meanWaitMs: 1 / 1_000,
      meanSojournMs: 8 / 1_000,
    });
  });

  it('agrees with the law of Little and with itself, however the trace is cut into chunks', () => {
    const demand = fc.record({ atMicros: fc.integer({ min: 0, max: 1_000 }), workMicros: fc.integer({ min: 0, max: 300 }) });
    // So close together that much happens at one instant.
    const crowded = fc.record({ atMicros: fc.integer({ min: 0, max: 12 }), workMicros: fc.integer({ min: 0, max: 3 }) });
    const options = fc.record({
      workers: fc.integer({ min: 1, max: 3 }),
      waitingLimit: fc.integer({ min: 0, max: 5 }),
      discipline: fc.constantFrom('fifo' as const, 'lifo' as const),
      delayMicros: fc.integer({ min: 0, max: 50 }),
      warmupMicros: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.array(demand, { maxLength: 40, size: 'max' }), fc.array(crowded, { maxLength: 40, size: 'max' })),
        options,
        fc.integer({ min: 1, max: 30 }),
        (demands, given, chunkRecords) => {
          const whole = summarize(demands, { ...given, durationMicros: 1_500 });
          expect(whole.violations).toEqual([]);
          expect(summarize(demands, { ...given, durationMicros: 1_500 }, chunkRecords)).toEqual(whole);
          // Long enough for everyone to leave, and no warm-up: then λ·W = L exactly.
          const all = summarize(demands, { ...given, warmupMicros: 0, durationMicros: 20_000 }).components['server'];
          if (all?.kind !== 'service') throw new Error('no service');
          expect(all.meanInSystem * 20_000).toBeCloseTo((all.meanSojournMs ?? 0) * 1_000 * all.completions, 6);
          expect(all.arrivals).toBe(all.completions + all.refused);
        },
      ),
      { numRuns: 60 },
    );
  });
});
