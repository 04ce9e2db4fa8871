/** Topics in several copies: what a crash of the leader costs, by acks, election and idempotence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { readScenario } from '../../src/model/read-scenario';
import type { LaneResult } from '../../src/model/run-result';
import type { ServiceSummary, TopicSummary } from '../../src/model/summary';
import { RecordKind } from '../../src/model/trace';
import { logOf, recordsOf, runFile } from './run-file';
import { publishing, records } from './topic-scenario';

const COPIES = {
  replication: 3,
  replicationDelay: '20ms',
  brokerSessionTimeout: '3s',
  groups: { g: { members: ['a'], from: 'earliest' } },
};
const LOG = `ctx.log(message.body)`;
/** A record every 10 ms; the publisher goes on without waiting. */
const STEADY = `for (let n = 0; n < 500; n++) { ctx.publish('log', n); await ctx.sleep('10ms') }`;
const CRASH = { faults: [{ at: '3.005s', for: '20s', crash: 'log#1' }] };

function topicOf(lane: LaneResult): TopicSummary {
  expect(lane.summary.violations).toEqual([]);
  return lane.summary.components['log'] as TopicSummary;
}

function run(topic: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}, code = STEADY): LaneResult {
  return runFile(publishing(code, { ...COPIES, ...topic }, { a: LOG }, more));
}

describe('acks', () => {
  const confirmedAt = (acks: unknown): string[] =>
    logOf(run({ producer: { acks } }, {}, `const { offset } = await ctx.publish('log', 'x').accepted; ctx.log(offset, ctx.now)`)).filter(
      (line) => line !== 'x',
    );

  it('0 waits for nobody, 1 for the leader, all for those in sync', () => {
    expect(confirmedAt(0)).toEqual(['-1 1000']);
    // 10 ms there, 10 ms back.
    expect(confirmedAt(1)).toEqual(['0 1020']);
    // The followers' fetches wait at the leader: 20 ms to them, and 20 ms until their next fetches say that they have it.
    expect(confirmedAt('all')).toEqual(['0 1060']);
  });

  it('let consumers read what is in sync only', () => {
    const lane = run({ producer: { acks: 1 } }, {}, records(1));
    // Appended at 1.01 s, in sync at 1.05 s, sent to the consumer at once.
    expect(recordsOf(lane, RecordKind.delivered, 'log').map(({ timeMicros }) => timeMicros / 1_000)).toEqual([1_060]);
  });
});

it('brings its brokers along without taking the places of the components after it', () => {
  const file = publishing(STEADY, COPIES, { a: `await ctx.work('5ms')` });
  const lane = runFile(file);
  const ids = lane.places.flatMap((place) => (place.kind === 'link' || place.kind === 'part' ? [] : [place.id]));
  expect(lane.places.slice(0, ids.length).map((place) => 'id' in place && place.id)).toEqual(['client', 'log', 'a']);
  const { utilization, completions } = lane.summary.components['a'] as ServiceSummary;
  expect(utilization).toBeCloseTo((completions * 5) / (lane.durationMicros / 1_000), 6);
  expect(utilization).toBeGreaterThan(0);
});

it('can be seen at any instant: who leads, how many are in sync, and from where on it is not safe', () => {
  const lane = run({ producer: { acks: 1 } }, CRASH);
  const scenes = new SceneReader(lane);
  const at = (seconds: number) => scenes.at(seconds * 1e6).places.find(({ log }) => log !== undefined)!.log!.partitions[0]!;
  expect(at(2.5).replicas).toMatchObject({ leader: 1, isLeaderDown: false, inSync: 3, copies: 3 });
  expect(at(2.5).replicas!.highWatermark).toBeLessThan(at(2.5).end);
  expect(at(3.5).replicas).toMatchObject({ leader: 1, isLeaderDown: true, inSync: 3 });
  expect(at(6.5).replicas).toMatchObject({ leader: 2, isLeaderDown: false, inSync: 2 });
  expect(at(59).replicas).toMatchObject({ isLeaderDown: false, inSync: 3, highWatermark: at(59).end });
});

