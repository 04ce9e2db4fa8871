/** Parameters that change while a run goes on. */
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, queued } from './scenarios';

const AT_ONCE = merge(CALLED, { components: { client: { arrivals: { list: ['1s', '1s', '1s', '1s'] } } } });
const ends = (lane: ReturnType<typeof runFile>): number[] => rowsOf(lane).map(({ endedMs }) => endedMs);
const set = (file: unknown, ...faults: readonly unknown[]): unknown => merge(file, { faults });

describe('the workers of a service', () => {
  it('become more: those who wait are served at once', () => {
    const lane = runFile(set(AT_ONCE, { at: '1070ms', set: { 'components.server.workers': 3 } }));
    expect(ends(lane)).toEqual([1_150, 1_200, 1_200, 1_250]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('become fewer: those at work finish', () => {
    const three = merge(AT_ONCE, { components: { server: { workers: 3 } } });
    const lane = runFile(set(three, { at: '1070ms', set: { 'components.server.workers': 1 } }));
    expect(ends(lane)).toEqual([1_150, 1_150, 1_150, 1_250]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('come and go: afterwards they are as before', () => {
    const lane = runFile(set(AT_ONCE, { at: '500ms', for: '600ms', set: { 'components.server.workers': 2 } }));
    // Two at 1020, both done at 1120; then one after the other.
    expect(ends(lane)).toEqual([1_150, 1_150, 1_250, 1_350]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('count in the utilization as many as there were', () => {
    // One worker for 5 s, three for 5 s: 20 s of work could be done, and 0.4 s is.
    const lane = runFile(set(AT_ONCE, { at: '5s', set: { 'components.server.workers': 3 } }));
    expect(lane.summary.components['server']).toMatchObject({ utilization: 0.4 / 20 });
  });
});

it('a shorter line refuses who comes, and keeps who is there', () => {
  const file = merge(CALLED, { components: { client: { arrivals: { list: ['1s', '1s', '1s', '1050ms'] } } } });
  const lane = runFile(set(file, { at: '1060ms', set: { 'components.server.waitingLimit': 1 } }));
  expect(rowsOf(lane).map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok', 'RESOURCE_EXHAUSTED']);
  expect(lane.summary.violations).toEqual([]);
});

it('other work counts for what begins', () => {
  const lane = runFile(set(AT_ONCE, { at: '1070ms', set: { 'components.server.work': '10ms' } }));
  expect(ends(lane)).toEqual([1_150, 1_160, 1_170, 1_180]);
});

describe('arrivals', () => {
  it('have the new rate from then on, and the old one afterwards; of two things at one instant the change is first', () => {
    const file = merge(CALLED, { components: { client: { arrivals: { list: null, constant: '1/s' } }, server: { workers: 99 } } });
    const lane = runFile(set(file, { at: '3500ms', for: '1s', set: { 'components.client.arrivals.constant': '5/s' } }));
    const starts = recordsOf(lane, RecordKind.requestStarted).map(({ timeMicros }) => timeMicros / 1_000);
    expect(starts).toEqual([1_000, 2_000, 3_000, 3_700, 3_900, 4_100, 4_300, 5_500, 6_500, 7_500, 8_500, 9_500]);
  });

  it('of a Poisson stream double in the second half', () => {
    const file = merge(CALLED, {
      duration: '200s',
      components: { client: { arrivals: { list: null, poisson: '10/s' } }, server: { workers: 99 } },
      faults: [{ at: '100s', set: { 'components.client.arrivals.poisson': '20/s' } }],
    });
    const counts = Array.from({ length: 20 }, (_, seed) => runFile(file, { seed, keepTrace: false }).summary.requests.N);
    const { low, high } = meanInterval(counts, 0.999);
    expect(low).toBeLessThan(3_000);
    expect(high).toBeGreaterThan(3_000);
    expect(high - low).toBeLessThan(120);
  });
});

it('a link has its new delay for what is sent from then on; of two settings the later counts', () => {
  const file = set(
    merge(CALLED, { components: { client: { arrivals: { list: ['1s', '2s', '3s', '5s'] } } } }),
    { at: '1500ms', for: '2s', set: { 'links[0].delay': '200ms', 'links[0].back.delay': '300ms' } },
    { at: '2500ms', for: '2s', set: { 'links[0].delay': '500ms' } },
  );
  const lane = runFile(file);
  expect(rowsOf(lane).map(({ tr, tp }) => [tr, tp])).toEqual([
    [20, 30],
    [200, 300],
    // Its reply is sent at 3600, when the way back is as in the file.
    [500, 30],
    [20, 30],
  ]);
  expect(lane.summary.violations).toEqual([]);
});

describe('an event loop', () => {
  const loop = merge(AT_ONCE, { components: { server: { threads: 'event-loop' } } });

  it('gets workers, who take those that wait', () => {
    const lane = runFile(set(loop, { at: '1070ms', set: { 'components.server.workers': 3 } }));
    expect(ends(lane)).toEqual([1_150, 1_200, 1_200, 1_250]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('loses workers, who finish first', () => {
    const three = merge(loop, { components: { server: { workers: 3 } } });
    const lane = runFile(set(three, { at: '1070ms', set: { 'components.server.workers': 1 } }));
    expect(ends(lane)).toEqual([1_150, 1_150, 1_150, 1_250]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('serves handlers that await with the workers that it has by then', () => {
    const code = { 'server.ts': `export async function onRequest(r, ctx) { await ctx.sleep('100ms'); await ctx.work('100ms') }` };
    const components = { server: { threads: 'event-loop', work: null, handler: 'server.ts' } };
    const lane = runFile(set(merge(AT_ONCE, { components, files: code }), { at: '1070ms', set: { 'components.server.workers': 2 } }));
    // All sleep until 1120; then two and two work.
    expect(ends(lane)).toEqual([1_250, 1_250, 1_350, 1_350]);
    expect(lane.summary.violations).toEqual([]);
  });
});

describe('a store', () => {
  it('has other operations and another delay for what begins', () => {
    const file = {
      version: 1,
      duration: '10s',
      components: {
        client: { kind: 'client', arrivals: { list: ['1s', '1s', '1s', '3s'] }, handler: 'client.ts' },
        server: { kind: 'service', workers: 9, handler: 'server.ts' },
        store: { kind: 'store', operations: 1, delay: '100ms' },
      },
      links: [
        { from: 'client', to: 'server' },
        { from: 'server', to: 'store' },
      ],
      files: {
        'client.ts': `export async function onTick(ctx) { await ctx.call('server') }`,
        'server.ts': `export async function onRequest(r, ctx) { await ctx.store.put('key', 1) }`,
      },
    };
    const lane = runFile(set(file, { at: '1050ms', set: { 'components.store.operations': 3, 'components.store.delay': '10ms' } }));
    expect(ends(lane)).toEqual([1_100, 1_060, 1_060, 3_010]);
    expect(lane.summary.violations).toEqual([]);
  });
});

it('a balancer gives away what comes as its new policy says', () => {
  const file = merge(CALLED, {
    components: {
      client: { arrivals: { list: null, constant: '10/s' }, calls: 'balancer' },
      balancer: { kind: 'balancer', policy: 'round-robin' },
      server: { replicas: 2, workers: 9, work: '1ms' },
    },
    links: [
      { from: 'client', to: 'balancer' },
      { from: 'balancer', to: 'server' },
    ],
  });
  const lane = runFile(set(file, { at: '5s', set: { 'components.balancer.policy': 'consistent-hash' } }));
  const after = recordsOf(lane, RecordKind.forwarded).filter(({ timeMicros }) => timeMicros >= 5e6);
  const before = recordsOf(lane, RecordKind.forwarded).filter(({ timeMicros }) => timeMicros < 5e6);
  expect(new Set(before.map(({ detail }) => detail)).size).toBe(2);
  // All come from one client, so all have one place on the ring.
  expect(new Set(after.map(({ detail }) => detail)).size).toBe(1);
});

describe('a queue', () => {
  const jobs = (queue: Record<string, unknown>, onMessage = `await ctx.work('1s')`): unknown =>
    merge(queued(`for (let n = 0; n < 4; n++) await ctx.send('jobs', n).accepted`, onMessage, queue), {
      components: { worker: { workers: 4 } },
    });
  const dispatchedMs = (lane: ReturnType<typeof runFile>): number[] =>
    recordsOf(lane, RecordKind.dispatched, 'jobs').map(({ timeMicros }) => timeMicros / 1_000);

  it('hands out more at once from the instant its prefetch grows', () => {
    const lane = runFile(set(jobs({ prefetch: 1 }), { at: '1500ms', set: { 'components.jobs.prefetch': 3 } }));
    expect(dispatchedMs(lane)).toEqual([1_010, 1_500, 1_500, 2_030]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('gives up sooner, and delays, from then on', () => {
    const lane = runFile(
      set(jobs({}, `throw new Error('no')`), {
        at: '1s',
        set: { 'components.jobs.maxDeliveries': 2, 'components.jobs.delay': '1s' },
      }),
    );
    expect(lane.summary.components['jobs']).toMatchObject({ dropped: 4, redelivered: 4 });
    expect(dispatchedMs(lane)[0]).toBe(2_010);
    expect(lane.summary.violations).toEqual([]);
  });

  it('lets what is ready from then on expire', () => {
    const lane = runFile(set(jobs({ prefetch: 1 }), { at: '1s', set: { 'components.jobs.ttl': '1500ms' } }));
    expect(lane.summary.components['jobs']).toMatchObject({ expired: 2 });
    expect(lane.summary.violations).toEqual([]);
  });
});
