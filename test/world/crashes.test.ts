/** What a crash takes, what it leaves, and who is told; and what a pause puts off. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded, queued } from './scenarios';

/** Three requests, 100 ms of work each; they reach the server at 1020, 1030 and 1500 ms. */
const THREE = merge(CALLED, { components: { client: { arrivals: { list: ['1s', '1010ms', '1480ms'] } } } });

const withFaults = (file: unknown, ...faults: readonly unknown[]): unknown => merge(file, { faults });

describe('a crash of a service', () => {
  const lane = runFile(withFaults(THREE, { at: '1050ms', for: '1s', crash: 'server' }));

  it('takes the request in hand and the one in line, which are decided at that instant', () => {
    expect(rowsOf(lane)).toMatchObject([
      { outcome: 'lost', endedMs: 1_050 },
      { outcome: 'lost', endedMs: 1_050 },
      { outcome: 'UNAVAILABLE', endedMs: 1_530, tr: 20, tp: 30 },
    ]);
    expect(recordsOf(lane, RecordKind.abandoned, 'server')).toMatchObject([
      { detail: 1, value: 30_000 },
      { detail: 0, value: 20_000 },
    ]);
  });

  it('keeps the books', () => {
    expect(lane.summary.violations).toEqual([]);
    expect(lane.summary.components['server']).toMatchObject({ arrivals: 3, completions: 0, abandoned: 2, refused: 1 });
  });

  it('ends, and the next request is served', () => {
    const served = runFile(withFaults(THREE, { at: '1050ms', for: '400ms', crash: 'server' }));
    expect(rowsOf(served)[2]).toMatchObject({ outcome: 'ok', endedMs: 1_630 });
    expect(served.summary.violations).toEqual([]);
  });

  it('lasts until the last of two that overlap is over', () => {
    const faults = [
      { at: '1050ms', for: '200ms', crash: 'server' },
      { at: '1100ms', for: '500ms', crash: 'server' },
    ];
    expect(rowsOf(runFile(withFaults(THREE, ...faults)))[2]).toMatchObject({ outcome: 'UNAVAILABLE' });
  });

  it('is survived by a caller that tries again after its timeout', () => {
    const call = `await ctx.call('server', {}, { timeout: '200ms', retry: { attempts: 2 } })`;
    const retried = runFile(withFaults(coded(call), { at: '1050ms', for: '100ms', crash: 'server' }));
    expect(rowsOf(retried)).toMatchObject([{ outcome: 'ok', endedMs: 1_350 }]);
    expect(retried.summary.violations).toEqual([]);
  });

  it('clears ctx.state and the variables of its module', () => {
    const code = `ctx.state.n = (ctx.state.n ?? 0) + 1; count++; ctx.log(ctx.state.n, count)`;
    const file = merge(coded(`await ctx.call('server')`, code), {
      components: { client: { arrivals: { list: ['1s', '2s', '4s'] } } },
    }) as { files: Record<string, string> };
    file.files['server.ts'] = `let count = 0\n${file.files['server.ts']}`;
    expect(logOf(runFile(withFaults(file, { at: '3s', for: '100ms', crash: 'server' })))).toEqual(['1 1', '2 2', '1 1']);
  });

  it('leaves nobody whom an answer could wake', () => {
    // The store answers a server that has forgotten why it asked, before it is back and after.
    for (const down of ['10ms', '500ms']) {
      const file = merge(coded(`await ctx.call('server')`, `await ctx.call('store'); ctx.log('never')`), {
        components: { store: { kind: 'service', work: '100ms' } },
        links: [
          { from: 'client', to: 'server' },
          { from: 'server', to: 'store', delay: '10ms' },
        ],
        faults: [{ at: '1050ms', for: down, crash: 'server' }],
      });
      const lane = runFile(file);
      expect(logOf(lane)).toEqual([]);
      expect(rowsOf(lane)).toMatchObject([{ outcome: 'lost', endedMs: 1_120 }]);
      expect(lane.summary.violations).toEqual([]);
    }
  });
});

