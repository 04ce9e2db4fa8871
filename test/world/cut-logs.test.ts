/** What becomes of those who read a log of which an unclean election has cut off the end. */
import { describe, expect, it } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import type { TopicSummary } from '../../src/model/summary';
import { RecordKind } from '../../src/model/trace';
import { recordsOf, runFile } from './run-file';
import { publishing } from './topic-scenario';

/** Its leader alone has what is confirmed from 2.5 s on, crashes at 4 s, and one without that leads from 5 s on. */
function run(work: string, group: Readonly<Record<string, unknown>> = {}, more: readonly unknown[] = []): LaneResult {
  const code = `for (let n = 0; n < 600; n++) { ctx.publish('log', n); await ctx.sleep('10ms') }`;
  const topic = {
    replication: 3,
    unclean: true,
    brokerSessionTimeout: '1s',
    producer: { acks: 1 },
    groups: { g: { members: ['a'], from: 'earliest', ...group } },
  };
  const faults = [
    ...['log#2', 'log#3'].map((crash) => ({ at: '1.5s', for: '3s', crash })),
    { at: '4s', for: '10s', crash: 'log#1' },
    ...more,
  ];
  const lane = runFile(publishing(code, topic, { a: `await ctx.work('${work}')` }, { faults, duration: '60s' }));
  expect(lane.summary.violations).toEqual([]);
  return lane;
}

const topicOf = ({ summary }: LaneResult): TopicSummary => summary.components['log'] as TopicSummary;

/** Where and when its log was cut off. */
function cutOf(lane: LaneResult): { cut: number; cutMicros: number } {
  const [{ subject, timeMicros } = { subject: NaN, timeMicros: NaN }] = recordsOf(lane, RecordKind.truncated, 'log');
  return { cut: subject, cutMicros: timeMicros };
}

/** Offsets and the instants at which their records were appended, in the order of delivery. */
function delivered(lane: LaneResult): { offset: number; appendedAt: number }[] {
  return recordsOf(lane, RecordKind.delivered, 'log').map(({ subject, timeMicros, value }) => ({
    offset: subject,
    appendedAt: timeMicros - value,
  }));
}

describe('a reader of a log that is cut off', () => {
  it('goes on at the first record that differs, and reads none of the others again', () => {
    const lane = run('1ms');
    const { cut, cutMicros } = cutOf(lane);
    const read = delivered(lane);
    const back = read.findIndex(({ offset }, at) => at > 0 && offset <= read[at - 1]!.offset);
    expect(read[back]!.offset).toBe(cut);
    expect(read[back]!.appendedAt).toBeGreaterThanOrEqual(cutMicros);
    expect(read.slice(back).map(({ offset }) => offset)).toEqual(Array.from({ length: read.length - back }, (_, at) => cut + at));
    expect(topicOf(lane).groups['g']).toMatchObject({ redelivered: 0, behind: 0 });
  });

  it('handles first what it had fetched before, which says nothing of what stands there now', () => {
    const lane = run('15ms', { maxPoll: 100, commitInterval: '200ms' });
    const { cut, cutMicros } = cutOf(lane);
    const read = delivered(lane);
    const gone = read.filter(({ offset, appendedAt }) => offset >= cut && appendedAt < cutMicros);
    expect(gone.length).toBeGreaterThan(10);
    const fresh = read.filter(({ appendedAt }) => appendedAt >= cutMicros);
    const { groups, kept } = topicOf(lane);
    expect(fresh.map(({ offset }) => offset)).toEqual(Array.from({ length: kept - cut }, (_, at) => cut + at));
    expect(groups['g']).toMatchObject({ redelivered: 0, behind: 0, lag: 0 });
  });

  it('commits nothing that it has not read, so that whoever comes after it leaves nothing out', () => {
    const lane = run('15ms', { maxPoll: 100, commitInterval: '200ms', sessionTimeout: '1s', heartbeatInterval: '300ms' }, [
      { at: '6s', for: '1s', crash: 'a' },
    ]);
    const { cut, cutMicros } = cutOf(lane);
    const fresh = new Set(delivered(lane).flatMap(({ offset, appendedAt }) => (appendedAt >= cutMicros ? [offset] : [])));
    const { groups, kept } = topicOf(lane);
    expect([...fresh].sort((one, other) => one - other)).toEqual(Array.from({ length: kept - cut }, (_, at) => cut + at));
    expect(groups['g']).toMatchObject({ skipped: 0, behind: 0 });
  });
});
