/** Stores: what they keep, how transactions conflict, and the patterns that make an effect happen exactly once. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import { readScenario } from '../../src/model/read-scenario';
import { merge } from '../model/example-files';
import { logOf, rowsOf, runFile } from './run-file';
import { coded } from './scenarios';

/** The client and the service with code, both linked to a store whose operations take 10 ms, 5 ms away. */
function stored(onTick: string, onRequest = '', store: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return merge(coded(onTick, onRequest), {
    components: { data: { kind: 'store', delay: '10ms', ...store } },
    links: [
      { from: 'client', to: 'server', delay: '20ms' },
      { from: 'client', to: 'data', delay: '5ms' },
      { from: 'server', to: 'data', delay: '5ms' },
    ],
  }) as Record<string, unknown>;
}

const at = (...list: string[]) => ({ components: { client: { arrivals: { list } } } });
const log = (code: string, store = {}): string[] => logOf(runFile(stored(code, '', store)));
/** Two that read before either writes. */
const INCREMENT = `try {
  await ctx.store.transaction(async (tx) => { const n = (await tx.get('n')) ?? 0; await ctx.sleep('50ms'); tx.put('n', n + 1) })
  ctx.log('committed')
} catch (error) { ctx.log(error.status) }`;

describe('a store', () => {
  it('keeps what is put, gives it back, forgets what is deleted; an operation takes its link and its delay', () => {
    const code = `ctx.log(await ctx.store.get('a')); await ctx.store.put('a', { b: [1] }); ctx.log(await ctx.store.get('a'), ctx.now)
      await ctx.store.delete('a'); ctx.log(await ctx.store.get('a'))`;
    const lane = runFile(stored(code));
    expect(logOf(lane)).toEqual(['undefined', '{"b":[1]} 1060', 'undefined']);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', tr: 25, ts: 50, td: 0, tp: 25 }]);
    expect(lane.summary.components['data']).toMatchObject({ kind: 'store', arrivals: 5, completions: 5, committed: 0, aborted: 0 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('is shared by all who are linked to it', () => {
    const lane = runFile(stored(`await ctx.store.put('a', 1); ctx.log(await ctx.call('server'))`, `return await ctx.store.get('a')`));
    expect(logOf(lane)).toEqual(['1']);
  });

  it('compares by what values say, and sets only then', () => {
    expect(
      log(`await ctx.store.put('a', { x: 1, y: [2] })
      ctx.log(await ctx.store.compareAndSet('a', { y: [3], x: 1 }, 'no'), await ctx.store.compareAndSet('a', { y: [2], x: 1 }, 'yes'))
      ctx.log(await ctx.store.get('a'), await ctx.store.compareAndSet('b', undefined, 1), await ctx.store.compareAndSet('b', undefined, 2))`),
    ).toEqual(['false true', 'yes true false']);
  });

  it('is missing where none is linked, and takes no calls', () => {
    const alone = coded(`try { await ctx.store.get('a') } catch (error) { ctx.log(error.status) }`);
    expect(logOf(runFile(alone))).toEqual(['UNAVAILABLE']);
    expect(log(`try { await ctx.call('data') } catch (error) { ctx.log(error.status) }`)).toEqual(['UNAVAILABLE']);
    for (const bad of [`get('')`, `put('a', undefined)`, `put(7, 1)`, `transaction(7)`]) {
      expect(runFile(stored(`await ctx.store.${bad}`)).handlerProblems, bad).toHaveLength(1);
    }
  });

  it('only answers', () => {
    const read = readScenario(merge(stored(''), { links: [{ from: 'data', to: 'server' }] }), null);
    expect(read.ok || read.problems.map(({ path, key }) => `${path} ${key}`)).toContain('links[0] problem.storeAsks');
  });
});

describe('a transaction', () => {
  it('commits all it has written, sees its own writing, and answers with what its code returns', () => {
    expect(
      log(`ctx.log(await ctx.store.transaction(async (tx) => { tx.put('a', 1); tx.put('b', 2); tx.delete('b'); return [await tx.get('a'), await tx.get('b')] }))
      ctx.log(await ctx.store.get('a'), await ctx.store.get('b'))`),
    ).toEqual(['[1,null]', '1 undefined']);
  });

  it('that throws leaves nothing behind, and ends for good', () => {
    expect(
      log(`let kept
      try { await ctx.store.transaction(async (tx) => { kept = tx; tx.put('a', 1); throw new Error('no') }) } catch (error) { ctx.log(error.message) }
      try { kept.put('a', 2) } catch (error) { ctx.log(error.status) }
      ctx.log(await ctx.store.get('a'))`),
    ).toEqual(['no', 'INVALID_ARGUMENT', 'undefined']);
  });

  it('is aborted when what it read has changed, and can be tried again', () => {
    const lane = runFile(merge(stored(`${INCREMENT}; await ctx.sleep('1s'); ctx.log(await ctx.store.get('n'))`), at('1s', '1s')));
    expect(logOf(lane)).toEqual(['committed', 'ABORTED', '1', '1']);
    expect(lane.summary.components['data']).toMatchObject({ committed: 1, aborted: 1 });
  });

  it('loses an update where reads are only committed ones', () => {
    const code = `${INCREMENT}; await ctx.sleep('1s'); ctx.log(await ctx.store.get('n'))`;
    expect(logOf(runFile(merge(stored(code, '', { isolation: 'read-committed' }), at('1s', '1s'))))).toEqual([
      'committed',
      'committed',
      '1',
      '1',
    ]);
  });

  it('notices that a key was deleted and written again', () => {
    const aba = `if (ctx.now === 1000) { ${INCREMENT} } else { await ctx.store.delete('n') }`;
    expect(logOf(runFile(merge(stored(aba), at('1s', '1.03s'))))).toEqual(['ABORTED']);
  });
});

describe('exactly one effect', () => {
  function run(name: string, variant: string | null = null): string[] {
    const lane: LaneResult = runFile(JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8')), { variant });
    expect([lane.summary.violations, lane.stopped]).toEqual([[], undefined]);
    return logOf(lane);
  }
  /** The names after a word, in the order of the log. */
  const named = (lines: readonly string[], word: string): string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const twice = (names: readonly string[]): number => names.length - new Set(names).size;

  it('by an idempotency key under retries, and not without', () => {
    expect(twice(named(run('idempotency-key', 'without a key'), 'paid'))).toBeGreaterThan(20);
    const withKey = run('idempotency-key');
    expect(twice(named(withKey, 'paid'))).toBe(0);
    expect(named(withKey, 'paid').length).toBeGreaterThan(200);
    expect(named(withKey, 'was paid:').length).toBeGreaterThan(20);
  });

  it('by outbox and inbox over a link that loses, and not by two writes or an outbox alone', () => {
    const missing = (lines: readonly string[]): number => {
      const mailed = new Set(named(lines, 'mailed'));
      return named(lines, 'ordered').filter((id) => !mailed.has(id)).length;
    };
    const [two, outbox, both] = [run('outbox', 'two writes'), run('outbox', 'outbox without inbox'), run('outbox')];
    expect(missing(two)).toBeGreaterThan(10);
    expect(twice(named(outbox, 'mailed'))).toBeGreaterThan(5);
    for (const lines of [outbox, both]) expect(missing(lines)).toBeLessThanOrEqual(3); // Those still on their way at the end.
    expect(twice(named(both, 'mailed'))).toBe(0);
    expect(named(both, 'came again:').length).toBeGreaterThan(5);
  });

  it('by a saga that gives back what it cannot finish', () => {
    const open = (lines: readonly string[]): number => {
      const undone = named(lines, 'undone');
      return undone.filter((saga) => !named(lines, 'refund').includes(saga)).length;
    };
    const saga = run('saga');
    expect([twice(named(saga, 'charge')), twice(named(saga, 'refund')), open(saga)]).toEqual([0, 0, 0]);
    expect(named(saga, 'undone').length).toBeGreaterThan(15);
    expect(open(run('saga', 'no compensation'))).toBeGreaterThan(15);
  });
});
