/** Queues: what they confirm, refuse, drop, deliver again and give up, and whose reply is whose. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { queued } from './scenarios';

const FIVE_AT_ONCE = { components: { client: { arrivals: { list: ['1s', '1s', '1s', '1s', '1s'] } } } };
const ASK = `const ticket = ctx.send('jobs', { at: ctx.now }, { replyTo: 'replies' }); await ticket.accepted; await ticket.reply`;

function timesMs(records: readonly { readonly timeMicros: number }[]): number[] {
  return records.map(({ timeMicros }) => timeMicros / 1_000);
}

describe('a full queue', () => {
  // One message is handed out and one is ready: both count as present.
  const full = { capacity: 2, prefetch: 1 };

  it('that rejects tells the sender RESOURCE_EXHAUSTED and keeps what it has', () => {
    const send = `try { await ctx.send('jobs', {}).accepted; ctx.log('taken') } catch (error) { ctx.log(error.status); throw error }`;
    const lane = runFile(merge(queued(send, `await ctx.work('1s')`, full), FIVE_AT_ONCE));
    expect(logOf(lane)).toEqual(['taken', 'taken', ...Array<string>(3).fill('RESOURCE_EXHAUSTED')]);
    expect(lane.summary.requests).toMatchObject({ N: 5, Ns: 2, failures: { RESOURCE_EXHAUSTED: 3 } });
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 5, refused: 3, completions: 2, depthAtEnd: 0 });
    expect(timesMs(recordsOf(lane, RecordKind.refused, 'jobs'))).toEqual([1_010, 1_010, 1_010]);
  });

  it('that drops the oldest confirms all, and the requests of the dropped are lost', () => {
    const three = { capacity: 3, prefetch: 1, overflow: 'drop-oldest' };
    const lane = runFile(merge(queued(ASK, `await ctx.work('1s'); ctx.reply({})`, three), FIVE_AT_ONCE));
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 5, refused: 0, dropped: 2, completions: 3 });
    // The first is handed out, so the oldest that wait are the second and the third.
    expect(recordsOf(lane, RecordKind.dropped, 'jobs').map(({ request }) => request)).toEqual([2, 3]);
    expect(rowsOf(lane).map(({ outcome }) => outcome)).toEqual(['ok', 'lost', 'lost', 'ok', 'ok']);
    // Dropped at 1010, while the confirm is on its way: the code could still do something else when it comes.
    expect(rowsOf(lane)[1]).toMatchObject({ endedMs: 1_020 });
  });
});

describe('a message not acknowledged', () => {
  it('in time is delivered again, and one acknowledgement ends it', () => {
    const slowFirst = `ctx.log(message.deliveries); await ctx.sleep(message.deliveries === 1 ? '350ms' : '50ms')`;
    const lane = runFile(
      merge(queued(`await ctx.send('jobs', {}).accepted`, slowFirst, { ackTimeout: '200ms' }), { components: { worker: { workers: 2 } } }),
    );
    // There at 1010 and 1210, 10 ms on the link each time; the ack of the second comes before the first has ended.
    expect(timesMs(recordsOf(lane, RecordKind.dispatched, 'jobs'))).toEqual([1_010, 1_210]);
    expect(timesMs(recordsOf(lane, RecordKind.returned, 'jobs'))).toEqual([1_210]);
    expect(timesMs(recordsOf(lane, RecordKind.acknowledged, 'jobs'))).toEqual([1_280]);
    expect(logOf(lane)).toEqual(['1', '2']);
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 1, redelivered: 1, completions: 1, depthAtEnd: 0 });
  });

  it('but given back by a throw comes again at once, with its count, until it succeeds', () => {
    const lane = runFile(queued(ASK, `if (message.deliveries < 3) throw new Error('not yet'); ctx.reply({ tries: message.deliveries })`));
    expect(timesMs(recordsOf(lane, RecordKind.dispatched, 'jobs'))).toEqual([1_010, 1_030, 1_050]);
    expect(recordsOf(lane, RecordKind.dispatched, 'jobs').map(({ detail }) => detail)).toEqual([1, 2, 3]);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 1_080 }]);
    expect(lane.handlerProblems).toHaveLength(2);
    expect(lane.handlerProblems[0]).toMatchObject({ file: 'worker.ts', line: 1, atMicros: 1_020_000 });
  });

  it('is given up after its last delivery, and its request is lost', () => {
    const lane = runFile(queued(ASK, `throw new Error('never')`, { maxDeliveries: 4 }));
    expect(recordsOf(lane, RecordKind.dispatched, 'jobs')).toHaveLength(4);
    expect(timesMs(recordsOf(lane, RecordKind.dropped, 'jobs'))).toEqual([1_090]);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'lost', endedMs: 1_090 }]);
    expect(lane.summary.components['jobs']).toMatchObject({ redelivered: 3, dropped: 1, depthAtEnd: 0 });
  });

  it('is not known to a queue with automatic acknowledgement, which forgets it when it leaves', () => {
    const lane = runFile(queued(ASK, `throw new Error('gone')`, { ack: 'auto' }));
    expect(recordsOf(lane, RecordKind.dispatched, 'jobs')).toHaveLength(1);
    expect(lane.summary.components['jobs']).toMatchObject({ completions: 1, redelivered: 0, depthAtEnd: 0 });
  });
});

describe('prefetch', () => {
  it('is how many a consumer holds; the others stay in the queue', () => {
    const depth = (prefetch: number) => {
      const lane = runFile(merge(queued(`await ctx.send('jobs', {}).accepted`, `await ctx.sleep('1h')`, { prefetch }), FIVE_AT_ONCE));
      return recordsOf(lane, RecordKind.dispatched, 'jobs').length;
    };
    expect([1, 3, 10].map(depth)).toEqual([1, 3, 5]);
  });
});

describe('replies', () => {
  it('go to the request whose correlation id they carry, also when they overtake each other', () => {
    const ask = `const n = ctx.state.n = (ctx.state.n ?? 0) + 1
      const a = ctx.send('jobs', { wait: 900 - 100 * n, name: 'a' + n }, { replyTo: 'replies' })
      const b = ctx.send('jobs', { wait: 100, name: 'b' + n }, { replyTo: 'replies' })
      const [first, second] = await Promise.all([a.reply, b.reply])
      ctx.log(n, first.name, second.name)`;
    const answer = `await ctx.work(milliseconds(message.body.wait)); ctx.reply({ name: message.body.name })`;
    const lane = runFile(merge(merge(queued(ask, answer), FIVE_AT_ONCE), { components: { worker: { workers: 20 } } }));
    expect(logOf(lane)).toEqual([5, 4, 3, 2, 1].map((n) => `${n} a${n} b${n}`));
  });

  it('that nobody asked for are refused at the worker', () => {
    const lane = runFile(
      queued(`await ctx.send('jobs', {}).accepted`, `try { ctx.reply({}) } catch (error) { ctx.log(error.status) }`, { maxDeliveries: 1 }),
    );
    // A queue leads back to the client, so a send without replyTo names it.
    expect(logOf(lane)).toEqual([]);
    const oneWay = merge(queued(`await ctx.send('jobs', {}).accepted`, `try { ctx.reply({}) } catch (error) { ctx.log(error.status) }`), {
      components: { replies: null },
      links: [
        { from: 'client', to: 'jobs' },
        { from: 'jobs', to: 'worker' },
      ],
    });
    expect(logOf(runFile(oneWay))).toEqual(['INVALID_ARGUMENT']);
  });
});
