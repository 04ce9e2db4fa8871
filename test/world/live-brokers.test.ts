/** Queues, topics and balancers whose parameters change while a run goes on. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, queued } from './scenarios';
import { publishing, records } from './topic-scenario';

const set = (file: unknown, ...faults: readonly unknown[]): unknown => merge(file, { faults });
const run = (file: unknown) => {
  const lane = runFile(file);
  expect(lane.summary.violations).toEqual([]);
  return lane;
};
const timesOf = (lane: ReturnType<typeof runFile>, kind: RecordKind, place?: string): number[] =>
  recordsOf(lane, kind, place).map(({ timeMicros }) => timeMicros / 1_000);

describe('a queue', () => {
  /** Six messages at once to a queue of which nobody takes anything before 5 s; each says when it was accepted. */
  const held = (queue: Readonly<Record<string, unknown>>): unknown =>
    merge(
      queued(
        `await Promise.allSettled([1, 2, 3, 4, 5, 6].map(async (n) => { try { await ctx.send('jobs', n).accepted; ctx.log(n, ctx.now) } catch (error) { ctx.log(n, error.status, ctx.now) } }))`,
        `await ctx.work('1ms')`,
        { capacity: 2, ...queue },
      ),
      { faults: [{ at: '0s', for: '5s', crash: 'worker' }] },
    );
  const and = (file: unknown, ...faults: readonly unknown[]): unknown =>
    merge(file, { faults: [{ at: '0s', for: '5s', crash: 'worker' }, ...faults] });

  it('that holds its producers back lets them in as its capacity grows', () => {
    const lane = run(and(held({ overflow: 'block' }), { at: '2s', set: { 'components.jobs.capacity': 4 } }));
    expect(logOf(lane).slice(0, 4)).toEqual(['1 1020', '2 1020', '3 2010', '4 2010']);
    expect(timesOf(lane, RecordKind.unblocked)).toEqual([2_000, 2_000, 5_021, 5_022]);
  });

  it('keeps what it has when its capacity shrinks, and lets nobody in before there is room', () => {
    const lane = run(and(held({ overflow: 'block', capacity: 4 }), { at: '2s', set: { 'components.jobs.capacity': 1 } }));
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 6, completions: 6, dropped: 0, refused: 0 });
    // Two wait at the door until three of the four have gone.
    expect(logOf(lane).slice(0, 4)).toEqual(['1 1020', '2 1020', '3 1020', '4 1020']);
    expect(timesOf(lane, RecordKind.unblocked).every((ms) => ms > 5_000)).toBe(true);
  });

  it('throws its oldest away when it drops them and becomes smaller', () => {
    const lane = run(and(held({ overflow: 'drop-oldest', capacity: 6 }), { at: '2s', set: { 'components.jobs.capacity': 2 } }));
    expect(timesOf(lane, RecordKind.dropped)).toEqual([2_000, 2_000, 2_000, 2_000]);
    expect(lane.summary.components['jobs']).toMatchObject({ dropped: 4, completions: 2 });
  });

  it('does with whoever comes from then on what its overflow says', () => {
    const tick = `for (let n = 1; n <= 4; n++) { try { await ctx.send('jobs', n).accepted; ctx.log(n) } catch (error) { ctx.log(n, error.status) } await ctx.sleep('1s') }`;
    const file = merge(queued(tick, '', { capacity: 1, overflow: 'reject' }), {});
    const lane = run(and(file, { at: '2500ms', set: { 'components.jobs.overflow': 'drop-oldest' } }));
    expect(logOf(lane)).toEqual(['1', '2 RESOURCE_EXHAUSTED', '3', '4']);
  });

  it('that is down has its new capacity when it is back', () => {
    const lane = run(
      merge(held({ overflow: 'reject', durable: true }), {
        faults: [
          { at: '0s', for: '5s', crash: 'worker' },
          { at: '1500ms', for: '1s', crash: 'jobs' },
          { at: '2s', set: { 'components.jobs.capacity': 1 } },
        ],
      }),
    );
    expect(lane.summary.components['jobs']).toMatchObject({ refused: 4, completions: 2 });
  });
});

