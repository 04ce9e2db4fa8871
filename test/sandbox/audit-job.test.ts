import { expect, it } from 'vitest';
import { AllocationMeter } from '../../src/sandbox/allocation-meter';
import { readReply } from '../../src/sandbox/check-reply';
import { evaluate } from '../../src/sandbox/evaluate';
import { createExecutor, type Executor } from '../../src/sandbox/executor';
import type { Reply } from '../../src/sandbox/protocol';
import { prepareRun, startRun } from '../../src/world/run';
import { auditOf } from '../assess/audit/audit-of';

const FILE = {
  version: 1,
  title: 'lossy',
  duration: '60s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '5/s' }, calls: 'server' },
    server: { kind: 'service', work: '10ms' },
  },
  links: [{ from: 'client', to: 'server', delay: '5ms', loss: 0.1 }],
};

function worker(): { executor: Executor; replies: Reply[]; slice: () => boolean } {
  const replies: Reply[] = [];
  const waiting: (() => void)[] = [];
  let nowMs = 0;
  const executor = createExecutor({
    door: { prepareRun, startRun },
    evaluate,
    meter: new AllocationMeter(),
    clock: () => (nowMs += 3),
    later: (callback) => waiting.push(callback),
    post: (reply) => replies.push(structuredClone(reply)),
  });
  const slice = (): boolean => {
    const callback = waiting.shift();
    callback?.();
    return callback !== undefined;
  };
  return { executor, replies, slice };
}

it('gives the report that anybody else gets, told step by step', () => {
  const { executor, replies, slice } = worker();
  executor.receive({ kind: 'audit', id: 1, file: FILE, variant: null, seeds: [1, 2], audits: ['functional'] });
  while (slice());
  for (const reply of replies) expect(readReply(reply)).toEqual(reply);
  expect(replies.flatMap((reply) => (reply.kind === 'step' ? [reply.step.done] : []))).toEqual([1, 2]);
  expect(replies.at(-2)).toMatchObject({ kind: 'report', report: auditOf(FILE, ['functional']) });
  expect(replies.at(-1)).toMatchObject({ kind: 'finished', id: 1 });
});

it('stops between two slices, and says what is wrong with a scenario', () => {
  const { executor, replies, slice } = worker();
  executor.receive({ kind: 'audit', id: 1, file: FILE, variant: null, seeds: [1], audits: ['functional'] });
  slice();
  executor.receive({ kind: 'cancel', id: 1 });
  while (slice());
  executor.receive({ kind: 'audit', id: 2, file: { ...FILE, duration: 'long' }, variant: null, seeds: [1], audits: ['functional'] });
  while (slice());
  expect(replies.flatMap((reply) => (reply.kind === 'progress' || reply.kind === 'step' ? [] : [reply.kind]))).toEqual([
    'ready',
    'cancelled',
    'problems',
  ]);
});
