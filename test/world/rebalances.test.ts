/** Groups whose members crash, stall, are cut off, come late or leave: who reads what from when on, and what is read twice or never. */
import { describe, expect, it } from 'vitest';
import { LEAVE_REASONS } from '../../src/model/log-records';
import type { LaneResult } from '../../src/model/run-result';
import type { GroupSummary, TopicSummary } from '../../src/model/summary';
import { RecordKind } from '../../src/model/trace';
import { logOf, recordsOf, runFile } from './run-file';
import { publishing } from './topic-scenario';

/** One record a second to each of four partitions. */
const STEADY = `for (let n = 0; n < 160; n++) { ctx.publish('log', n, { partition: n % 4 }); await ctx.sleep('250ms') }`;
const SESSIONS = { sessionTimeout: '6s', heartbeatInterval: '1s', maxPollInterval: '20s' };
const WORK = `await ctx.work('50ms'); ctx.log(message.partition + ' ' + message.offset)`;

function group(more: Readonly<Record<string, unknown>> = {}, members = ['a', 'b']) {
  return { partitions: 4, groups: { g: { members, from: 'earliest', commitInterval: '1s', ...SESSIONS, ...more } } };
}

function run(topic: Readonly<Record<string, unknown>>, faults: readonly unknown[], code = WORK, names = ['a', 'b']): LaneResult {
  const readers = Object.fromEntries(names.map((name) => [name, code]));
  const lane = runFile(publishing(STEADY, topic, readers, { faults }));
  expect(lane.summary.violations).toEqual([]);
  return lane;
}

function groupOf(lane: LaneResult): GroupSummary {
  return (lane.summary.components['log'] as TopicSummary).groups['g']!;
}

/** Instants in ms, rounded, at which a group got the generation. */
function rebalances(lane: LaneResult): number[] {
  return recordsOf(lane, RecordKind.rebalanced, 'log').map(({ timeMicros }) => timeMicros / 1_000);
}

function leavings(lane: LaneResult): (readonly [number, string | undefined])[] {
  return recordsOf(lane, RecordKind.memberLeft, 'log').map(({ timeMicros, value }) => [timeMicros / 1_000, LEAVE_REASONS[value]] as const);
}

function columnsOf({ chunks }: LaneResult) {
  const column = (name: 'detail' | 'kind' | 'subject') => chunks.flatMap((chunk) => [...chunk[name].subarray(0, chunk.count)]);
  return { detail: column('detail'), kind: column('kind'), subject: column('subject') };
}

/** Every record of every partition, as `WORK` logs them. */
function everything(): Set<string> {
  return new Set(Array.from({ length: 160 }, (_, n) => `${n % 4} ${Math.floor(n / 4)}`));
}

describe('a group that nothing happens to', () => {
  it('reads as one without sessions', () => {
    const watched = groupOf(run(group(), []));
    expect(watched).toMatchObject({ handled: 160, redelivered: 0, rebalances: 0, behind: 0, unreadMs: 0 });
  });
});

describe('a member that crashes', () => {
  it('is expelled when its session is over, and what it did not commit is read again', () => {
    const lane = run(group(), [{ at: '10s', crash: 'b' }]);
    // Its last heartbeat leaves at 9 s and is there at 9.01 s.
    expect(leavings(lane)).toEqual([[15_010, 'sessionTimeout']]);
    // The other's heartbeat comes just after it. The answer, its JoinGroup, the answer, its SyncGroup: 10 ms each.
    expect(rebalances(lane)).toEqual([15_050]);
    const { handled, redelivered, skipped, behind, unreadMs } = groupOf(lane);
    expect({ skipped, behind }).toEqual({ skipped: 0, behind: 0 });
    expect(new Set(logOf(lane))).toEqual(everything());
    expect(handled).toBe(logOf(lane).length);
    expect(redelivered).toBeGreaterThan(0);
    // Nobody had two of the partitions from 15.01 s on, and the other two from 15.02 s on, until 15.06 s.
    expect(unreadMs).toBe(45);
  });

  it('comes back as a new member, and the group is rebalanced twice', () => {
    const lane = run(group(), [{ at: '10s', for: '12s', crash: 'b' }]);
    expect(leavings(lane)).toEqual([[15_010, 'sessionTimeout']]);
    expect(rebalances(lane)).toHaveLength(2);
    expect(rebalances(lane)[1]).toBeGreaterThan(22_000);
    expect(new Set(logOf(lane))).toEqual(everything());
    expect(recordsOf(lane, RecordKind.memberJoined, 'log')).toHaveLength(1);
  });

  it('and is back before its session is over has the group wait for its former self', () => {
    const lane = run(group(), [{ at: '10s', for: '1s', crash: 'b' }]);
    expect(leavings(lane)).toEqual([[15_010, 'sessionTimeout']]);
    const [first] = rebalances(lane);
    expect(first).toBeGreaterThan(15_010);
    expect(new Set(logOf(lane))).toEqual(everything());
  });

  it('waits for its former self also as the only one, with the defaults of Kafka for 45 s', () => {
    // Quick enough to catch up within the run.
    const work = `await ctx.work('20ms'); ctx.log(message.partition + ' ' + message.offset)`;
    const topic = { partitions: 4, groups: { g: { members: ['a'], from: 'earliest' } } };
    const lane = run(topic, [{ at: '10.03s', for: '4s', crash: 'a' }], work, ['a']);
    // Its last sign of life is the commit that leaves at 10 s.
    expect(leavings(lane)).toEqual([[55_010, 'sessionTimeout']]);
    expect(rebalances(lane)).toHaveLength(1);
    const { behind, skipped, redelivered } = groupOf(lane);
    // That commit carried all but the record in hand at the crash, which blocks nothing: it is delivered again.
    expect({ behind, skipped, redelivered }).toEqual({ behind: 0, skipped: 0, redelivered: 1 });
    expect(logOf(lane)).toHaveLength(160);
    expect(new Set(logOf(lane))).toEqual(everything());
  });

  it('loses what it committed before it was handled', () => {
    const early = `await ctx.commit(); await ctx.work('200ms'); ctx.log(message.partition + ' ' + message.offset)`;
    const lane = run(group({ commit: 'manual' }), [{ at: '10.55s', crash: 'b' }], early);
    const { skipped, redelivered } = groupOf(lane);
    expect(skipped).toBeGreaterThan(0);
    expect(redelivered).toBe(0);
    expect(new Set(logOf(lane)).size).toBe(160 - skipped);
  });
});