describe('the crash of a leader', () => {
  it('with acks 1 loses what was confirmed and not copied', () => {
    const { acknowledgedLost, truncated, elections } = topicOf(run({ producer: { acks: 1 } }, CRASH));
    expect(elections).toBe(1);
    expect(acknowledgedLost).toBeGreaterThan(0);
    expect(truncated).toBeGreaterThanOrEqual(acknowledgedLost);
  });

  it('with acks all loses nothing that was confirmed, and an idempotent producer has everything there once and in order', () => {
    const lane = run({ producer: {} }, CRASH);
    expect(topicOf(lane)).toMatchObject({ acknowledgedLost: 0, elections: 1, kept: 500 });
    expect(logOf(lane)).toEqual(Array.from({ length: 500 }, (_, n) => String(n)));
  });

  it('without numbers has records that were confirmed too late twice', () => {
    const { kept } = topicOf(run({ producer: { idempotent: false } }, CRASH));
    expect(kept).toBeGreaterThan(500);
  });

  it('elects after the session of its broker, and takes the crashed one back into those in sync', () => {
    const lane = run({ producer: {} }, CRASH);
    expect(recordsOf(lane, RecordKind.leaderElected, 'log').map(({ timeMicros }) => timeMicros / 1_000)).toEqual([0, 6_005]);
    // It comes back at 23.005 s; its first fetch is one way later at the leader.
    expect(recordsOf(lane, RecordKind.inSyncChanged, 'log').at(-1)!.timeMicros / 1_000).toBeGreaterThan(23_005);
  });
});

describe('too few in sync', () => {
  const faults = ['log#2', 'log#3'].map((crash) => ({ at: '500ms', crash }));

  it('are reported to those who want all, and not to others', () => {
    const code = `await ctx.sleep('5s'); try { await ctx.publish('log', 1).accepted; ctx.log('there') } catch (error) { ctx.log(error.message) }`;
    const said = (acks: unknown) => logOf(run({ minInsync: 2, producer: { acks, retries: 0 } }, { faults }, code))[0];
    expect(said('all')).toBe('NOT_ENOUGH_REPLICAS: 1 in sync, 2 wanted');
    expect(said(1)).toBe('there');
  });

  it('let a partition wait for its last leader, or lose what that had', () => {
    const all = [...faults, { at: '4.5s', crash: 'log#1' }];
    const back = [...faults.map((fault) => ({ ...fault, for: '8s' })), { at: '4.5s', crash: 'log#1' }];
    expect(topicOf(run({ producer: {} }, { faults: all })).truncated).toBe(0);
    expect(topicOf(run({ producer: {} }, { faults: back })).truncated).toBe(0);
    // The others come back first, and have nothing of what was confirmed in their absence.
    expect(topicOf(run({ unclean: true, producer: {} }, { faults: back })).acknowledgedLost).toBeGreaterThan(0);
  });
});

describe('a lost confirm', () => {
  const lossy = {
    links: [
      { from: 'client', to: 'log', delay: '10ms', back: { loss: 0.3 } },
      { from: 'log', to: 'a', delay: '10ms' },
    ],
  };
  const producer = { requestTimeout: '200ms' };

  it('makes a duplicate of a retry, unless the broker knows it again', () => {
    const twice = topicOf(run({ replication: 1, producer: { ...producer, idempotent: false } }, lossy));
    expect(twice.retried).toBeGreaterThan(50);
    expect(twice.appended).toBe(500 + twice.retried);
    const once = run({ replication: 1, producer }, lossy);
    expect(topicOf(once)).toMatchObject({ appended: 500, refused: 0 });
    expect(topicOf(once).duplicatesDropped).toBe(topicOf(once).retried);
    expect(logOf(once)).toEqual(Array.from({ length: 500 }, (_, n) => String(n)));
  });

  it('is given up after the time for delivery', () => {
    const code = `try { await ctx.publish('log', 1).accepted } catch (error) { ctx.log(error.status, ctx.now) }`;
    const dead = { links: [{ from: 'client', to: 'log', loss: 1 }, lossy.links[1]] };
    expect(logOf(run({ producer: { requestTimeout: '1s', deliveryTimeout: '5s' } }, dead, code))).toEqual(['DEADLINE_EXCEEDED 6000']);
  });
});

