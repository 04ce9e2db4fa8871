/** Topics: who gets what, in which order, from where on, and how often. */
import { describe, expect, it } from 'vitest';
import { partitionOfKey } from '../../src/model/murmur2';
import { RecordKind } from '../../src/model/trace';
import type { TopicSummary } from '../../src/model/summary';
import type { LaneResult } from '../../src/model/run-result';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { publishing, records } from './topic-scenario';

function topicOf(lane: LaneResult): TopicSummary {
  expect(lane.summary.violations).toEqual([]);
  return lane.summary.components['log'] as TopicSummary;
}

/** What a reader logged, by name: `log(name + …)`. */
const LOG = `ctx.log(message.body)`;

describe('publishing', () => {
  it('is accepted when the topic says where the record stands', () => {
    const lane = runFile(
      publishing(`ctx.log(await ctx.publish('log', 'a').accepted); ctx.log(await ctx.publish('log', 'b').accepted)`, {}, { a: '' }),
    );
    expect(logOf(lane)).toEqual(['{"partition":0,"offset":0}', '{"partition":0,"offset":1}']);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', acceptedMs: 1_020, endedMs: 1_040, heldMs: 40, tr: 30, tp: 10 }]);
  });

  it('puts a key where Kafka does, and a partition that is named where it is named', () => {
    const keys = ['ada', 'bob', 'cyd', '订单', 'eve', ''];
    const onTick = `for (const key of ${JSON.stringify(keys)}) ctx.log(ctx.publish('log', key, { key }).partition)
      ctx.log(ctx.publish('log', 1, { key: 'ada', partition: 5 }).partition)`;
    expect(logOf(runFile(publishing(onTick, { partitions: 6 }, { a: '' })))).toEqual([
      ...keys.map((key) => String(partitionOfKey(key, 6))),
      '5',
    ]);
  });

  it('without a key stays with a partition for 16 KiB, then draws another', () => {
    const onTick = `for (let n = 0; n < 80; n++) ctx.log(ctx.publish('log', 'x'.repeat(1002)).partition)`;
    const partitions = logOf(runFile(publishing(onTick, { partitions: 50 }, { a: '' })));
    // A record is 1024 bytes with its quotes and headers: 16 of them are a batch.
    const runs = [0, 16, 32, 48, 64].map((from) => new Set(partitions.slice(from, from + 16)));
    expect(runs.map(({ size }) => size)).toEqual([1, 1, 1, 1, 1]);
    expect(new Set(partitions).size).toBeGreaterThan(2);
  });

  it.each([
    [`ctx.publish('nowhere').accepted`, 'UNAVAILABLE: there is no component nowhere'],
    [`ctx.publish('a').accepted`, 'UNAVAILABLE: no link leads from client to a'],
    [`ctx.send('log').accepted`, 'UNAVAILABLE: log is not a queue: ctx.send needs one'],
    [`ctx.publish('log', 1, { partition: 2 })`, 'undefined: partition must be a whole number from 0 to 1'],
    [`ctx.commit()`, 'INVALID_ARGUMENT: ctx.commit needs a message in hand that comes from a topic with retention'],
  ])('%s is refused: %s', (call, error) => {
    const onTick = `try { await ${call} } catch (error) { ctx.log(error.status + ': ' + error.message) }`;
    expect(logOf(runFile(publishing(onTick, { partitions: 2 }, { a: '' })))).toEqual([error]);
  });
});

