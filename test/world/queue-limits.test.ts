/** What a queue does with messages that cannot stay or cannot go: ttl, delay, dead letters, publishes held back, no confirms. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { queued } from './scenarios';

const at = (...list: string[]) => ({ components: { client: { arrivals: { list } } } });
const SEND = `await ctx.send('jobs', {}).accepted`;
const timesMs = (records: readonly { readonly timeMicros: number }[]): number[] => records.map(({ timeMicros }) => timeMicros / 1_000);

/** `jobs` with dead letters in `morgue`, which a service of that name's kin takes and logs. */
function withMorgue(onTick: string, onMessage: string, queue: Readonly<Record<string, unknown>>, morgue = {}): unknown {
  return merge(queued(onTick, onMessage, { deadLetter: 'morgue', ...queue }), {
    components: { morgue: { kind: 'queue', ...morgue }, coroner: { kind: 'service', handler: 'coroner.ts' } },
    links: [
      ...(queued('', '')['links'] as unknown[]),
      { from: 'jobs', to: 'morgue', delay: '5ms' },
      { from: 'morgue', to: 'coroner', delay: '5ms' },
    ],
    files: {
      'coroner.ts': `export async function onMessage(message: Message, ctx: Ctx) { ctx.log(ctx.now, message.deadLetter, message.deliveries, message.body) }`,
    },
  });
}

describe('a ttl', () => {
  it('ends the wait of a message that is ready, at its own instant', () => {
    const file = merge(queued(`${SEND}`, `await ctx.sleep('300ms')`, { ttl: '200ms', prefetch: 1 }), at('1s', '1.05s', '1.1s', '1.2s'));
    const lane = runFile(file);
    // The first is taken at 1010 and acknowledged at 1330. The others expire at 1260 and 1310; the last has until 1410.
    expect(timesMs(recordsOf(lane, RecordKind.expired, 'jobs'))).toEqual([1_260, 1_310]);
    expect(timesMs(recordsOf(lane, RecordKind.dispatched, 'jobs'))).toEqual([1_010, 1_330]);
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 4, completions: 2, expired: 2, depthAtEnd: 0 });
  });

  it('of one message counts when it is shorter, and goes on while a message comes back', () => {
    const send = `const n = ctx.state.n = (ctx.state.n ?? 0) + 1; await ctx.send('jobs', {}, { ttl: n === 1 ? '120ms' : '500ms' }).accepted`;
    const lane = runFile(
      merge(queued(send, `await ctx.sleep('50ms'); throw new Error('no')`, { ttl: '180ms', prefetch: 1 }), at('1s', '2s')),
    );
    // Delivered at 1010, back at 1080, delivered again, back at 1150: by then its 120 ms are over. The second has 180 ms.
    expect(timesMs(recordsOf(lane, RecordKind.expired, 'jobs'))).toEqual([1_150, 2_220]);
  });

  it('of a request leaves it lost', () => {
    const lane = runFile(queued(`await ctx.send('jobs', {}).reply`, `await ctx.sleep('1h')`, { ttl: '100ms', prefetch: 1 }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'inFlight' }]);
    const two = runFile(
      merge(queued(`await ctx.send('jobs', {}).reply`, `await ctx.sleep('1h')`, { ttl: '100ms', prefetch: 1 }), at('1s', '1s')),
    );
    expect(rowsOf(two)).toMatchObject([{ outcome: 'inFlight' }, { outcome: 'lost', endedMs: 1_110, tr: 10, td: 90, tp: 10 }]);
  });
});

describe('a delay', () => {
  it('keeps a message back, confirmed, and lets others pass', () => {
    const send = `const n = ctx.state.n = (ctx.state.n ?? 0) + 1; await ctx.send('jobs', n, n === 1 ? { delay: '1s' } : {}).accepted; ctx.log(ctx.now)`;
    const lane = runFile(merge(queued(send, `ctx.log('got', message.body, ctx.now)`), at('1s', '1.5s')));
    expect(logOf(lane)).toEqual(['1020', '1520', 'got 2 1520', 'got 1 2020']);
    expect(recordsOf(lane, RecordKind.delayed, 'jobs')).toMatchObject([{ timeMicros: 1_010_000, value: 2_010_000 }]);
    expect(timesMs(recordsOf(lane, RecordKind.delayEnded, 'jobs'))).toEqual([2_010]);
    // The time it was kept back is waiting, for the law of Little too.
    expect(recordsOf(lane, RecordKind.dispatched, 'jobs').map(({ value }) => value)).toEqual([0, 1_000_000]);
  });

  it('of the queue holds for every message, and takes a place', () => {
    const lane = runFile(merge(queued(`await ctx.send('jobs', {}).accepted`, ``, { delay: '2s', capacity: 1 }), at('1s', '2s', '4s')));
    expect(timesMs(recordsOf(lane, RecordKind.refused, 'jobs'))).toEqual([2_010]);
    expect(timesMs(recordsOf(lane, RecordKind.dispatched, 'jobs'))).toEqual([3_010, 6_010]);
  });
});