describe('whatever crashes when', () => {
  const crash = fc.record({
    broker: fc.integer({ min: 1, max: 3 }),
    at: fc.integer({ min: 0, max: 8_000 }),
    for: fc.integer({ min: 1, max: 6_000 }),
  });
  const scenario = fc.record({
    crashes: fc.array(crash, { minLength: 1, maxLength: 5 }),
    partitions: fc.integer({ min: 1, max: 3 }),
    minInsync: fc.integer({ min: 1, max: 3 }),
    loss: fc.constantFrom(0, 0.1),
    unclean: fc.boolean(),
    acks: fc.constantFrom<unknown>('all', 1),
    duplicate: fc.constantFrom(0, 0.2),
  });

  it('nothing confirmed by all in sync is lost in a clean election, and no invariant breaks', () => {
    fc.assert(
      fc.property(scenario, ({ crashes, partitions, minInsync, loss, unclean, acks, duplicate }) => {
        const faults = crashes.map(({ broker, at, for: length }) => ({ at: `${at}ms`, for: `${length}ms`, crash: `log#${broker}` }));
        const links = [
          { from: 'client', to: 'log', delay: { uniform: ['1ms', '20ms'] }, loss, duplicate },
          { from: 'log', to: 'a', delay: '5ms', loss },
        ];
        const code = `for (let n = 0; n < 100; n++) { ctx.publish('log', n, { key: String(n) }); await ctx.sleep('70ms') }`;
        const producer = { acks, requestTimeout: '400ms' };
        const lane = run({ partitions, minInsync, unclean, producer, brokerSessionTimeout: '1s' }, { faults, links }, code);
        const { acknowledgedLost, kept, appended, truncated } = topicOf(lane);
        expect(kept).toBe(appended - truncated);
        if (unclean || acks === 1) return;
        expect(acknowledgedLost).toBe(0);
        expect(kept).toBe(100);
        expect(new Set(logOf(lane)).size).toBe(100);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what does not fit', () => {
  const problemsOf = (topic: Readonly<Record<string, unknown>>, faults: readonly unknown[] = []) => {
    const read = readScenario(publishing('', topic, { a: '' }, { faults }), null);
    return read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`);
  };

  it.each([
    [{ replication: 3, brokers: 2 }, [], 'components.log.replication problem.moreCopiesThanBrokers'],
    [{ replication: 2, minInsync: 3 }, [], 'components.log.minInsync problem.minInsyncOverCopies'],
    [{ replication: 2, retention: 'none' }, [], 'components.log.replication problem.copiesOfNothing'],
    [{ replication: 16, partitions: 100 }, [], 'components.log.replication problem.tooManyPartitionReplicas'],
    [{ producer: { acks: 1, idempotent: true } }, [], 'components.log.producer.idempotent problem.idempotentNeedsAll'],
    [{ producer: { acks: 'most' } }, [], 'components.log.producer.acks problem.acks'],
    [{ replication: 2 }, [{ at: '1s', crash: 'log#3' }], 'faults[0].crash problem.brokerUnknown'],
    [{}, [{ at: '1s', crash: 'log#1' }], 'faults[0].crash problem.brokerOfOne'],
    [
      { groups: { g: { members: ['a'], heartbeatInterval: '1min' } } },
      [],
      'components.log.groups.g.heartbeatInterval problem.heartbeatTooLong',
    ],
    [{ groups: { g: { members: ['a'], membership: { b: {} } } } }, [], 'components.log.groups.g.membership.b problem.stayOfNobody'],
    [
      { groups: { g: { members: ['a'], membership: { a: { from: '9s', until: '3s' } } } } },
      [],
      'components.log.groups.g.membership.a problem.stayBackwards',
    ],
  ])('%j, %j: %s', (topic, faults, problem) => {
    expect(problemsOf(topic, faults)).toEqual([problem]);
  });
});