describe('fan-out', () => {
  it.each(['none', {}])('gives every subscriber every record once, retention %j', (retention) => {
    const lane = runFile(publishing(records(20, '{ key: String(n) }'), { partitions: 3, retention }, { a: LOG, b: LOG, c: LOG }));
    const { groups, appended } = topicOf(lane);
    expect(appended).toBe(20);
    for (const name of ['a', 'b', 'c']) expect(groups[name]).toMatchObject({ delivered: 20, redelivered: 0, handled: 20, behind: 0 });
    expect(logOf(lane)).toHaveLength(60);
  });

  it('without retention is gone with the link that loses it; a log is asked again', () => {
    const lossy = {
      links: [
        { from: 'client', to: 'log' },
        { from: 'log', to: 'a', loss: 0.5 },
      ],
      duration: '900s',
    };
    const pushed = topicOf(runFile(publishing(records(40), { retention: 'none' }, { a: '' }, lossy))).groups['a']!;
    expect(pushed.handled).toBeGreaterThan(8);
    expect(pushed.handled).toBeLessThan(32);
    expect(topicOf(runFile(publishing(records(40), {}, { a: '' }, lossy))).groups['a']).toMatchObject({ handled: 40, redelivered: 0 });
  });
});

describe('a group', () => {
  const group = (more: Readonly<Record<string, unknown>> = {}) => ({
    partitions: 4,
    groups: { g: { members: ['a', 'b'], from: 'earliest', ...more } },
  });

  it('shares the partitions out, and keeps each in order', () => {
    const note = `await ctx.work(exponential('30ms')); ctx.log(message.partition + ' ' + message.offset)`;
    const lane = runFile(publishing(records(40, '{ partition: n % 4 }'), group(), { a: note, b: note }));
    expect(topicOf(lane).groups['g']).toMatchObject({ delivered: 40, redelivered: 0, handled: 40, lag: 0, behind: 0 });
    for (const partition of [0, 1, 2, 3]) {
      const own = logOf(lane).filter((line) => line.startsWith(`${partition} `));
      expect(own).toEqual(Array.from({ length: 10 }, (_, offset) => `${partition} ${offset}`));
    }
    expect(recordsOf(lane, RecordKind.workerFreed, 'a')).toHaveLength(20);
  });

  it('goes on with the next record while a service is idle: one in hand for each partition', () => {
    const lane = runFile(publishing(records(8, '{ partition: n % 4 }'), group(), { a: `await ctx.work('1s')`, b: `await ctx.work('1s')` }));
    const delivered = recordsOf(lane, RecordKind.delivered, 'log').map(({ timeMicros }) => timeMicros / 1_000);
    // Both partitions of a service have a record in its hands at once; its one worker takes the second after a second.
    // A fetch brings what is there when it comes: the first record alone, and the next 20 ms after that is handled.
    expect(delivered).toEqual([1_020, 1_020, 1_020, 1_020, 2_040, 2_040, 3_040, 3_040]);
  });

  it('tries a record again whose handler throws, then passes over it', () => {
    const note = `ctx.log(message.body, message.deliveries); if (message.body === 1) throw new Error('poison')`;
    const topic = { groups: { g: { members: ['a'], from: 'earliest', maxDeliveries: 3, retryBackoff: '1s' } } };
    const lane = runFile(publishing(records(3), topic, { a: note }));
    expect(logOf(lane)).toEqual(['0 1', '1 1', '1 2', '1 3', '2 1']);
    expect(topicOf(lane).groups['g']).toMatchObject({ delivered: 5, redelivered: 2, handled: 2, passedOver: 1, behind: 0, lag: 0 });
  });

  it('commits by itself once in an interval', () => {
    const topic = { groups: { g: { members: ['a'], from: 'earliest', commitInterval: '5s', maxPoll: 1 } } };
    const lane = runFile(publishing(records(20), topic, { a: `await ctx.work('1s')` }));
    const commits = recordsOf(lane, RecordKind.offsetCommitted, 'log').map(({ timeMicros }) => timeMicros / 1_000);
    // An interval begins with the reader; a commit is 10 ms on its way.
    expect(commits).toEqual([5_010, 10_010, 15_010, 20_010, 25_010]);
  });

  it('commits by hand what the handler says', () => {
    const topic = { groups: { g: { members: ['a'], from: 'earliest', commit: 'manual' } } };
    const note = `if (message.body === 3) { const at = ctx.now; await ctx.commit(); ctx.log(ctx.now - at) } if (message.body === 5) await ctx.commit(1)`;
    const lane = runFile(publishing(records(8), topic, { a: note }));
    expect(logOf(lane)).toEqual(['20']);
    expect(recordsOf(lane, RecordKind.offsetCommitted, 'log').map(({ value }) => value)).toEqual([4, -3]);
    expect(topicOf(lane).groups['g']).toMatchObject({ handled: 8, lag: 7, behind: 0 });
  });

  it('commits by itself nothing that is older than what the code has committed', () => {
    const topic = { groups: { g: { members: ['a'], from: 'earliest', commitInterval: '300ms', maxPoll: 1 } } };
    const note = `await ctx.work('100ms'); if (message.offset % 3 === 2) await ctx.commit()`;
    const lane = runFile(publishing(records(10), topic, { a: note }));
    const moved = recordsOf(lane, RecordKind.offsetCommitted, 'log').map(({ value }) => value);
    expect(moved.filter((by) => by < 0)).toEqual([]);
    expect(moved.reduce((sum, by) => sum + by, 0)).toBe(10);
  });
});

