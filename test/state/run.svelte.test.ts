import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LaneResult } from '../../src/model/run-result';
import { problem } from '../../src/model/problem';
import type { AuditReply, RunReply, SeedsReply, ValuesReply } from '../../src/sandbox/run-reply';
import { PATIENCE_MS, type RunInput, type Simulator } from '../../src/state/run-machine';
import { RunState } from '../../src/state/run.svelte';

/** A simulator whose replies the test gives. */
class HandSimulator implements Simulator {
  readonly asked: { title: unknown; reply: (reply: RunReply) => void; progress: (fraction: number) => void }[] = [];
  cancels = 0;
  up = true;

  start(): Promise<void> {
    return this.up ? Promise.resolve() : Promise.reject(new Error('no sandbox'));
  }
  run(request: RunInput, progress: (fraction: number) => void): Promise<RunReply> {
    return new Promise((reply) => this.asked.push({ title: request.file['title'], reply, progress }));
  }
  range(): Promise<RunReply> {
    return Promise.resolve({ kind: 'cancelled' });
  }
  seeds(): Promise<SeedsReply> {
    return Promise.resolve({ kind: 'cancelled' });
  }
  values(): Promise<ValuesReply> {
    return Promise.resolve({ kind: 'cancelled' });
  }
  audit(): Promise<AuditReply> {
    return Promise.resolve({ kind: 'cancelled' });
  }
  cancel(): void {
    this.cancels += 1;
    this.asked.at(-1)?.reply({ kind: 'cancelled' });
  }
}

const input = (title: string): RunInput => ({ file: { title }, variants: [null], seed: 7 });
const lane = (variant: string) => ({ variant, stopped: undefined, handlerProblems: [] }) as unknown as LaneResult;
const finished = (variant: string): RunReply => ({ kind: 'finished', lanes: [lane(variant)] });
const settle = () => vi.advanceTimersByTimeAsync(0);

let simulator: HandSimulator;
let run: RunState;

beforeEach(() => {
  vi.useFakeTimers();
  simulator = new HandSimulator();
  run = new RunState(simulator);
});
afterEach(() => vi.useRealTimers());

async function started(live = true): Promise<void> {
  run.start();
  run.open(input('first'), live);
  await settle();
}

test('a live document runs when the sandbox is up', async () => {
  run.start();
  run.open(input('first'), true);
  expect(run.status).toBe('starting');
  await settle();
  expect(run.status).toBe('running');
  simulator.asked[0]?.progress(0.4);
  expect(run.progress).toBe(0.4);
  simulator.asked[0]?.reply(finished('a'));
  await settle();
  expect(run.status).toBe('idle');
  expect(run.lanes.map(({ variant }) => variant)).toEqual(['a']);
});

test('a visit runs nothing, whatever is edited, until Run is pressed; then it is live', async () => {
  await started(false);
  run.change(input('edited'));
  await settle();
  expect(simulator.asked).toEqual([]);
  expect(run.status).toBe('held');
  run.run();
  await settle();
  expect(simulator.asked.map(({ title }) => title)).toEqual(['edited']);
  simulator.asked[0]?.reply(finished('a'));
  await settle();
  run.change(input('again'));
  await settle();
  expect(simulator.asked).toHaveLength(2);
});

test('edits during a run: the newest runs last, those between never', async () => {
  await started();
  run.change(input('second'));
  run.change(input('third'));
  simulator.asked[0]?.reply(finished('a'));
  await settle();
  simulator.asked[1]?.reply(finished('c'));
  await settle();
  expect(simulator.asked.map(({ title }) => title)).toEqual(['first', 'third']);
  expect(run.lanes[0]?.variant).toBe('c');
});

test('an overtaken run that takes long is cancelled, one that nobody overtook is not', async () => {
  await started();
  await vi.advanceTimersByTimeAsync(10 * PATIENCE_MS);
  expect(simulator.cancels).toBe(0);
  expect(run.isLong).toBe(true);
  run.change(input('second'));
  await settle();
  expect(simulator.cancels).toBe(1);
  expect(simulator.asked.map(({ title }) => title)).toEqual(['first', 'second']);
});

test('a broken edit keeps the last good lanes and says what is wrong', async () => {
  await started();
  simulator.asked[0]?.reply(finished('good'));
  await settle();
  run.change(input('broken'));
  await settle();
  simulator.asked[1]?.reply({ kind: 'problems', problems: [problem('seed', 'problem.seed')] });
  await settle();
  expect(run.lanes[0]?.variant).toBe('good');
  expect(run.problems).toHaveLength(1);
  expect(run.status).toBe('stopped');
  expect(run.fromLastGood).toBe(true);
  run.change(input('mended'));
  await settle();
  simulator.asked[2]?.reply(finished('mended'));
  await settle();
  expect(run.problems).toEqual([]);
  expect(run.fromLastGood).toBe(false);
});

test('a run that had to end before its time keeps the last good lanes; without any, what there is of it is shown', async () => {
  const early = (variant: string): RunReply => ({
    kind: 'finished',
    lanes: [{ ...lane(variant), stopped: problem('', 'problem.steps') } as LaneResult],
  });
  await started();
  simulator.asked[0]?.reply(early('some'));
  await settle();
  expect([run.lanes[0]?.variant, run.status]).toEqual(['some', 'stopped']);
  for (const [index, variant] of ['good', 'endless'].entries()) {
    run.change(input(variant));
    await settle();
    simulator.asked[index + 1]?.reply(variant === 'good' ? finished(variant) : early(variant));
    await settle();
  }
  expect([run.lanes[0]?.variant, run.status, run.fromLastGood]).toEqual(['good', 'stopped', true]);
  expect(run.problems).toHaveLength(1);
});

test('a reply for a document that is no longer open is dropped', async () => {
  await started();
  run.open(input('other'), false);
  simulator.asked[0]?.reply(finished('old'));
  await settle();
  expect(run.lanes).toEqual([]);
  expect(run.status).toBe('held');
});

test('cancelling ends the run and starts none', async () => {
  await started();
  run.cancel();
  await settle();
  expect(simulator.cancels).toBe(1);
  expect(run.status).toBe('idle');
  expect(simulator.asked).toHaveLength(1);
});

test('a sandbox that does not come up is said, and Run tries again', async () => {
  simulator.up = false;
  await started();
  expect(run.status).toBe('unavailable');
  simulator.up = true;
  run.run();
  await settle();
  expect(run.status).toBe('running');
});

test('views that read the status follow it', async () => {
  const seen: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(run.status);
    });
  });
  flushSync();
  await started();
  flushSync();
  simulator.asked[0]?.reply(finished('a'));
  await settle();
  flushSync();
  expect(seen).toEqual(['starting', 'running', 'idle']);
  stop();
});

test('a view of the lanes is not made again because a run begins or gets further', async () => {
  await started();
  simulator.asked[0]?.reply(finished('a'));
  await settle();
  const seen: (string | null | undefined)[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(run.lanes[0]?.variant);
    });
  });
  flushSync();
  run.change(input('second'));
  await settle();
  flushSync();
  simulator.asked[1]?.progress(0.5);
  flushSync();
  expect(run.progress).toBe(0.5);
  simulator.asked[1]?.reply(finished('b'));
  await settle();
  flushSync();
  expect(seen).toEqual(['a', 'b']);
  stop();
});
