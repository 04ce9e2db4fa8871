/** T = Tr + Td + Ts + Tp, part by part, on scenarios small enough to be counted by hand. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded, queued } from './scenarios';

describe('the four parts of a call', () => {
  it('are the way there, the wait, the work and the way back', () => {
    const rows = rowsOf(runFile(merge(CALLED, { components: { client: { arrivals: { list: ['1s', '1s'] } } } })));
    expect(rows).toMatchObject([
      { startedMs: 1_000, tr: 20, td: 0, ts: 100, tp: 30, endedMs: 1_150, heldMs: 150, acceptedMs: 1_150, outcome: 'ok' },
      { startedMs: 1_000, tr: 20, td: 100, ts: 100, tp: 30, endedMs: 1_250, heldMs: 250, acceptedMs: 1_250, outcome: 'ok' },
    ]);
  });

  it('count a pause of the handler as delay and a call of a call by its own ways', () => {
    const file = merge(coded(`await ctx.sleep('7ms'); await ctx.call('server')`, `await ctx.work('5ms'); await ctx.call('store')`), {
      components: { store: { kind: 'service', work: '40ms' } },
      links: [
        { from: 'client', to: 'server', delay: '20ms', back: { delay: '30ms' } },
        { from: 'server', to: 'store', delay: '3ms', back: { delay: '4ms' } },
      ],
    });
    expect(rowsOf(runFile(file))).toMatchObject([{ tr: 23, td: 7, ts: 45, tp: 34, outcome: 'ok' }]);
  });

  it('belong, when calls run side by side, to the branch that ended last', () => {
    const file = {
      ...coded(`await Promise.all([ctx.call('server'), ctx.call('other')])`),
      links: [
        { from: 'client', to: 'server', delay: '200ms' },
        { from: 'client', to: 'other', delay: '1ms' },
      ],
    };
    const other = { kind: 'service', work: '450ms' };
    expect(rowsOf(runFile(merge(file, { components: { other } })))).toMatchObject([{ tr: 200, td: 0, ts: 100, tp: 200 }]);
    const longer = merge(file, { components: { other: { ...other, work: '550ms' } } });
    expect(rowsOf(runFile(longer))).toMatchObject([{ tr: 1, td: 0, ts: 550, tp: 1 }]);
  });

  it('count timeouts and the pauses between attempts as delay', () => {
    const retry = `{ timeout: '200ms', retry: { attempts: 3, backoff: 'fixed', base: '50ms' } }`;
    const lossy = merge(coded(`await ctx.call('server', {}, ${retry})`), { links: [{ from: 'client', to: 'server', loss: 1 }] });
    const lane = runFile(lossy);
    expect(rowsOf(lane)).toMatchObject([{ tr: 0, td: 700, ts: 0, tp: 0, heldMs: 700, outcome: 'timeout' }]);
    expect(recordsOf(lane, RecordKind.timedOut).map(({ timeMicros }) => timeMicros / 1_000)).toEqual([1_200, 1_450, 1_700]);
    expect(recordsOf(lane, RecordKind.retried).map(({ timeMicros, detail }) => [timeMicros / 1_000, detail])).toEqual([
      [1_250, 2],
      [1_500, 3],
    ]);
  });

  it('double the pause with exponential back-off', () => {
    const retry = `{ timeout: '100ms', retry: { attempts: 4, backoff: 'exponential', base: '10ms' } }`;
    const lossy = merge(coded(`await ctx.call('server', {}, ${retry})`), { links: [{ from: 'client', to: 'server', loss: 1 }] });
    expect(recordsOf(runFile(lossy), RecordKind.retried).map(({ timeMicros }) => timeMicros / 1_000)).toEqual([1_110, 1_230, 1_370]);
  });
});

describe('the caller is held', () => {
  it('by a call until the answer is there, by a send until the broker has the message', () => {
    const called = rowsOf(runFile(coded(`await ctx.call('server')`)));
    expect(called).toMatchObject([{ heldMs: 150, acceptedMs: 1_150, endedMs: 1_150 }]);
    const asked = queued(
      `const ticket = ctx.send('jobs', {}, { replyTo: 'replies' }); await ticket.accepted; await ticket.reply`,
      `await ctx.work('100ms'); ctx.reply({})`,
    );
    expect(rowsOf(runFile(asked))).toMatchObject([{ heldMs: 20, acceptedMs: 1_020, endedMs: 1_140, tr: 20, td: 0, ts: 100, tp: 20 }]);
  });

  it('by its own pauses, and not while it waits for a reply', () => {
    const asked = queued(
      `const ticket = ctx.send('jobs', {}, { replyTo: 'replies' }); await ticket.reply; await ctx.sleep('5ms')`,
      `await ctx.work('100ms'); ctx.reply({})`,
    );
    expect(rowsOf(runFile(asked))).toMatchObject([{ heldMs: 25 }]);
  });
});
