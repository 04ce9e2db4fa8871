/** Replicas of a service: who gets what, what each has for itself, and what one of them takes with it when it goes. */
import { describe, expect, it } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded } from './scenarios';

type Json = Record<string, unknown>;

const THREE = merge(CALLED, {
  duration: '100s',
  components: { client: { arrivals: { list: null, constant: '30/s' } }, server: { replicas: 3, work: '10ms' } },
}) as Json;

function run(file: unknown): LaneResult {
  const lane = runFile(file);
  expect(lane.summary.violations).toEqual([]);
  return lane;
}

const arrivals = ({ summary }: LaneResult): number[] =>
  Object.entries(summary.components).flatMap(([id, component]) =>
    id.startsWith('server') && component.kind === 'service' ? [component.arrivals] : [],
  );

const spread = (how: string): Json => merge(THREE, { components: { server: { spread: how } } }) as Json;

describe('who calls a service by its name', () => {
  it('comes to any of its replicas with the same probability', () => {
    const counts = arrivals(run(THREE));
    // 2,999 throws of a die with three sides: five standard deviations are 129.
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(129);
    expect(new Set(counts).size).toBeGreaterThan(1);
  });

  it('comes to each in turn, or always to the same, if it says so', () => {
    const inTurn = arrivals(run(spread('round-robin')));
    expect(Math.max(...inTurn) - Math.min(...inTurn)).toBeLessThanOrEqual(1);
    expect(arrivals(run(spread('sticky'))).filter((count) => count > 0)).toHaveLength(1);
  });

  it('comes to another replica with another attempt', () => {
    const file = merge(coded(`await ctx.call('server', {}, { retry: { attempts: 20 } })`), {
      duration: '100s',
      components: { client: { arrivals: { list: null, constant: '10/s' } }, server: { replicas: 2 } },
      faults: [{ at: '0s', crash: 'server#1' }],
    });
    const lane = run(file);
    expect(rowsOf(lane).filter(({ outcome }) => outcome === 'UNAVAILABLE')).toEqual([]);
    expect(recordsOf(lane, RecordKind.retried, 'client').length).toBeGreaterThan(500);
  });

  it.each(['http1', 'http2'])('has connections of its own to each of them, by %s', (protocol) => {
    const file = merge(
      coded(`await ctx.call('server', {}, { timeout: '95ms', retry: { attempts: 3 } })`, `await ctx.work(exponential('60ms'))`),
      {
        duration: '60s',
        components: { client: { arrivals: { list: null, constant: '10/s' } }, server: { replicas: 3 } },
        links: [{ from: 'client', to: 'server', delay: '5ms', protocol }],
      },
    );
    const lane = run(file);
    expect(lane.summary.replicated['server']!.arrivals).toBeGreaterThan(600);
    expect(recordsOf(lane, RecordKind.timedOut, 'client').length).toBeGreaterThan(50);
  });

  it('may name one of them', () => {
    const lane = run(merge(coded(`await ctx.call('server#2')`), { components: { server: { replicas: 3 } } }));
    expect(arrivals(lane)).toEqual([0, 1, 0]);
  });
});

describe('a replica', () => {
  it('has workers, a line, state and chance of its own', () => {
    const onRequest = `ctx.state.n = (ctx.state.n ?? 0) + 1; ctx.log(ctx.state.n, ctx.random() < 2); await ctx.work(exponential('100ms'))`;
    const file = merge(coded(`await Promise.all([1, 2, 3].map(() => ctx.call('server')))`, onRequest), {
      components: { server: { replicas: 3, spread: 'round-robin' } },
    });
    const lane = run(file);
    expect(logOf(lane)).toEqual(['1 true', '1 true', '1 true']);
    const ends = ['server#1', 'server#2', 'server#3'].map((id) => recordsOf(lane, RecordKind.workStarted, id).map(({ value }) => value));
    expect(new Set(ends.flat()).size).toBe(3);
  });

  it('takes only its own share with it when it crashes, and all crash when the service does', () => {
    const crashed = (what: string): number =>
      rowsOf(run(merge(spread('round-robin'), { faults: [{ at: '50s', for: '10s', crash: what }] }))).filter(
        ({ outcome }) => outcome === 'UNAVAILABLE',
      ).length;
    expect(crashed('server#2')).toBe(100);
    expect(crashed('server')).toBe(300);
  });

  it('is sent nothing more once it has crashed and is not wanted any more', () => {
    const faults = [
      { at: '10s', for: '20s', crash: 'server#3' },
      { at: '20s', set: { 'components.server.replicas': 2 } },
    ];
    const failed = rowsOf(run(merge(THREE, { faults }))).filter(({ outcome }) => outcome === 'UNAVAILABLE');
    // Nobody knows of the crash; that there are two now, everybody does.
    expect(failed.length).toBeGreaterThan(50);
    expect(Math.min(...failed.map(({ startedMs }) => startedMs))).toBeGreaterThanOrEqual(9_900);
    expect(Math.max(...failed.map(({ startedMs }) => startedMs))).toBeLessThan(20_000);
  });

  it('can be cut off by itself', () => {
    const partition = { at: '50s', for: '10s', partition: { from: 'client', to: 'server#3' } };
    const lost = rowsOf(run(merge(spread('round-robin'), { faults: [partition] }))).filter(({ outcome }) => outcome === 'lost');
    expect(lost).toHaveLength(100);
  });
});