describe('reading', () => {
  it('begins at the earliest, the latest or a given offset', () => {
    const from = (given: unknown) => {
      const topic = { groups: { g: { members: ['a'], from: given } } };
      const lane = runFile(publishing(records(5), topic, { a: LOG }));
      return logOf(lane);
    };
    expect(from('earliest')).toEqual(['0', '1', '2', '3', '4']);
    // All is appended after the reader has come: 'latest' is the beginning here.
    expect(from('latest')).toEqual(['0', '1', '2', '3', '4']);
    // Not there yet: reading begins at the end.
    expect(from(3)).toEqual(['0', '1', '2', '3', '4']);
  });

  it('begins at the nearer end of the log for an offset that is not in it', () => {
    // The member comes when the log has the offsets 7, 8 and 9.
    const from = (given: unknown) => {
      const group = { members: ['a'], from: given, membership: { a: { from: '5s' } } };
      const code = `${records(10)}; await ctx.sleep('10s'); await ctx.publish('log', 'late').accepted`;
      return logOf(runFile(publishing(code, { retention: { records: 3 }, groups: { g: group } }, { a: LOG })));
    };
    expect(from(8)).toEqual(['8', '9', 'late']);
    expect(from(3)).toEqual(['7', '8', '9', 'late']);
    expect(from(99)).toEqual(['late']);
  });

  it('is repeated from where the handler seeks', () => {
    const note = `${LOG}; if (message.body === 3 && !ctx.state.again) { ctx.state.again = true; ctx.seek(1) }`;
    const lane = runFile(publishing(records(5), {}, { a: note }));
    expect(logOf(lane)).toEqual(['0', '1', '2', '3', '1', '2', '3', '4']);
    expect(topicOf(lane).groups['a']).toMatchObject({ delivered: 8, redelivered: 3, handled: 8, behind: 0, lag: 0 });
  });
});

describe('retention', () => {
  it('by time lets each record go when its time is over', () => {
    const lane = runFile(publishing(`${records(3)}; await ctx.sleep('2s'); ${records(2)}`, { retention: { time: '10s' } }, { a: '' }));
    expect(recordsOf(lane, RecordKind.recordsExpired, 'log').map(({ timeMicros, value }) => [timeMicros / 1_000, value])).toEqual([
      [11_010, 3],
      [13_010, 2],
    ]);
    expect(topicOf(lane)).toMatchObject({ appended: 5, expired: 5, kept: 0, partitions: [{ startOffset: 5, endOffset: 5 }] });
  });

  it('by number keeps the newest; a slow reader misses what has gone', () => {
    const topic = { retention: { records: 3 }, groups: { g: { members: ['a'], from: 'earliest', maxPoll: 1 } } };
    const lane = runFile(publishing(records(10), topic, { a: `${LOG}; await ctx.work('1s')` }));
    expect(topicOf(lane)).toMatchObject({ appended: 10, expired: 7, kept: 3 });
    // The first leaves before the others come; then reading begins at its policy again, the earliest that is kept.
    expect(logOf(lane)).toEqual(['0', '7', '8', '9']);
  });
});
