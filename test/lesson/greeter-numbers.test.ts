/** What the greeter lesson tells the learner, measured: its text and its picture must not disagree. */
import { beforeAll, describe, expect, it } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import type { RunSummary } from '../../src/model/summary';
import { prepareRun, startRun } from '../../src/world/run';

const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as (...values: unknown[]) => unknown;

function run(variant: string | null, perSecond = 12): RunSummary {
  const scenario = JSON.parse(JSON.stringify(findLesson('greeter')?.scenario).replace('"12/s"', `"${perSecond}/s"`)) as unknown;
  const prepared = prepareRun(scenario, { variant, evaluate });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const running = startRun(prepared.value, { evaluate, keepTrace: false });
  while (running.advance(1_000_000));
  return running.finish().summary;
}

describe.each([null, 'queue'])('the greeter, variant %s', (variant) => {
  let summary: RunSummary;
  beforeAll(() => {
    summary = run(variant);
  });

  it('completes about ten a second', () => {
    expect(summary.requests.QPerSecond).toBeGreaterThan(9.5);
    expect(summary.requests.QPerSecond).toBeLessThanOrEqual(10);
  });

  it('ends with nearly 140 waiting: those in flight less ten at work', () => {
    const waiting = summary.requests.inFlight - 10;
    expect(waiting).toBeGreaterThan(130);
    expect(waiting).toBeLessThan(142);
  });

  it('answers the last ones after about eleven seconds', () => {
    expect(summary.requests.T.p99Ms).toBeGreaterThan(10_500);
    expect(summary.requests.T.p99Ms).toBeLessThan(11_500);
  });

  it('waits about a tenth of a second at 8 a second', () => {
    const wait = run(variant, 8).requests.T.TdMs ?? NaN;
    expect(wait).toBeGreaterThan(50);
    expect(wait).toBeLessThan(150);
  });
});

it('sets the sender free after 40 ms; the way through the queue is 40 ms longer', () => {
  const [call, queue] = [run(null), run('queue')];
  expect(queue.requests.accepted.meanMs).toBe(40);
  expect(queue.requests.heldMeanMs).toBe(40);
  expect(call.requests.heldMeanMs).toBe(call.requests.T.meanMs);
  const way = ({ requests }: RunSummary) => (requests.T.TrMs ?? NaN) + (requests.T.TpMs ?? NaN);
  expect([way(call), way(queue)]).toEqual([40, 80]);
});
