/** Deadlines that travel, calls that are called off, hedges: on scenarios small enough to be counted by hand. */
import { describe, expect, it } from 'vitest';
import { MessageKind, RecordKind } from '../../../src/model/trace';
import { merge } from '../../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from '../run-file';
import { CALLED, coded } from '../scenarios';

/** client → server → store, 10 ms each way. */
const chain = (onTick: string, onRequest: string, store: string): unknown =>
  merge(coded(onTick, onRequest), {
    components: { store: { kind: 'service', workers: 1, handler: 'store.ts' } },
    links: [
      { from: 'client', to: 'server', delay: '10ms' },
      { from: 'server', to: 'store', delay: '10ms' },
    ],
    files: { 'store.ts': `export async function onRequest(request: Request, ctx: Ctx) { ${store} }` },
  });
const tried = (call: string) =>
  `try { await ${call}; ctx.log(ctx.now, 'ok') } catch (error) { ctx.log(ctx.now, error.status, error.code) }`;
const messages = (lane: ReturnType<typeof runFile>, kind: number) =>
  recordsOf(lane, RecordKind.messageSent).filter(({ detail }) => detail === kind).length;

describe('a deadline', () => {
  it('travels along the chain, bounds every call in it, and stops everybody at its instant', () => {
    const file = chain(
      tried(`ctx.call('server', {}, { deadline: '100ms' })`),
      `ctx.log('server until', ctx.deadline); await ctx.work('20ms'); try { await ctx.call('store') } catch (error) { ctx.log(ctx.now, 'server', error.status, ctx.cancelled); throw error }`,
      `ctx.log('store until', ctx.deadline); try { await ctx.work('1s') } finally { ctx.log(ctx.now, 'store', ctx.cancelled) }`,
    );
    for (const engine of ['specialised', 'xstate'] as const) {
      const lane = runFile(file, { engine });
      expect(logOf(lane).sort()).toEqual(
        [
          ...['server until 1100', 'store until 1100', '1100 DEADLINE_EXCEEDED 4'],
          ...['1100 server DEADLINE_EXCEEDED true', '1100 store true'],
        ].sort(),
      );
      expect([lane.summary.violations, lane.handlerProblems]).toEqual([[], []]);
      // Nobody is left at work: the store is free again.
      expect(lane.summary.components['store']).toMatchObject({ completions: 1 });
    }
  });

  it('stops the request that it is about, and no copy that a link has made of it', () => {
    for (const work of [{ work: '150ms', handler: null }, {}]) {
      const file = merge(coded(tried(`ctx.call('server', {}, { deadline: '100ms' })`), `await ctx.work('150ms')`), {
        components: { server: { workers: 2, ...work } },
        links: [{ from: 'client', to: 'server', delay: '10ms', duplicate: 1 }],
      });
      for (const engine of ['specialised', 'xstate'] as const) {
        const lane = runFile(file, { engine });
        expect(logOf(lane)).toEqual(['1100 DEADLINE_EXCEEDED 4']);
        expect(lane.summary.violations).toEqual([]);
        expect(recordsOf(lane, RecordKind.workerFreed, 'server').map(({ timeMicros }) => timeMicros / 1_000)).toEqual([1_100, 1_160]);
      }
    }
  });

  it('is not made longer by a service that asks for more, and may be made shorter', () => {
    const until = (options: string) =>
      logOf(
        runFile(
          chain(tried(`ctx.call('server', {}, { deadline: '300ms' })`), `await ctx.call('store', {}, ${options})`, `ctx.log(ctx.deadline)`),
        ),
      )[0];
    expect([until('{}'), until(`{ deadline: '10s' }`), until(`{ deadline: '50ms' }`)]).toEqual(['1300', '1300', '1060']);
  });

  it('ends retries, and is told to the service while it works', () => {
    const file = coded(
      tried(`ctx.call('server', {}, { deadline: '400ms', timeout: '90ms', retry: { attempts: 99 } })`),
      `await ctx.work('10s')`,
    );
    const lane = runFile(file);
    expect(logOf(lane)).toEqual(['1400 DEADLINE_EXCEEDED 4']);
    // Each timeout calls its attempt off, so the next one finds the worker free: five attempts, five ends.
    expect(lane.summary.components['server']).toMatchObject({ arrivals: 5, completions: 5, meanWaiting: 0 });
    expect([messages(lane, MessageKind.cancel), messages(lane, MessageKind.reply)]).toEqual([5, 0]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('drops what waits in the line when its turn comes, and what comes too late at once', () => {
    const file = merge(coded(tried(`ctx.call('server', {}, { deadline: '151ms' })`)), {
      components: { client: { arrivals: { list: ['0ms', '0ms', '0ms'] } } },
    });
    const lane = runFile(file);
    expect(rowsOf(lane).map(({ endedMs }) => endedMs)).toEqual([150, 151, 151]);
    // The first is done at 120 ms, and its reply 30 ms later; the second works from then until 151 ms; the third never does.
    expect(logOf(lane)).toEqual(['150 ok', '151 DEADLINE_EXCEEDED 4', '151 DEADLINE_EXCEEDED 4']);
    expect(recordsOf(lane, RecordKind.workStarted)).toHaveLength(2);
    expect(lane.summary.components['server']).toMatchObject({ completions: 3 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('is a policy too, for clients without code', () => {
    const file = merge(CALLED, {
      policies: { soon: { kind: 'deadline', after: '149ms' } },
      components: { client: { policies: ['soon'] } },
    });
    expect(rowsOf(runFile(file))).toMatchObject([{ outcome: 'timeout', endedMs: 1_149, tr: 0, td: 149 }]);
  });
});

describe('a call that nobody waits for', () => {
  it('is called off when its handler ends, as the loser of a race', () => {
    const file = chain(
      `await ctx.call('server', {}, { deadline: '5s' })`,
      `await Promise.race([ctx.call('store'), ctx.sleep('50ms')]); return 1`,
      `try { await ctx.work('2s') } catch (error) { ctx.log(ctx.now, error.status, error.code) }`,
    );
    const lane = runFile(file);
    expect(logOf(lane)).toEqual(['1070 CANCELLED 1']);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 1_070 }]);
    expect([lane.summary.violations, lane.handlerProblems]).toEqual([[], []]);
  });

  it('fails whatever its handler asks for afterwards', () => {
    const file = coded(
      tried(`ctx.call('server', {}, { deadline: '60ms' })`),
      `try { await ctx.sleep('1s') } catch {} try { await ctx.work('1s') } catch (error) { ctx.log('still', error.status) }`,
    );
    expect(logOf(runFile(file))).toEqual(['1060 DEADLINE_EXCEEDED 4', 'still DEADLINE_EXCEEDED']);
  });

  it('frees an event loop too', () => {
    const file = merge(
      coded(tried(`ctx.call('server', {}, { deadline: '60ms' })`), `await Promise.all([ctx.work('1s'), ctx.work('1s'), ctx.sleep('1s')])`),
      { components: { server: { threads: 'event-loop' } } },
    );
    const lane = runFile(file);
    expect(lane.summary.components['server']).toMatchObject({ completions: 1 });
    expect([lane.summary.violations, lane.handlerProblems]).toEqual([[], []]);
  });
});

describe('a hedge', () => {
  const hedged = (work: string, options = `{ hedge: { after: '60ms' } }`) =>
    merge(coded(tried(`ctx.call('server', {}, ${options})`), work), { components: { server: { workers: 3 } } });

  it('sends a second attempt, takes the first answer, and calls the other off', () => {
    const slowFirst = `ctx.state.n = (ctx.state.n ?? 0) + 1; await ctx.work(ctx.state.n === 1 ? '5s' : '10ms')`;
    const lane = runFile(hedged(slowFirst));
    expect(logOf(lane)).toEqual(['1120 ok']);
    expect([messages(lane, MessageKind.request), messages(lane, MessageKind.cancel), messages(lane, MessageKind.reply)]).toEqual([2, 1, 1]);
    // The cancel is there after 20 ms, and the worker is free.
    expect(recordsOf(lane, RecordKind.workerFreed).map(({ timeMicros }) => timeMicros / 1_000)).toEqual([1_090, 1_140]);
    expect(lane.summary.policies).toMatchObject([{ policy: 'hedge', acts: { hedged: 1, refused: 0 } }]);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', tr: 20, td: 60, ts: 10, tp: 30 }]);
  });

  it('is not sent when the first answer is in time', () => {
    expect(messages(runFile(hedged(`await ctx.work('5ms')`)), MessageKind.request)).toBe(1);
  });

  it('comes forward when an attempt fails, and the last failure is the answer', () => {
    const lane = runFile(hedged(`ctx.fail('UNAVAILABLE', 'no')`, `{ hedge: { after: '10s', attempts: 3 } }`));
    expect(logOf(lane)).toEqual(['1150 UNAVAILABLE 14']);
    expect([messages(lane, MessageKind.request), messages(lane, MessageKind.cancel)]).toEqual([3, 0]);
    expect(lane.handlerProblems).toEqual([]);
  });
});
