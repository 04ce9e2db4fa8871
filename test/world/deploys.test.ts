/** What a process does while it stops and starts, and how a new version takes the place of the old one. */
import { describe, expect, it } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import { RecordKind } from '../../src/model/trace';
import { evaluate } from '../../src/sandbox/evaluate';
import { prepareRun } from '../../src/world/run';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded, queued } from './scenarios';

type Json = Record<string, unknown>;

const V2 = `export async function onRequest(request: Request, ctx: Ctx) { await ctx.work('100ms'); ctx.log('v2', ctx.state.n ?? 0); return 2 }`;

/** Requests at these times, 100 ms of work each; the way there takes 20 ms, the way back 30 ms. */
function deployed(list: readonly string[], deploy: Json, server: Json = {}): Json {
  return merge(coded(`await ctx.call('server')`, `ctx.state.n = 1; await ctx.work('100ms'); ctx.log('v1')`), {
    duration: '100s',
    components: { client: { arrivals: { list } }, server },
    faults: [{ at: '2s', deploy: { service: 'server', code: 'server.v2.ts', ...deploy } }],
    files: { 'server.v2.ts': V2 },
  }) as Json;
}

function run(file: unknown): LaneResult {
  const lane = runFile(file);
  expect(lane.summary.violations).toEqual([]);
  return lane;
}

const outcomes = (lane: LaneResult): string[] => rowsOf(lane).map(({ outcome }) => outcome);
const servesAt = (lane: LaneResult, id = 'server'): number[] =>
  recordsOf(lane, RecordKind.versionServes, id).map(({ timeMicros }) => timeMicros / 1_000);