describe('a log', () => {
  const reading = (topic: Readonly<Record<string, unknown>>, ...faults: readonly unknown[]) =>
    run(
      merge(publishing(records(10), topic, { reader: `ctx.log(message.offset)` }), {
        faults: [{ at: '0s', for: '4s', crash: 'reader' }, ...faults],
      }),
    );

  it('keeps fewer records at once: those who come late miss the rest', () => {
    const lane = reading(
      { groups: { g: { members: ['reader'], from: 'earliest' } } },
      { at: '2s', set: { 'components.log.retention.records': 3 } },
    );
    expect(logOf(lane)).toEqual(['7', '8', '9']);
    expect(recordsOf(lane, RecordKind.recordsExpired).map(({ value, timeMicros }) => [value, timeMicros / 1e6])).toEqual([[7, 2]]);
  });

  it('keeps them for another time, those that are there too', () => {
    const short = reading({ retention: { time: '1h' } }, { at: '2s', set: { 'components.log.retention.time': '1500ms' } });
    expect(timesOf(short, RecordKind.recordsExpired)).toEqual([2_510]);
    const long = reading({ retention: { time: '1500ms' } }, { at: '2s', set: { 'components.log.retention.time': '1h' } });
    expect(timesOf(long, RecordKind.recordsExpired)).toEqual([]);
  });

  it('is one or is none for a whole run', () => {
    const file = merge(publishing(records(1), { retention: 'none' }, { reader: '' }), {
      faults: [{ at: '1s', set: { 'components.log.retention.records': 3 } }],
    });
    const read = readScenario(file, null);
    expect(read.ok ? [] : read.problems.map(({ key }) => key)).toEqual(['problem.setRetention']);
  });
});

describe('a balancer', () => {
  const front = (balancer: Readonly<Record<string, unknown>>, more: unknown = {}): unknown =>
    merge(
      merge(CALLED, {
        components: {
          client: { arrivals: { list: null, constant: '10/s' }, calls: 'front' },
          front: { kind: 'balancer', ...balancer },
          server: { replicas: 2, workers: 9, work: '1ms' },
        },
        links: [
          { from: 'client', to: 'front' },
          { from: 'front', to: 'server' },
        ],
      }),
      more,
    );
  const through = (lane: ReturnType<typeof runFile>, from: number, to: number): number =>
    timesOf(lane, RecordKind.forwarded).filter((ms) => ms > from * 1_000 && ms <= to * 1_000).length;

  it('has another rate limit from then on, and the old one afterwards', () => {
    const lane = run(
      set(front({ rateLimit: { rate: '2/s' } }), { at: '4s', for: '3s', set: { 'components.front.rateLimit.rate': '5/s' } }),
    );
    expect(through(lane, 1, 4)).toBe(6);
    expect(through(lane, 4, 7)).toBe(15);
    expect(through(lane, 7.5, 9.5)).toBe(4);
  });

  it('gets a limit, and loses it again', () => {
    const lane = run(set(front({}), { at: '4s', for: '3s', set: { 'components.front.rateLimit': { rate: '2/s' } } }));
    expect(through(lane, 0, 4)).toBe(40);
    expect(through(lane, 4, 7)).toBeLessThanOrEqual(7);
    expect(through(lane, 7, 9)).toBe(20);
  });

  it('begins to check its backends, and trusts them again when it stops', () => {
    const down = { at: '1s', crash: 'server#1' };
    const check = { 'components.front.healthCheck': { every: '100ms', timeout: '50ms', unhealthyAfter: 2 } };
    const lane = run(set(front({}), down, { at: '3s', for: '4s', set: check }));
    expect(timesOf(lane, RecordKind.backendOut)).toEqual([3_200]);
    expect(timesOf(lane, RecordKind.backendBack)).toEqual([7_000]);
    const failed = rowsOf(lane)
      .filter(({ outcome }) => outcome !== 'ok')
      .map(({ startedMs }) => startedMs);
    expect(failed.some((ms) => ms > 3_300 && ms < 7_000)).toBe(false);
    expect(failed.filter((ms) => ms > 7_000).length).toBeGreaterThan(10);
  });

  it('believes sooner that a backend is gone, and checks more often', () => {
    const checked = front({ healthCheck: { every: '1s', timeout: '100ms', unhealthyAfter: 3 } });
    const quicker = { 'components.front.healthCheck.every': '200ms', 'components.front.healthCheck.unhealthyAfter': 2 };
    const lane = run(set(checked, { at: '2500ms', crash: 'server#1' }, { at: '2600ms', set: quicker }));
    // The check that was planned is made at 3 s; from then on every 200 ms.
    expect(timesOf(lane, RecordKind.backendOut)).toEqual([3_200]);
  });

  it('ejects who fails when it is told to', () => {
    const failing = {
      components: { server: { work: null, handler: 's.ts' } },
      files: { 's.ts': `export function onRequest(r, ctx) { ctx.fail('UNAVAILABLE') }` },
    };
    const lane = run(
      set(front({}, failing), { at: '5s', set: { 'components.front.outlierDetection': { consecutiveFailures: 3, ejectFor: '1h' } } }),
    );
    // It has failed often enough before: the next failure is one too many.
    expect(timesOf(lane, RecordKind.backendOut)).toEqual([5_000, 5_100]);
    expect(recordsOf(lane, RecordKind.backendOut)).toHaveLength(2);
  });
});