describe('a member that stands still', () => {
  it('goes on as a stray, and its commits are refused', () => {
    const late = `await ctx.work('400ms'); ctx.log(message.partition + ' ' + message.offset); try { await ctx.commit() } catch (error) { ctx.log(error.message) }`;
    const lane = run(group({ commit: 'manual' }), [{ at: '10.3s', for: '15s', pause: 'b' }], late);
    expect(leavings(lane)[0]?.[1]).toBe('sessionTimeout');
    const { commitsRefused, skipped } = groupOf(lane);
    expect(commitsRefused).toBeGreaterThan(0);
    expect(skipped).toBe(0);
    expect(logOf(lane).some((line) => line.startsWith('UNKNOWN_MEMBER_ID'))).toBe(true);
    expect(recordsOf(lane, RecordKind.strayHandled, 'log').length).toBeGreaterThan(0);
    expect(rebalances(lane)).toHaveLength(2);
  });

  it('for less than its session stays', () => {
    expect(groupOf(run(group(), [{ at: '10s', for: '4s', pause: 'b' }]))).toMatchObject({
      rebalances: 0,
      redelivered: 0,
      strays: 0,
      behind: 0,
    });
  });
});

describe('a member that is cut off', () => {
  it('is replaced, and comes back as a new one', () => {
    const lane = run(group(), [{ at: '10s', for: '10s', partition: { from: 'log', to: 'b' } }]);
    expect(leavings(lane)).toEqual([[15_010, 'sessionTimeout']]);
    expect(rebalances(lane)).toHaveLength(2);
    expect(new Set(logOf(lane))).toEqual(everything());
  });
});

describe('a member that is too slow', () => {
  it('leaves by itself when it has not polled for too long', () => {
    const slow = `await ctx.work(message.body === 41 && ctx.now < 15_000 ? '12s' : '10ms'); ctx.log(message.partition + ' ' + message.offset)`;
    const lane = run(group({ maxPollInterval: '5s' }), [], slow);
    expect(leavings(lane)[0]?.[1]).toBe('left');
    expect(new Set(logOf(lane))).toEqual(everything());
    expect(groupOf(lane).skipped).toBe(0);
  });
});

describe('a member with records of several partitions in hand', () => {
  it('finishes and commits all of them before it rejoins', () => {
    const long = `await ctx.work(exponential('300ms')); ctx.log(message.partition + ' ' + message.offset)`;
    const lane = run(group({ membership: { c: { from: '10s' } } }, ['a', 'b', 'c']), [], long, ['a', 'b', 'c']);
    expect(groupOf(lane)).toMatchObject({ rebalances: 1, handled: 160, redelivered: 0, strays: 0 });
  });
});

describe('members that come and go', () => {
  const coming = { membership: { c: { from: '10s' }, a: { until: '20s' } } };

  it.each(['range', 'round-robin', 'sticky', 'cooperative-sticky'])('are taken in and let go, %s', (assignment) => {
    const lane = run(group({ ...coming, assignment }, ['a', 'b', 'c']), [], WORK, ['a', 'b', 'c']);
    expect(leavings(lane).map(([, why]) => why)).toEqual(['left']);
    // Who leaves finishes and commits first: nothing is read twice.
    expect(groupOf(lane)).toMatchObject({ handled: 160, redelivered: 0, skipped: 0, behind: 0, strays: 0, commitsRefused: 0 });
  });

  it('stop the world for an eager group, and only what moves for a cooperative one', () => {
    const releases = (assignment: string) => {
      const lane = run(group({ ...coming, assignment }, ['a', 'b', 'c']), [], WORK, ['a', 'b', 'c']);
      const { detail, kind, subject } = columnsOf(lane);
      return detail.filter((_, at) => kind[at] === RecordKind.assigned && subject[at] === -1);
    };
    // c comes, then a leaves: with four partitions each time at least one moves, and an eager group gives up all four both times.
    expect(releases('sticky')).toHaveLength(8);
    expect(releases('cooperative-sticky').length).toBeLessThanOrEqual(4);
  });

  it('find an empty group and wait for each other', () => {
    const lane = run(group({ membership: { a: { from: '5s' }, b: { from: '6s' } } }), []);
    // Kafka's group.initial.rebalance.delay.ms.
    expect(rebalances(lane)).toHaveLength(1);
    expect(rebalances(lane)[0]).toBeGreaterThanOrEqual(8_010);
    expect(groupOf(lane)).toMatchObject({ handled: 160, redelivered: 0, behind: 0 });
  });
});
