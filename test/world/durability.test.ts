/** What outlives crashes: what a durable broker has confirmed, and what a store has answered. What does not: the volatile. */
import { describe, expect, it } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import { logOf, runFile } from './run-file';

type Json = Record<string, unknown>;

const SEEDS = Array.from({ length: 8 }, (_, index) => index + 1);
const crashesOf = (what: string): Json[] => ['5s', '12s', '20s', '33s'].map((at) => ({ at, for: '1500ms', crash: what }));

/** A client that notes which of its messages were confirmed, and a worker that notes which it has done. */
function brokered(queue: Json, faults: readonly Json[]): Json {
  return {
    version: 1,
    duration: '120s',
    components: {
      client: { kind: 'client', arrivals: { poisson: '25/s' }, handler: 'client.ts' },
      jobs: { kind: 'queue', ...queue },
      worker: { kind: 'service', workers: 2, handler: 'worker.ts' },
    },
    links: [
      { from: 'client', to: 'jobs', delay: { uniform: ['1ms', '40ms'] } },
      { from: 'jobs', to: 'worker', delay: { uniform: ['1ms', '40ms'] } },
    ],
    faults,
    files: {
      'client.ts': `let n = 0
export async function onTick(ctx: Ctx) {
  const job = ++n
  if (job > 1000) return
  try { await ctx.send('jobs', job).accepted; ctx.log('confirmed', job) } catch { ctx.log('failed', job) }
}`,
      'worker.ts': `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work(exponential('60ms')); ctx.log('done', message.body) }`,
    },
  };
}

function notes(lane: LaneResult, word: string): string[] {
  return logOf(lane).flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
}

function run(file: Json, seed: number): LaneResult {
  const lane = runFile(file, { seed });
  expect(lane.summary.violations, `seed ${seed}`).toEqual([]);
  return lane;
}

describe('a message that a durable broker has confirmed', () => {
  it.each(SEEDS)('is done in the end, whatever crashes, seed %i', (seed) => {
    const lane = run(brokered({}, [...crashesOf('jobs'), ...crashesOf('worker').map((crash) => ({ ...crash, for: '3s' }))]), seed);
    const [confirmed, done] = [notes(lane, 'confirmed'), notes(lane, 'done')];
    expect(confirmed.length).toBeGreaterThan(500);
    expect(notes(lane, 'failed').length).toBeGreaterThan(50);
    const isDone = new Set(done);
    expect(confirmed.filter((job) => !isDone.has(job))).toEqual([]);
    // At least once: what the broker handed out before it crashed, it hands out again.
    expect(done.length).toBeGreaterThan(isDone.size);
  });
});

describe('a message that a volatile broker has confirmed', () => {
  it.each(SEEDS)('is lost with the broker unless it was handed out, seed %i', (seed) => {
    const lane = run(brokered({ durable: false, prefetch: 1 }, crashesOf('jobs')), seed);
    const isDone = new Set(notes(lane, 'done'));
    const missing = notes(lane, 'confirmed').filter((job) => !isDone.has(job));
    const { dropped } = lane.summary.components['jobs'] as { dropped: number };
    expect(missing.length).toBeGreaterThan(0);
    // Some of those that the broker forgot had been handed out, and were done all the same.
    expect(missing.length).toBeLessThanOrEqual(dropped);
  });

  it.each(SEEDS)('is done as long as only its consumer crashes, seed %i', (seed) => {
    const lane = run(brokered({ durable: false }, crashesOf('worker')), seed);
    const isDone = new Set(notes(lane, 'done'));
    expect(notes(lane, 'confirmed').filter((job) => !isDone.has(job))).toEqual([]);
  });
});

describe('what a store has answered', () => {
  /** Each request writes a key of its own and adds one to a shared counter in one transaction; at the end all is read. */
  const stored = (faults: readonly Json[]): Json => ({
    version: 1,
    duration: '60s',
    components: {
      client: { kind: 'client', arrivals: { poisson: '25/s' }, handler: 'client.ts' },
      writer: { kind: 'service', workers: 8, handler: 'writer.ts' },
      store: { kind: 'store', operations: 2, delay: { exponential: '5ms' } },
    },
    links: [
      { from: 'client', to: 'writer', delay: '2ms' },
      { from: 'writer', to: 'store', delay: '2ms' },
    ],
    faults,
    files: {
      'client.ts': `let n = 0
export async function onTick(ctx: Ctx) {
  const key = ++n
  if (ctx.now > 50_000) { ctx.log('read', await ctx.call('writer', { read: key })); return }
  try { await ctx.call('writer', { key: 'k' + key }, { timeout: '2s' }); ctx.log('written', key) } catch { ctx.log('failed', key) }
}`,
      'writer.ts': `export async function onRequest(request: Request, ctx: Ctx) {
  const body = request.body as { key?: string }
  if (body.key === undefined) return await ctx.store.get('count')
  const key = body.key
  await ctx.store.transaction(async (tx) => {
    tx.put(key, true)
    tx.put('count', ((await tx.get('count')) as number ?? 0) + 1)
  })
  return await ctx.store.get(key)
}`,
    },
  });

  it.each(SEEDS)('is there after the crashes of the store and of who writes, once each, seed %i', (seed) => {
    const lane = run(stored([...crashesOf('store'), ...crashesOf('writer').map((crash) => ({ ...crash, for: '700ms' }))]), seed);
    const { committed } = lane.summary.components['store'] as { committed: number };
    const [written, read] = [notes(lane, 'written'), notes(lane, 'read')];
    expect(written.length).toBeGreaterThan(300);
    expect(notes(lane, 'failed').length).toBeGreaterThan(30);
    // Some commits were never told of, because a crash came between; none was told of and is not there.
    expect(Number(read.at(-1))).toBe(committed);
    expect(committed).toBeGreaterThanOrEqual(written.length);
  });
});
