/** Services whose handlers free their worker while they await. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';

type Json = Record<string, unknown>;

/** Requests at given times to one event loop, which may ask a database that takes 100 ms. */
function loop(code: string, list: readonly string[], api: Json = {}): Json {
  return {
    version: 1,
    seed: 3,
    duration: '60s',
    components: {
      client: { kind: 'client', arrivals: { list }, calls: 'api' },
      api: { kind: 'service', workers: 1, threads: 'event-loop', handler: 'api.ts', ...api },
      database: { kind: 'service', workers: 50, work: '100ms' },
    },
    links: [
      { from: 'client', to: 'api' },
      { from: 'api', to: 'database' },
    ],
    files: { 'api.ts': `export async function onRequest(request, ctx) { ${code} }` },
  };
}

function ends(file: Json): number[] {
  const lane = runFile(file);
  expect(lane.summary.violations).toEqual([]);
  return rowsOf(lane)
    .sort((one, other) => one.request - other.request)
    .map(({ endedMs }) => endedMs);
}

const AROUND = `await ctx.work('10ms'); await ctx.call('database'); await ctx.work('10ms')`;

describe('an event loop', () => {
  it('serves others while a handler awaits: three requests overlap on one worker', () => {
    // Work 10 ms each in turn, then 100 ms at the database side by side, then 10 ms each in turn.
    expect(ends(loop(AROUND, ['0s', '0s', '0s']))).toEqual([120, 130, 140]);
    expect(ends(loop(AROUND, ['0s', '0s', '0s'], { threads: 'blocking' }))).toEqual([120, 240, 360]);
  });

  it('lets nobody overtake work: a reply that is there waits until the loop is free', () => {
    // The second request works from 95 ms to 145 ms; the reply that the first awaits is there at 100 ms.
    const code = `if (ctx.now >= 90) await ctx.work('50ms'); else await ctx.call('database'); ctx.log(ctx.now)`;
    expect(logOf(runFile(loop(code, ['0s', '0.095s'])))).toEqual(['145', '145']);
  });

  it('does one thing at a time: parallel works of a handler come one after the other', () => {
    expect(ends(loop(`await Promise.all([ctx.work('10ms'), ctx.work('20ms'), ctx.call('database')])`, ['0s']))).toEqual([100]);
    expect(ends(loop(`await Promise.all([ctx.work('70ms'), ctx.work('80ms'), ctx.call('database')])`, ['0s']))).toEqual([150]);
  });

  it('with several workers runs as many handlers at once', () => {
    // The third begins when a worker is given back at 10 ms; the second, awake at 15 ms, waits for it until 20 ms.
    const code = `await ctx.work('10ms'); await ctx.sleep('5ms'); await ctx.work('10ms')`;
    expect(ends(loop(code, ['0s', '0s', '0s'], { workers: 2 }))).toEqual([25, 30, 35]);
  });

  it('books waiting for the loop as Td, work as Ts', () => {
    const [, second] = rowsOf(runFile(loop(AROUND, ['0s', '0s'])));
    expect(second).toMatchObject({ tr: 0, tp: 0, ts: 120, td: 10 });
  });

  it('refuses new requests beyond its limit, but never a handler that can go on', () => {
    const lane = runFile(loop(AROUND, ['0s', '0s', '0s', '0s'], { waitingLimit: 1 }));
    expect(lane.summary.violations).toEqual([]);
    expect(lane.summary.components['api']).toMatchObject({ refused: 2, completions: 2 });
  });

  it('a handler that throws while it awaits is answered all the same', () => {
    const lane = runFile(loop(`await ctx.call('nobody')`, ['0s', '1s']));
    expect(lane.summary.requests.failures).toEqual({ error: 2 });
    expect(recordsOf(lane, RecordKind.workerFreed, 'api')).toHaveLength(2);
  });

  it('two handlers may await the same promise', () => {
    const shared = `ctx.state.first ??= ctx.call('database'); await ctx.state.first; await ctx.work('10ms')`;
    expect(ends(loop(shared, ['0s', '0.05s']))).toEqual([110, 120]);
  });
});

describe('whatever the handlers do', () => {
  const step = fc.constantFrom(
    `await ctx.work('3ms')`,
    `await ctx.sleep('4ms')`,
    `await ctx.call('database')`,
    `await Promise.all([ctx.work('2ms'), ctx.sleep('1ms'), ctx.work('2ms')])`,
    `await Promise.race([ctx.sleep('1ms'), ctx.work('5ms')])`,
    `ctx.work('1ms')`,
    `await null`,
    `await (ctx.state.p ??= ctx.sleep('20ms'))`,
  );

  it('the books balance, nothing hangs, and both engines agree', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), fc.integer({ min: 1, max: 3 }), (steps, workers) => {
        const list = Array.from({ length: 20 }, (_, at) => `${at * 3}ms`);
        const file = loop(steps.join('; '), list, { workers });
        const lane = runFile(file);
        expect(lane.summary.violations).toEqual([]);
        expect(lane.summary.requests).toMatchObject({ N: 20, Ns: 20, inFlight: 0 });
        expect(runFile(file, { engine: 'xstate' }).summary.digest).toBe(lane.summary.digest);
      }),
      { numRuns: 60, seed: 1 },
    );
  });
});
