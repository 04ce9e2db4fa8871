/** Explicit acknowledgements, priorities, and consumers who compete. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, runFile } from './run-file';
import { queued } from './scenarios';

const at = (...list: string[]) => ({ components: { client: { arrivals: { list } } } });
const SEND = `await ctx.send('jobs', {}).accepted`;

describe('ctx.ack and ctx.nack', () => {
  it('tell the broker before the handler ends, and its end tells nothing more', () => {
    const lane = runFile(
      queued(SEND, `await ctx.sleep('5ms'); ctx.ack(); await ctx.sleep('1s'); ctx.log(ctx.now); throw new Error('too late')`),
    );
    expect(recordsOf(lane, RecordKind.acknowledged, 'jobs')).toMatchObject([{ timeMicros: 1_035_000 }]);
    expect(recordsOf(lane, RecordKind.returned, 'jobs')).toEqual([]);
    expect(logOf(lane)).toEqual(['2025']);
  });

  it('give a message back for another delivery, or for good', () => {
    const lane = runFile(
      queued(SEND, `ctx.log(message.deliveries); if (message.deliveries < 3) ctx.nack(); else ctx.nack({ requeue: false })`),
    );
    expect(logOf(lane)).toEqual(['1', '2', '3']);
    expect(lane.summary.components['jobs']).toMatchObject({ redelivered: 2, dropped: 1, completions: 0 });
    expect(lane.handlerProblems).toEqual([]);
  });

  it('are for a message in hand, once', () => {
    const twice = `ctx.ack(); try { ctx.nack() } catch (error) { ctx.log(error.status) }`;
    expect(logOf(runFile(queued(SEND, twice)))).toEqual(['INVALID_ARGUMENT']);
    const noMessage = `try { ctx.ack() } catch (error) { ctx.log(error.status) }`;
    expect(logOf(runFile(queued(noMessage, ``)))).toEqual(['INVALID_ARGUMENT']);
    expect(runFile(queued(SEND, `ctx.nack({ requeue: 1 })`, { maxDeliveries: 1 })).handlerProblems).toHaveLength(1);
  });

  it('mean nothing to a queue that has forgotten the message', () => {
    const lane = runFile(queued(SEND, `ctx.nack(); ctx.log('fine')`, { ack: 'auto' }));
    expect(logOf(lane)).toEqual(['fine']);
    expect(lane.summary.components['jobs']).toMatchObject({ completions: 1, redelivered: 0 });
  });
});

describe('priorities', () => {
  const sendThem = `for (const [n, priority] of [1, 5, 0, 9, 5, 1].entries()) await ctx.send('jobs', n, { priority }).accepted`;
  const take = `await ctx.sleep('1s'); ctx.log(message.body, message.priority)`;

  it('the highest goes first, and who was there first among equals', () => {
    const lane = runFile(queued(sendThem, take, { prefetch: 1, priority: 9 }));
    expect(logOf(lane)).toEqual(['0 1', '3 9', '1 5', '4 5', '5 1', '2 0']);
  });

  it('above the highest of the queue count as that one, and without any the order is that of arrival', () => {
    expect(logOf(runFile(queued(sendThem, take, { prefetch: 1, priority: 1 })))).toEqual(['0 1', '1 5', '3 9', '4 5', '5 1', '2 0']);
    expect(logOf(runFile(queued(sendThem, take, { prefetch: 1 }))).map((line) => line[0])).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('keep the turn of a message that comes back', () => {
    const back = `ctx.log(message.body); await ctx.sleep('1s'); if (message.body === 1 && message.deliveries === 1) throw new Error('again')`;
    const lane = runFile(queued(`for (let n = 0; n < 4; n++) await ctx.send('jobs', n).accepted`, back, { prefetch: 1 }));
    expect(logOf(lane)).toEqual(['0', '1', '1', '2', '3']);
  });

  it('that are no priorities are an error of the code that sends', () => {
    const lane = runFile(queued(`await ctx.send('jobs', 1, { priority: 10 })`, ``));
    expect(lane.handlerProblems).toHaveLength(1);
    expect(lane.summary.requests).toMatchObject({ N: 1, Ns: 0, failures: { error: 1 } });
  });
});

describe('several messages that come back', () => {
  it('are delivered again in the order in which they were stored', () => {
    const file = queued(
      `for (let n = 0; n < 4; n++) ctx.send('jobs', n)`,
      `if (message.deliveries === 1) await ctx.sleep('1h'); ctx.log(message.body)`,
      {
        ackTimeout: '1s',
        prefetch: 4,
      },
    );
    const lane = runFile(merge(merge(file, at('1s')), { components: { worker: { workers: 8 } } }));
    expect(logOf(lane)).toEqual(['0', '1', '2', '3']);
  });
});