describe('a deploy', () => {
  it('lets the old process finish what it has and what is on its way to it, then starts the new one', () => {
    const lane = run(deployed(['1950ms', '1990ms', '2s', '5s'], {}, { startTime: '500ms' }));
    // The second comes at 2010 ms and ends at 2170 ms, after the first; the third is sent after the server has left.
    expect(outcomes(lane)).toEqual(['ok', 'ok', 'UNAVAILABLE', 'ok']);
    expect(logOf(lane)).toEqual(['v1', 'v1', 'v2 0']);
    expect(servesAt(lane)).toEqual([2_670]);
  });

  it('takes from the old process what it has not finished when its time is over', () => {
    const lane = run(deployed(['1950ms', '1960ms', '5s'], {}, { stopTime: '90ms' }));
    expect(outcomes(lane)).toEqual(['ok', 'lost', 'ok']);
    expect(rowsOf(lane)[1]).toMatchObject({ endedMs: 2_090 });
    expect(lane.summary.components['server']).toMatchObject({ abandoned: 1, completions: 2 });
  });

  it('is abrupt without a grace period', () => {
    const lane = run(deployed(['1950ms', '5s'], {}, { stopTime: '0ms' }));
    expect(outcomes(lane)).toEqual(['lost', 'ok']);
    expect(servesAt(lane)).toEqual([2_000]);
  });

  it('refuses while the new process is starting', () => {
    const lane = run(deployed(['1500ms', '2500ms', '3100ms'], {}, { startTime: '1s' }));
    expect(outcomes(lane)).toEqual(['ok', 'UNAVAILABLE', 'ok']);
    expect(recordsOf(lane, RecordKind.refused, 'server')).toMatchObject([{ detail: 1 }]);
  });

  it('goes replica by replica, and nobody is refused as long as one is left', () => {
    const arrivals = { list: null, constant: '50/s' };
    const file = merge(deployed([], {}, { replicas: 3, workers: 10, startTime: '1s' }), { components: { client: { arrivals } } });
    const lane = run(file);
    const ready = [1, 2, 3].map((number) => servesAt(lane, `server#${number}`));
    expect(ready.map((times) => times.length)).toEqual([1, 1, 1]);
    expect(ready[1]![0]! - ready[0]![0]!).toBeGreaterThanOrEqual(1_000);
    expect(ready[2]![0]! - ready[1]![0]!).toBeGreaterThanOrEqual(1_000);
    expect(new Set(outcomes(lane))).toEqual(new Set(['ok', 'inFlight']));
    expect(lane.summary.replicated['server']).toMatchObject({ refused: 0, abandoned: 0 });
  });

  it('takes as many at once as it may', () => {
    const lane = run(deployed([], { maxUnavailable: 2 }, { replicas: 3, startTime: '1s' }));
    expect([1, 2, 3].map((number) => servesAt(lane, `server#${number}`))).toEqual([[3_000], [3_000], [4_000]]);
  });

  it('waits for a replica that is down, and gives it the new code when it is back', () => {
    const file = deployed(['9s'], {}, { replicas: 2, startTime: '1s', spread: 'round-robin' });
    const lane = run(merge(file, { faults: [{ at: '1s', for: '5s', crash: 'server#1' }, ...(file['faults'] as Json[])] }));
    expect([1, 2].map((number) => servesAt(lane, `server#${number}`))).toEqual([[7_000], [8_000]]);
    expect(logOf(lane)).toEqual(['v2 0']);
  });

  it('that overtakes another one ends with the newest code', () => {
    const file = deployed(['9s'], {}, { startTime: '3s' });
    const faults = [...(file['faults'] as Json[]), { at: '3s', deploy: { service: 'server' } }];
    const lane = run(merge(file, { faults }));
    expect(servesAt(lane)).toEqual([6_000]);
    expect(recordsOf(lane, RecordKind.faultEnded, 'server')).toHaveLength(2);
    expect(logOf(lane)).toEqual(['v2 0']);
  });

  it('gives back to a queue what the old process had not acknowledged', () => {
    const file = merge(queued(`await ctx.send('jobs', 1).accepted`, `await ctx.work('5s'); ctx.log('done')`), {
      components: { worker: { stopTime: '1s', startTime: '2s' } },
      faults: [{ at: '2s', deploy: { service: 'worker' } }],
    });
    const lane = run(file);
    expect(logOf(lane)).toEqual(['done']);
    expect(recordsOf(lane, RecordKind.dispatched, 'jobs').map(({ timeMicros, detail }) => [timeMicros / 1_000, detail])).toEqual([
      [1_010, 1],
      [5_000, 2],
    ]);
  });

  it.each(['range', 'sticky'])(
    'of a log’s readers, assigned by %s, makes each leave its group first: every record is handled, none twice',
    (assignment) => {
      const file = {
        version: 1,
        duration: '120s',
        components: {
          client: { kind: 'client', arrivals: { constant: '20/s' }, handler: 'client.ts' },
          log: { kind: 'topic', partitions: 6, groups: { readers: { members: ['server'], assignment, from: 'earliest' } } },
          server: { kind: 'service', replicas: 3, workers: 2, startTime: '2s', handler: 'server.ts' },
        },
        links: [
          { from: 'client', to: 'log', delay: '2ms' },
          { from: 'log', to: 'server', delay: '2ms' },
        ],
        faults: [{ at: '30s', deploy: { service: 'server' } }],
        files: {
          'client.ts': `let n = 0
export async function onTick(ctx: Ctx) { n++; if (n < 2000) await ctx.publish('log', n, { key: String(n) }).accepted }`,
          'server.ts': `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work('30ms'); ctx.log(message.body) }`,
        },
      };
      const lane = run(file);
      const handled = logOf(lane);
      expect(new Set(handled).size).toBe(1_999);
      expect(handled).toHaveLength(1_999);
      expect([1, 2, 3].map((number) => servesAt(lane, `server#${number}`).length)).toEqual([1, 1, 1]);
    },
  );

  it('of an event loop waits for its handlers that await', () => {
    const lane = run(
      merge(deployed(['1950ms'], {}, { threads: 'event-loop' }), {
        files: { 'server.ts': `export async function onRequest(request: Request, ctx: Ctx) { await ctx.sleep('3s'); ctx.log('v1') }` },
      }),
    );
    expect(outcomes(lane)).toEqual(['ok']);
    expect(servesAt(lane)).toEqual([4_970]);
  });

  it('is kept away from by a balancer, whose other backends take over', () => {
    const file = merge(deployed([], {}, { replicas: 2, startTime: '2s' }), {
      components: {
        client: { arrivals: { list: null, constant: '10/s' } },
        balancer: { kind: 'balancer', policy: 'round-robin' },
      },
      links: [
        { from: 'client', to: 'balancer', delay: '1ms' },
        { from: 'balancer', to: 'server', delay: '1ms' },
      ],
      files: { 'client.ts': `export async function onTick(ctx: Ctx) { await ctx.call('balancer') }` },
    });
    const lane = run(file);
    expect(new Set(outcomes(lane))).toEqual(new Set(['ok', 'inFlight']));
    expect(recordsOf(lane, RecordKind.backendOut, 'balancer')).toHaveLength(2);
    expect(recordsOf(lane, RecordKind.backendBack, 'balancer')).toHaveLength(2);
  });

  it('of code that does not compile, or lacks what it must export, is a problem before the run', () => {
    const problems = (code: string): unknown => {
      const prepared = prepareRun(merge(deployed([], {}), { files: { 'server.v2.ts': code } }), { variant: null, evaluate });
      return prepared.ok ? [] : prepared.problems.map(({ key, path }) => [key, path]);
    };
    expect(problems('export async function onRequest( {')).toMatchObject([[expect.any(String), 'files.server.v2.ts']]);
    expect(problems('export async function onTick(ctx: Ctx) {}')).toEqual([['problem.missingExport', 'files.server.v2.ts']]);
    expect(problems(V2)).toEqual([]);
  });
});

