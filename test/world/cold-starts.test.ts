/** A service that is stopped when it has nothing to do: who wakes it waits for its start. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import type { LaneResult } from '../../src/model/run-result';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded, queued } from './scenarios';

/** 20 ms there, 30 ms back, 100 ms of work; it sleeps after a second and starts in half a second. */
const IDLE = { components: { server: { idleTimeout: '1s', startTime: '500ms' } } };
const at = (list: readonly string[]) => ({ duration: '20s', components: { client: { arrivals: { list } } } });

function run(...patches: readonly unknown[]): LaneResult {
  const lane = runFile(patches.reduce((file, patch) => merge(file, patch), merge(CALLED, IDLE)));
  expect(lane.summary.violations).toEqual([]);
  return lane;
}
const tookMs = (lane: LaneResult) => rowsOf(lane).map(({ startedMs, endedMs }) => endedMs - startedMs);

describe('a service with an idle timeout', () => {
  it('makes those wait who find it asleep, and nobody else', () => {
    // From the start it is idle until 1 s. 3,020: wakes it until 3,520. 3,200 and 3,300: wait too. 4,500: it is there. 5,660: asleep again.
    const lane = run(at(['100ms', '3s', '3200ms', '3300ms', '4500ms', '5800ms']));
    expect(tookMs(lane)).toEqual([150, 650, 550, 550, 150, 650]);
    expect(rowsOf(lane)[1]).toMatchObject({ td: 500, outcome: 'ok' });
    expect(recordsOf(lane, RecordKind.heldAtDoor, 'server')).toHaveLength(4);
  });

  it('is the same as one that stays when it starts at once, but for what it knew', () => {
    const code = `ctx.log(ctx.state.n ?? 0); ctx.state.n = 1; await ctx.work('100ms')`;
    const logged = (server: unknown) =>
      logOf(runFile(merge(merge(coded(`await ctx.call('server')`, code), at(['0s', '500ms', '5s'])), { components: { server } })));
    expect(logged({})).toEqual(['0', '1', '1']);
    expect(logged({ idleTimeout: '1s' })).toEqual(['0', '1', '0']);
  });

  it('does not sleep while it works, however long', () => {
    expect(tookMs(run(at(['0s', '3500ms']), { components: { server: { work: '4s' } } }))).toEqual([4_050, 4_550]);
  });

  it('counts from when its last work is over', () => {
    // Ends at 150 + 1,000 = 1,120 ms at the server; a request that arrives just before finds it there.
    expect(tookMs(run(at(['0s', '1090ms'])))).toEqual([150, 150]);
    expect(tookMs(run(at(['0s', '1110ms'])))).toEqual([150, 650]);
  });

  it('refuses those at its door when it crashes while it starts, and wakes nobody when they come in vain', () => {
    const lane = run(at(['3s', '3100ms', '8s']), { faults: [{ at: '3200ms', for: '1s', crash: 'server' }] });
    expect(rowsOf(lane).map(({ outcome }) => outcome)).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'ok']);
  });

  it('is deployed in its sleep', () => {
    const file = merge(coded(`await ctx.call('server')`, `await ctx.work('100ms'); ctx.log('v1')`), {
      components: { client: { arrivals: { list: ['0s', '10s'] } }, server: { idleTimeout: '1s', startTime: '500ms' } },
      duration: '20s',
      faults: [{ at: '5s', deploy: { service: 'server', code: 'v2.ts' } }],
      files: { 'v2.ts': `export async function onRequest(request: Request, ctx: Ctx) { ctx.log('v2') }` },
    });
    const lane = runFile(file);
    expect(logOf(lane)).toEqual(['v1', 'v2']);
    // Ready at 5,500 ms, asleep again at 6,500 ms.
    expect(recordsOf(lane, RecordKind.versionServes, 'server').map(({ timeMicros }) => timeMicros)).toEqual([5_500_000]);
    expect(tookMs(lane)[1]).toBe(550);
  });

  it('answers for its health in its sleep', () => {
    const lane = runFile({
      version: 1,
      duration: '20s',
      components: {
        client: { kind: 'client', arrivals: { list: ['10s'] }, calls: 'balancer' },
        balancer: { kind: 'balancer', healthCheck: { every: '2s', timeout: '100ms', unhealthyAfter: 1 } },
        server: { kind: 'service', work: '100ms', idleTimeout: '1s', startTime: '500ms' },
      },
      links: [
        { from: 'client', to: 'balancer' },
        { from: 'balancer', to: 'server' },
      ],
    });
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 10_600 }]);
  });
});

it('a consumer cannot sleep: nothing would wake it', () => {
  const read = readScenario(merge(queued('ctx.send("jobs", 1)', ''), { components: { worker: { idleTimeout: '1s' } } }), null);
  expect(read.ok ? [] : read.problems).toMatchObject([
    { path: 'components.worker.idleTimeout', key: 'problem.idleConsumer', params: { value: 'jobs' } },
  ]);
});
