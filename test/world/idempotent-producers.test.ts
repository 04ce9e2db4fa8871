/** Producers that number their records, in the cases in which Kafka's take care: what is lost, given up, or gone from the log. */
import { describe, expect, it } from 'vitest';
import { LOG_RECORDS } from '../../src/model/log-records';
import type { LaneResult } from '../../src/model/run-result';
import type { TopicSummary } from '../../src/model/summary';
import { RecordKind } from '../../src/model/trace';
import { logOf, recordsOf, runFile } from './run-file';
import { publishing } from './topic-scenario';

const GROUPS = { groups: { g: { members: ['a'], from: 'earliest' } } };

function run(topic: Readonly<Record<string, unknown>>, code: string, more: Readonly<Record<string, unknown>>, seed = 1): LaneResult {
  const lane = runFile(publishing(code, { ...GROUPS, ...topic }, { a: 'ctx.log(message.body)' }, more), { seed });
  expect(lane.summary.violations).toEqual([]);
  return lane;
}

function links(way: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    links: [
      { from: 'client', to: 'log', delay: '10ms', ...way },
      { from: 'log', to: 'a', delay: '10ms' },
    ],
  };
}

const steadily = (count: number): string =>
  `for (let n = 0; n < ${count}; n++) { ctx.publish('log', n).accepted.catch((error) => ctx.log.warn('failed')); await ctx.sleep('50ms') }`;
const topicOf = (lane: LaneResult): TopicSummary => lane.summary.components['log'] as TopicSummary;
const millis = (lane: LaneResult, kind: RecordKind): number[] => recordsOf(lane, kind, 'log').map(({ timeMicros }) => timeMicros / 1_000);

describe('a record that is lost', () => {
  const lane = run({ producer: { requestTimeout: '200ms' } }, `for (let n = 0; n < 3; n++) ctx.publish('log', n)`, {
    ...links({}),
    faults: [{ at: '1s', for: '1ms', loss: { from: 'client', to: 'log', oneWay: true, probability: 1 } }],
  });

  it('is sent again after the time-out of the request and the back-off', () => {
    // Sent at 1 s, given up at 1.2 s, 100 ms of back-off.
    expect(millis(lane, LOG_RECORDS.republished)[0]).toBe(1_300);
  });

  it('holds those behind it back: they are repeated one by one, each when the one before is confirmed', () => {
    expect(millis(lane, LOG_RECORDS.republished)).toEqual([1_300, 1_320, 1_340]);
    expect(topicOf(lane)).toMatchObject({ appended: 3, refused: 0 });
    expect(logOf(lane)).toEqual(['0', '1', '2']);
  });
});

it('has nothing twice and nothing out of order when records whose confirms are lost are given up', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const producer = { requestTimeout: '300ms', deliveryTimeout: '900ms' };
    for (const way of [{ back: { loss: 0.6 } }, { loss: 0.4 }]) {
      const there = logOf(run({ producer }, steadily(200), links(way), seed)).filter((line) => line !== 'failed');
      expect(there).toEqual([...new Set(there)].sort((one, other) => Number(one) - Number(other)));
      expect(there.length).toBeGreaterThan(30);
    }
  }
});

it('begins a new epoch at once when an unclean election has cut its records off', () => {
  const others = ['log#2', 'log#3'].map((crash) => ({ at: '2s', for: '7s', crash }));
  const topic = { replication: 3, unclean: true, brokerSessionTimeout: '1s', producer: { requestTimeout: '300ms' } };
  const lane = run(topic, steadily(400), { faults: [...others, { at: '8s', crash: 'log#1' }] });
  const { truncated, kept, appended } = topicOf(lane);
  expect(truncated).toBeGreaterThan(50);
  expect(kept).toBe(appended - truncated);
  // Nobody hears again of what was cut off; everything else is there once, and no record waits for two minutes.
  expect(logOf(lane)).not.toContain('failed');
  expect(new Set(logOf(lane)).size).toBe(400);
  const elected = millis(lane, RecordKind.leaderElected).at(-1)!;
  expect(millis(lane, RecordKind.appended).some((time) => time > elected && time < elected + 1_000)).toBe(true);
});