describe('a process that has crashed', () => {
  it('is ready again only after its start time', () => {
    const file = merge(CALLED, {
      components: { client: { arrivals: { list: ['1s', '2500ms', '3900ms'] } }, server: { startTime: '1s' } },
      faults: [{ at: '2s', for: '1s', crash: 'server' }],
    });
    expect(outcomes(run(file))).toEqual(['ok', 'UNAVAILABLE', 'UNAVAILABLE']);
    expect(outcomes(run(merge(file, { components: { client: { arrivals: { list: ['3990ms'] } } } })))).toEqual(['ok']);
  });
});

describe('the number of replicas', () => {
  it('can change during a run: one more starts, one too many finishes and stops', () => {
    const file = merge(CALLED, {
      duration: '60s',
      components: {
        client: { arrivals: { list: null, constant: '40/s' } },
        server: { replicas: 1, workers: 1, startTime: '5s', spread: 'round-robin', work: '20ms' },
      },
      faults: [{ at: '10s', for: '20s', set: { 'components.server.replicas': 3 } }],
    });
    const lane = run(file);
    const [first, second, third] = [1, 2, 3].map((number) => recordsOf(lane, RecordKind.workerTaken, `server#${number}`));
    expect(second![0]!.timeMicros).toBeGreaterThanOrEqual(15e6);
    expect(third!.at(-1)!.timeMicros).toBeLessThan(30.1e6);
    expect(first!.length + second!.length + third!.length).toBe(lane.summary.replicated['server']!.arrivals);
    expect(Math.abs(second!.length - 200)).toBeLessThan(5);
    expect(new Set(outcomes(lane))).toEqual(new Set(['ok', 'inFlight']));
    // 15 s of 20 s, at a third of 0.8 each.
    const { components } = lane.summary;
    expect((components['server#2'] as { utilization: number }).utilization).toBeCloseTo((0.75 * 0.8) / 3, 2);
  });

  it('of a log’s readers changes who reads which partition', () => {
    const file = {
      version: 1,
      duration: '90s',
      components: {
        client: { kind: 'client', arrivals: { constant: '20/s' }, handler: 'client.ts' },
        log: { kind: 'topic', partitions: 6 },
        server: { kind: 'service', replicas: 1, workers: 2, handler: 'server.ts' },
      },
      links: [
        { from: 'client', to: 'log', delay: '2ms' },
        { from: 'log', to: 'server', delay: '2ms' },
      ],
      faults: [{ at: '20s', for: '40s', set: { 'components.server.replicas': 3 } }],
      files: {
        'client.ts': `let n = 0\nexport async function onTick(ctx: Ctx) { n++; if (n < 1700) await ctx.publish('log', n, { key: String(n) }).accepted }`,
        'server.ts': `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work('30ms'); ctx.log(message.body) }`,
      },
    };
    const lane = run(file);
    expect(new Set(logOf(lane)).size).toBe(1_699);
    for (const number of [2, 3]) {
      const taken = recordsOf(lane, RecordKind.workerTaken, `server#${number}`).map(({ timeMicros }) => timeMicros);
      expect(taken.length).toBeGreaterThan(150);
      expect(Math.min(...taken)).toBeGreaterThan(20e6);
      expect(Math.max(...taken)).toBeLessThan(62e6);
    }
  });
});