describe('the replicas of a service', () => {
  it('are known by its name to those whom they ask', () => {
    const file = {
      ...coded(`await ctx.call('front')`),
      components: {
        client: { kind: 'client', arrivals: { list: ['1s'] }, handler: 'client.ts' },
        front: { kind: 'service', replicas: 2, handler: 'front.ts' },
        server: { kind: 'service', work: '1ms', allow: ['front'] },
      },
      links: [
        { from: 'client', to: 'front' },
        { from: 'front', to: 'server' },
      ],
    };
    const code = { files: { 'front.ts': `export async function onRequest(request: Request, ctx: Ctx) { await ctx.call('server') }` } };
    expect(rowsOf(run(merge(file, code)))).toMatchObject([{ outcome: 'ok' }]);
  });

  it('are added up in the summary', () => {
    const { summary } = run(merge(THREE, { components: { server: { work: { exponential: '50ms' } } } }));
    const all = summary.replicated['server']!;
    const each = Object.entries(summary.components).flatMap(([id, part]) =>
      id.startsWith('server') && part.kind === 'service' ? [part] : [],
    );
    const sum = (read: (part: (typeof each)[number]) => number): number => each.reduce((total, part) => total + read(part), 0);
    expect(all.replicas).toBe(3);
    expect(all.completions).toBe(sum(({ completions }) => completions));
    expect(all.meanInSystem).toBeCloseTo(
      sum(({ meanInSystem }) => meanInSystem),
      9,
    );
    expect(all.utilization).toBeCloseTo(sum(({ utilization }) => utilization) / 3, 9);
    expect(all.meanSojournMs).toBeCloseTo(sum(({ meanSojournMs, completions }) => meanSojournMs! * completions) / all.completions, 6);
  });

  it('are the backends of a balancer that is linked to the service', () => {
    const file = merge(THREE, {
      components: { client: { calls: 'balancer' }, balancer: { kind: 'balancer', policy: 'round-robin' } },
      links: [
        { from: 'client', to: 'balancer' },
        { from: 'balancer', to: 'server' },
      ],
    });
    const counts = arrivals(run(file));
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  const fed = (kind: Json, verb: string): Json => ({
    version: 1,
    duration: '20s',
    components: {
      client: { kind: 'client', arrivals: { constant: '10/s' }, handler: 'client.ts' },
      broker: kind,
      server: { kind: 'service', replicas: 3, handler: 'server.ts' },
    },
    links: [
      { from: 'client', to: 'broker', delay: '1ms' },
      { from: 'broker', to: 'server', delay: '1ms' },
    ],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { ${verb} }`,
      'server.ts': `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work('50ms'); ctx.log(message.body) }`,
    },
  });

  it('compete for the messages of a queue', () => {
    const lane = run(fed({ kind: 'queue' }, `await ctx.send('broker', ctx.now).accepted`));
    expect(new Set(logOf(lane)).size).toBe(logOf(lane).length);
    expect(logOf(lane).length).toBeGreaterThan(190);
    expect(Math.min(...arrivals(lane))).toBeGreaterThan(60);
  });

  it('share the partitions of a log, and each get a copy from a topic that keeps nothing', () => {
    const publish = `await ctx.publish('broker', ctx.now, { key: String(ctx.now) }).accepted`;
    const log = run(fed({ kind: 'topic', partitions: 6 }, publish));
    expect(new Set(logOf(log)).size).toBe(logOf(log).length);
    expect(logOf(log).length).toBeGreaterThan(190);
    expect(Math.min(...arrivals(log))).toBeGreaterThan(30);
    const copies = run(fed({ kind: 'topic', retention: 'none' }, publish));
    expect(new Set(logOf(copies)).size * 3).toBe(logOf(copies).length);
  });
});
