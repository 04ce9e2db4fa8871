/** What the shipped scenarios about brokers claim. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import type { QueueSummary, TopicSummary } from '../../src/model/summary';
import { logOf, runFile } from './run-file';

function run(name: string, variant: string | null = null): LaneResult {
  const lane = runFile(JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8')), { variant, keepTrace: false });
  expect(lane.summary.violations).toEqual([]);
  return lane;
}

function queueOf({ summary }: LaneResult, id: string): QueueSummary {
  const queue = summary.components[id];
  if (queue?.kind !== 'queue') throw new Error(`no queue ${id}`);
  return queue;
}

describe('dead letters', () => {
  it('keep poison out of the way, and with a pause only poison is given up', () => {
    const forEver = queueOf(run('dead-letters', 'for ever'), 'orders');
    expect(forEver.depthAtEnd).toBeGreaterThan(500);
    const atOnce = run('dead-letters');
    expect(queueOf(atOnce, 'orders').depthAtEnd).toBeLessThan(20);
    expect(queueOf(atOnce, 'orders').deadLettered).toBe(queueOf(atOnce, 'morgue').depthAtEnd);
    for (const later of ['a pause between', 'a queue that delays']) {
      const givenUp = logOf(run('dead-letters', later));
      expect(givenUp.length).toBeGreaterThan(0);
      expect(givenUp.filter((line) => !line.endsWith('unreadable'))).toEqual([]);
      expect(givenUp.length).toBeLessThan(queueOf(atOnce, 'orders').deadLettered / 3);
    }
  });
});

describe('a leader that fails', () => {
  const topicOf = (variant: string): TopicSummary => run('leader-failover', variant).summary.components['orders'] as TopicSummary;

  it('is waited for when nobody else has everything, unless an unclean election goes on without what was confirmed', () => {
    expect(topicOf('only the leader is left')).toMatchObject({ acknowledgedLost: 0, truncated: 0, kept: 2_083 });
    const unclean = topicOf('only the leader is left, unclean');
    expect(unclean.acknowledgedLost).toBe(unclean.truncated);
    expect(unclean.acknowledgedLost).toBeGreaterThan(200);
    expect(unclean.groups['billing']).toMatchObject({
      redelivered: 0,
      behind: unclean.kept + unclean.truncated - unclean.groups['billing']!.handled,
    });
  });
});

describe('priorities', () => {
  const means = (variant: string | null): number[] => {
    const lines = logOf(run('priority-queue', variant));
    return ['urgent', 'others'].map((who) => Number(lines.findLast((line) => line.startsWith(who))?.match(/wait (\d+)/)?.[1]));
  };

  it('help the urgent at the cost of the others, and a large prefetch undoes it', () => {
    const [urgent = NaN, others = NaN] = means(null);
    const [equal = NaN, equalOthers = NaN] = means('first come, first served');
    expect(urgent).toBeLessThan(150);
    expect(others).toBeGreaterThan(Math.max(equal, equalOthers));
    expect(means('prefetch 10')[0]).toBeGreaterThan(2 * urgent);
  });
});

describe('a full queue', () => {
  it('that blocks makes accepting slow; otherwise messages are refused, thrown away, or lost in silence', () => {
    const [block, reject, drop, silent] = [null, 'reject', 'drop the oldest', 'no confirms'].map((variant) =>
      run('block-the-producer', variant),
    );
    expect(queueOf(block!, 'jobs')).toMatchObject({ refused: 0, dropped: 0 });
    const { accepted } = block!.summary.requests;
    expect(accepted.QPerSecond).toBeLessThan(10.5);
    expect(accepted.meanMs).toBeGreaterThan(900);
    expect(reject!.summary.requests.R).toBeLessThan(0.3);
    expect(queueOf(drop!, 'jobs').dropped).toBeGreaterThan(5_000);
    for (const careless of [drop!, silent!]) {
      expect(careless.summary.requests.R).toBeLessThan(0.3);
      expect(careless.summary.requests.accepted.N).toBeGreaterThan(0.99 * careless.summary.requests.N);
    }
    expect(queueOf(silent!, 'jobs').refused).toBeGreaterThan(5_000);
    for (const lane of [block, reject, drop, silent]) expect(queueOf(lane!, 'jobs').completions).toBeLessThan(1_300);
  });
});

describe('competing consumers', () => {
  it('wait less in one line than each in a line of its own', () => {
    const inSystem = (variant: string | null): number => queueOf(run('competing-consumers', variant), 'jobs').meanInSystem;
    expect(inSystem('prefetch 50')).toBeGreaterThan(1.3 * inSystem(null));
  });
});

describe('request and reply', () => {
  it('loses what a link loses, unless it asks again', () => {
    expect(run('request-reply').summary.requests.R).toBe(1);
    // Both answers must come.
    expect(run('request-reply', 'answers get lost').summary.requests.R).toBeLessThan(0.87);
    expect(run('request-reply', 'ask again').summary.requests.R).toBe(1);
  });
});