describe('dead letters', () => {
  it('are messages given back for good, with reason, queue and count', () => {
    const lane = runFile(withMorgue(SEND, `ctx.nack({ requeue: false })`, {}));
    expect(logOf(lane)).toEqual(['1040 {"reason":"rejected","queue":"jobs","count":1} 1 {}']);
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 1, deadLettered: 1, dropped: 0, completions: 0, redelivered: 0 });
    expect(lane.summary.components['morgue']).toMatchObject({ arrivals: 1, completions: 1 });
  });

  it('are messages delivered too often', () => {
    const lane = runFile(withMorgue(SEND, `throw new Error('poison')`, { maxDeliveries: 3 }));
    expect(logOf(lane)).toEqual(['1080 {"reason":"delivery_limit","queue":"jobs","count":1} 1 {}']);
    expect(recordsOf(lane, RecordKind.dispatched, 'jobs')).toHaveLength(3);
  });

  it('are expired messages, which do not expire again by their own ttl', () => {
    const send = `await ctx.send('jobs', 'old', { ttl: '50ms' }).accepted`;
    const lane = runFile(merge(withMorgue(send, `await ctx.sleep('1h')`, { prefetch: 1 }), at('1s', '1s')));
    expect(logOf(lane)).toEqual(['1070 {"reason":"expired","queue":"jobs","count":1} 1 old']);
    expect(lane.summary.components['jobs']).toMatchObject({ expired: 0, deadLettered: 1 });
  });

  it('are the oldest of a full queue', () => {
    const lane = runFile(
      merge(withMorgue(SEND, `await ctx.sleep('1h')`, { capacity: 2, prefetch: 1, overflow: 'drop-oldest' }), at('1s', '2s', '3s')),
    );
    expect(logOf(lane)).toEqual(['3020 {"reason":"maxlen","queue":"jobs","count":1} 1 {}']);
  });

  it('come back after a rest when the dead letters of their queue are its first one: a retry with a pause', () => {
    const retry = merge(withMorgue(SEND, `ctx.log(ctx.now, message.deadLetter); ctx.nack({ requeue: ctx.now > 3000 })`, {}), {
      components: { coroner: null, morgue: { ttl: '1s', deadLetter: 'jobs' } },
      links: [...(queued('', '')['links'] as unknown[]), { from: 'jobs', to: 'morgue' }, { from: 'morgue', to: 'jobs' }],
      files: { 'coroner.ts': null },
      duration: '4s',
    });
    const lines = logOf(runFile(retry));
    expect(lines.slice(0, 3)).toEqual([
      '1020 undefined',
      '2040 {"reason":"expired","queue":"jobs","count":2}',
      '3060 {"reason":"expired","queue":"jobs","count":4}',
    ]);
  });

  it('that nobody takes leave their request lost', () => {
    const parked = merge(withMorgue(`await ctx.send('jobs', {}).reply`, `ctx.nack({ requeue: false })`, {}), {
      components: { coroner: null },
      links: [...(queued('', '')['links'] as unknown[]), { from: 'jobs', to: 'morgue', delay: '5ms' }],
      files: { 'coroner.ts': null },
    });
    const lane = runFile(parked);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'lost', endedMs: 1_035 }]);
    expect(lane.summary.components['morgue']).toMatchObject({ arrivals: 1, depthAtEnd: 1 });
  });
});

describe('a queue that blocks', () => {
  it('confirms only when there is room, first come first served, and the time is Td of who waits', () => {
    const send = `const n = ctx.state.n = (ctx.state.n ?? 0) + 1; await ctx.send('jobs', n).accepted; ctx.log(n, ctx.now)`;
    const lane = runFile(
      merge(queued(send, `await ctx.work('1s')`, { capacity: 2, prefetch: 1, overflow: 'block' }), at('1s', '1s', '1s', '1.1s')),
    );
    // One place is free when the first is acknowledged, at 1010 + 10 + 1000 + 10, and one at each acknowledgement after it.
    expect(logOf(lane)).toEqual(['1 1020', '2 1020', '3 2040', '4 3060']);
    expect(rowsOf(lane)[2]).toMatchObject({
      outcome: 'ok',
      acceptedMs: 2_040,
      endedMs: 4_060,
      heldMs: 1_040,
      tr: 20,
      td: 2_040,
      ts: 1_000,
    });
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 4, refused: 0, completions: 4, blocked: 2, blockedMs: 2_040 });
    expect(recordsOf(lane, RecordKind.unblocked, 'jobs').map(({ value }) => value)).toEqual([1_020_000, 1_940_000]);
  });
});

describe('without confirms', () => {
  it('a sender goes on as soon as its message has left, and never learns that it was lost or refused', () => {
    const send = `try { await ctx.send('jobs', {}).accepted; ctx.log(ctx.now) } catch (error) { ctx.log(error.status) }`;
    const full = { capacity: 1, prefetch: 1, confirms: false };
    const lane = runFile(merge(queued(send, `await ctx.sleep('1h')`, full), at('1s', '2s', '3s')));
    expect(logOf(lane)).toEqual(['1000', '2000', '3000']);
    expect(lane.summary.requests).toMatchObject({ N: 3, Ns: 0, failures: { lost: 2 }, inFlight: 1, accepted: { N: 3, meanMs: 0 } });
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 3, refused: 2 });
  });

  it('is also what one send may ask for, and a send with a confirm from such a queue', () => {
    const send = (options: string) => `await ctx.send('jobs', {}, ${options}).accepted; ctx.log(ctx.now)`;
    expect(logOf(runFile(queued(send('{ confirm: false }'), ``)))).toEqual(['1000']);
    expect(logOf(runFile(queued(send('{ confirm: true }'), ``, { confirms: false })))).toEqual(['1020']);
  });

  it('an awaited reply of a refused message is lost at that instant', () => {
    const lane = runFile(
      merge(queued(`await ctx.send('jobs', {}).reply`, `await ctx.sleep('1h')`, { capacity: 1, confirms: false }), at('1s', '2s')),
    );
    expect(rowsOf(lane)[1]).toMatchObject({ outcome: 'lost', endedMs: 2_010 });
  });
});