describe('a crash of an event loop', () => {
  it('takes the handlers that run, those that await and what is in line', () => {
    const file = merge(coded(`await ctx.call('server')`, `await ctx.work('100ms'); await ctx.sleep('200ms'); await ctx.work('50ms')`), {
      components: { client: { arrivals: { list: ['1s', '1010ms', '1020ms', '1030ms'] } }, server: { threads: 'event-loop' } },
      faults: [{ at: '1330ms', for: '100ms', crash: 'server' }],
    });
    const lane = runFile(file);
    expect(recordsOf(lane, RecordKind.abandoned, 'server').map(({ request }) => request)).toEqual([4, 2, 3, 1]);
    expect(rowsOf(lane).map(({ outcome, endedMs }) => `${outcome} ${endedMs}`)).toEqual(Array(4).fill('lost 1330'));
    expect(lane.summary.violations).toEqual([]);
  });
});

describe('a crash with a balancer', () => {
  const balanced = merge(CALLED, {
    components: {
      client: { arrivals: { list: ['1s', '1010ms', '2s'] }, calls: 'lb' },
      lb: { kind: 'balancer' },
      second: { kind: 'service', work: '100ms' },
    },
    links: [
      { from: 'client', to: 'lb', delay: '10ms' },
      { from: 'lb', to: 'server', delay: '10ms' },
      { from: 'lb', to: 'second', delay: '10ms' },
    ],
  });

  it('of the balancer: nobody hands the replies back', () => {
    const lane = runFile(withFaults(balanced, { at: '1050ms', for: '100ms', crash: 'lb' }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'lost' }, { outcome: 'lost' }, { outcome: 'ok' }]);
    expect(lane.summary.components['lb']).toMatchObject({ arrivals: 3, completions: 1, abandoned: 2 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('of a backend: its requests are refused, those of the other are not', () => {
    const lane = runFile(withFaults(balanced, { at: '500ms', crash: 'server' }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'UNAVAILABLE' }, { outcome: 'ok' }, { outcome: 'UNAVAILABLE' }]);
    expect(lane.summary.violations).toEqual([]);
  });
});

describe('a crash with a queue', () => {
  const ask = `await ctx.send('jobs', 1, { replyTo: 'replies' }).reply`;
  const work = `await ctx.work('100ms'); ctx.reply(message.deliveries)`;

  it('of the consumer: the broker takes the message back and delivers it when the consumer is there again', () => {
    const lane = runFile(withFaults(queued(ask, work), { at: '1050ms', for: '1s', crash: 'worker' }));
    // Back at 2050: 10 ms to the worker, 100 ms of work, 20 ms to the client.
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 2_180 }]);
    expect(lane.summary.components['jobs']).toMatchObject({ redelivered: 1, completions: 1 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('of the broker: what it holds is gone, and its confirmed message with it', () => {
    const lane = runFile(
      withFaults(queued(ask, work, { durable: false, ackTimeout: '500ms' }), { at: '1015ms', for: '10ms', crash: 'jobs' }),
    );
    expect(recordsOf(lane, RecordKind.dropped, 'jobs')).toMatchObject([{ detail: 1, value: 5_000 }]);
    // The worker has it already: the reply comes all the same.
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', acceptedMs: 1_020 }]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('of a durable broker: what it had handed out is delivered again', () => {
    const lane = runFile(withFaults(queued(ask, work), { at: '1015ms', for: '10ms', crash: 'jobs' }));
    expect(lane.summary.components['jobs']).toMatchObject({ redelivered: 1, completions: 1, dropped: 0 });
    expect(lane.summary.components['worker']).toMatchObject({ completions: 2 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('of the broker: a send while it is down fails with UNAVAILABLE', () => {
    const lane = runFile(withFaults(queued(`await ctx.send('jobs', 1).accepted`, work), { at: '1ms', crash: 'jobs' }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'UNAVAILABLE', endedMs: 1_020 }]);
    expect(lane.summary.components['jobs']).toMatchObject({ arrivals: 1, refused: 1 });
  });
});

describe('a crash of a client', () => {
  it('takes its open requests, and starts none while it lasts', () => {
    const lane = runFile(withFaults(THREE, { at: '1015ms', for: '470ms', crash: 'client' }));
    expect(rowsOf(lane)).toMatchObject([
      { outcome: 'lost', startedMs: 1_000, endedMs: 1_015 },
      { outcome: 'lost', startedMs: 1_010, endedMs: 1_015 },
    ]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('sends its users back to thinking', () => {
    const file = merge(CALLED, { components: { client: { arrivals: null, users: 2, thinkTime: '1s' } } });
    const lane = runFile(withFaults(file, { at: '1050ms', for: '1s', crash: 'client' }));
    expect(rowsOf(lane).slice(0, 4)).toMatchObject([
      { outcome: 'lost', startedMs: 1_000, endedMs: 1_050 },
      { outcome: 'lost', startedMs: 1_000, endedMs: 1_050 },
      { startedMs: 3_050 },
      { startedMs: 3_050 },
    ]);
  });
});

describe('a pause', () => {
  it('puts off work, and counts the time as waiting', () => {
    const lane = runFile(withFaults(CALLED, { at: '1050ms', for: '400ms', pause: 'server' }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 1_550, tr: 20, ts: 100, td: 400, tp: 30 }]);
  });

  it('lets nothing in until it is over, and what waits at the door goes in in order', () => {
    const lane = runFile(withFaults(THREE, { at: '1010ms', for: '1s', pause: 'server' }));
    expect(rowsOf(lane)).toMatchObject([{ endedMs: 2_140 }, { endedMs: 2_240 }, { endedMs: 2_340 }]);
    expect(recordsOf(lane, RecordKind.letIn, 'server').map(({ value }) => value)).toEqual([990_000, 980_000, 510_000]);
    // The paused process cannot know how long they waited at its door.
    expect(lane.summary.components['server']).toMatchObject({ arrivals: 3, meanWaitMs: 100 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('lets timeouts and sleeps fire when it is over', () => {
    const slept = coded(`await ctx.sleep('100ms')`);
    expect(rowsOf(runFile(withFaults(slept, { at: '1050ms', for: '300ms', pause: 'client' })))).toMatchObject([{ endedMs: 1_350 }]);
    expect(rowsOf(runFile(withFaults(slept, { at: '1050ms', for: '20ms', pause: 'client' })))).toMatchObject([{ endedMs: 1_100 }]);
  });

  it('ends in a crash when the process dies while it stands still', () => {
    const lane = runFile(withFaults(THREE, { at: '1025ms', for: '1s', pause: 'server' }, { at: '1200ms', for: '100ms', crash: 'server' }));
    expect(rowsOf(lane)).toMatchObject([
      { outcome: 'lost', endedMs: 1_200 },
      { outcome: 'UNAVAILABLE', endedMs: 1_230 },
      { outcome: 'ok', endedMs: 2_155 },
    ]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('still lasts at the end of the run', () => {
    const lane = runFile(withFaults(THREE, { at: '1025ms', pause: 'server' }));
    expect(lane.summary.requests).toMatchObject({ N: 3, inFlight: 3 });
    expect(lane.summary.violations).toEqual([]);
  });
});

describe('a slow component', () => {
  it('does what is left of its work slower, and what it begins', () => {
    const lane = runFile(withFaults(THREE, { at: '1070ms', for: '200ms', slow: { component: 'server', factor: 3 } }));
    // First: 50 ms as always, then 50 ms take 150. Second: from 1220, 50 ms take up 16.7 ms of work, then 83.3 ms as always.
    expect(rowsOf(lane)).toMatchObject([{ endedMs: 1_250, ts: 200 }, { endedMs: 1_383.333 }, { endedMs: 1_630 }]);
  });

  it('runs ctx.work slower, but not ctx.sleep', () => {
    const code = coded(`await ctx.work('10ms'); await ctx.sleep('10ms')`);
    const lane = runFile(withFaults(code, { at: '0ms', slow: { component: 'client', factor: 2 } }));
    expect(rowsOf(lane)).toMatchObject([{ endedMs: 1_030, ts: 20, td: 10 }]);
  });
});

describe('a wrong clock', () => {
  it('is ahead, and drifts', () => {
    const code = coded(`ctx.log(ctx.now); await ctx.sleep('1s'); ctx.log(ctx.now)`);
    const skew = { at: '500ms', for: '1s', skew: { component: 'client', offset: '-250ms', drift: 0.01 } };
    expect(logOf(runFile(withFaults(code, skew)))).toEqual(['755', '2000']);
  });
});
