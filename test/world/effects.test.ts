/** When a request that sends or publishes is completed: never when a broker has what it sent, always when what it sent is done. */
import { describe, expect, it } from 'vitest';
import { merge } from '../model/example-files';
import { rowsOf, runFile } from './run-file';
import { queued } from './scenarios';
import { publishing, records } from './topic-scenario';

/** One request at 1 s; every link takes 10 ms. */
const SEND = `await ctx.send('jobs', {}).accepted`;

describe('a request that sends', () => {
  it('is accepted when the broker has it, and completed when it is handled', () => {
    const [row] = rowsOf(runFile(queued(SEND, `await ctx.work('1s')`)));
    expect(row).toMatchObject({ outcome: 'ok', acceptedMs: 1_020, endedMs: 2_020, heldMs: 20, tr: 20, td: 0, ts: 1_000, tp: 0 });
  });

  it('without waiting for anything is held for no time, and completed just the same', () => {
    const [row] = rowsOf(runFile(queued(`ctx.send('jobs', {})`, `await ctx.work('1s')`)));
    expect(row).toMatchObject({ outcome: 'ok', acceptedMs: 1_000, endedMs: 2_020, heldMs: 0 });
  });

  it('several messages is completed with the last of them', () => {
    const [row] = rowsOf(runFile(queued(`for (const n of [1, 2, 3]) ctx.send('jobs', { n })`, `await ctx.work('1s')`)));
    expect(row).toMatchObject({ outcome: 'ok', endedMs: 4_020, tr: 20, td: 2_000, ts: 1_000 });
  });

  it('and does more itself is over when both are', () => {
    const [row] = rowsOf(runFile(queued(`ctx.send('jobs', {}); await ctx.sleep('5s')`, `await ctx.work('1s')`)));
    expect(row).toMatchObject({ outcome: 'ok', endedMs: 6_000, td: 5_000, ts: 0 });
  });

  it('fails when its message can never be handled: given up by its handler, dropped, expired', () => {
    const outcome = (worker: string, queue: Readonly<Record<string, unknown>>): string | undefined =>
      rowsOf(runFile(queued(SEND, worker, queue)))[0]?.outcome;
    expect(outcome(`throw new Error('no')`, { maxDeliveries: 2 })).toBe('error');
    expect(outcome(`ctx.nack({ requeue: false })`, {})).toBe('error');
    expect(outcome(`throw new Error('no')`, { ack: 'auto' })).toBe('error');
    const two = { components: { client: { arrivals: { list: ['1s', '1.001s'] } } } };
    const lane = runFile(merge(queued(SEND, `await ctx.work('1s')`, { prefetch: 1, ttl: '100ms' }), two));
    expect(rowsOf(lane).map(({ outcome, endedMs }) => [outcome, endedMs])).toEqual([
      ['ok', 2_020],
      ['lost', 1_111],
    ]);
  });

  it('is completed once, by the first of two deliveries that succeeds', () => {
    const slow = `await ctx.work(message.deliveries === 1 ? '350ms' : '1s')`;
    const lane = runFile(merge(queued(SEND, slow, { ackTimeout: '200ms' }), { components: { worker: { workers: 2 } } }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 1_370 }]);
    expect(lane.summary.components['jobs']).toMatchObject({ redelivered: 1 });
  });

  it('lets a user go on when it is accepted, not when it is done', () => {
    const closed = { components: { client: { arrivals: null, users: 1, thinkTime: '100ms' } }, duration: '2s' };
    const rows = rowsOf(runFile(merge(queued(SEND, `await ctx.work('10s')`), closed)));
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every(({ outcome }) => outcome === 'inFlight')).toBe(true);
  });
});

describe('a request that publishes', () => {
  const groups = { fast: { members: ['fast'] }, slow: { members: ['slow'] } };
  const readers = { fast: `await ctx.work('100ms')`, slow: `await ctx.work('1s')` };

  it('is completed when every subscriber has handled it', () => {
    const [row] = rowsOf(runFile(publishing(`await ctx.publish('log', {}).accepted`, { groups }, readers)));
    expect(row).toMatchObject({ outcome: 'ok', acceptedMs: 1_020, endedMs: 2_020, ts: 1_000 });
  });

  it('is completed when every group of a log has handled it', () => {
    const [row] = rowsOf(runFile(publishing(`ctx.publish('log', {})`, { groups, retention: {} }, readers)));
    expect(row).toMatchObject({ outcome: 'ok', endedMs: 2_020, ts: 1_000 });
  });

  it('and nobody listens, is completed when the topic has it', () => {
    const [row] = rowsOf(runFile(publishing(`ctx.publish('log', {})`, { retention: {} }, {})));
    expect(row).toMatchObject({ outcome: 'ok', endedMs: 1_010 });
  });

  it('fails when a group passes over its record, or the log forgets it unread', () => {
    const failing = { ...readers, slow: `throw new Error('no')` };
    const passed = publishing(
      `ctx.publish('log', {})`,
      { groups: { fast: groups.fast, slow: { ...groups.slow, maxDeliveries: 2 } }, retention: {} },
      failing,
    );
    expect(rowsOf(runFile(passed))[0]).toMatchObject({ outcome: 'error' });
    // The first is read at once; the log then keeps only the last, and both readers go on at its end.
    const short = publishing(records(5), { groups, retention: { records: 1 } }, readers);
    expect(rowsOf(runFile(short))[0]).toMatchObject({ outcome: 'lost', endedMs: 2_020 });
  });
});
