import { describe, expect, it } from 'vitest';
import { ClientJob } from '../../src/sandbox/client-job';
import { ANSWER_WITHIN_MS, IDLE, OWN_WORK_WITHIN_MS, PING_EVERY_MS } from '../../src/sandbox/protocol';
import { Watchdog } from '../../src/sandbox/watchdog';
import { laneOf } from './lane-sample';

/** Looks again and again from an instant on, until the watchdog calls the worker silent. */
function silentAt(watchdog: Watchdog, from: number, until = 60_000): number | undefined {
  for (let now = from + PING_EVERY_MS; now <= until; now += PING_EVERY_MS) if (watchdog.isSilent(now)) return now;
  return undefined;
}

describe('the watchdog', () => {
  it('gives a running worker one second from its last word', () => {
    const watchdog = new Watchdog();
    watchdog.start(0);
    watchdog.heard(500, 'running');
    expect(silentAt(watchdog, 0)).toBe(500 + ANSWER_WITHIN_MS + PING_EVERY_MS);
  });

  it('waits longer while the simulator sums up', () => {
    const watchdog = new Watchdog();
    watchdog.start(0);
    watchdog.heard(100, 'summing-up');
    expect(silentAt(watchdog, 0)).toBe(100 + OWN_WORK_WITHIN_MS + PING_EVERY_MS);
  });

  it('never calls a worker silent that answers', () => {
    const watchdog = new Watchdog();
    watchdog.start(0);
    for (let now = PING_EVERY_MS; now < 20_000; now += PING_EVERY_MS) {
      expect(watchdog.isSilent(now)).toBe(false);
      watchdog.heard(now + 50, 'running');
    }
  });

  it('does not hold a pause of the page against the worker', () => {
    const watchdog = new Watchdog();
    watchdog.start(0);
    watchdog.heard(0, 'running');
    expect(watchdog.isSilent(PING_EVERY_MS)).toBe(false);
    const resumed = 30_000;
    expect(watchdog.isSilent(resumed)).toBe(false);
    expect(silentAt(watchdog, resumed)).toBeGreaterThan(resumed + ANSWER_WITHIN_MS / 2);
  });
});

describe('a job of the page', () => {
  const job = () => new ClientJob({ kind: 'run', id: 1, file: {}, variants: [null, 'queue'], seed: 7 });

  it('is finished when every variant is there', () => {
    const running = job();
    expect(running.take({ kind: 'lane', id: 1, lane: laneOf(null), sequence: 2 })).toBeUndefined();
    expect(running.take({ kind: 'lane', id: 1, lane: laneOf('queue'), sequence: 3 })).toBeUndefined();
    expect(running.take({ kind: 'finished', id: 1, sequence: 4 })).toMatchObject({
      kind: 'finished',
      lanes: [{ variant: null }, { variant: 'queue' }],
    });
  });

  it('believes no lane that was not asked for, none twice, and no early end', () => {
    expect(job().take({ kind: 'lane', id: 1, lane: laneOf('other'), sequence: 2 })).toBeTypeOf('string');
    expect(job().take({ kind: 'finished', id: 1, sequence: 2 })).toBeTypeOf('string');
    expect(job().take({ kind: 'summary', id: 1, seed: 7, summary: laneOf(null).summary, sequence: 2 })).toBeTypeOf('string');
    const running = job();
    running.take({ kind: 'lane', id: 1, lane: laneOf(null), sequence: 2 });
    expect(running.take({ kind: 'lane', id: 1, lane: laneOf(null), sequence: 3 })).toBeTypeOf('string');
  });

  it('hands on summaries in the order of the seeds', () => {
    const heard: unknown[] = [];
    const request = { kind: 'seeds', id: 1, file: {}, variants: [null], seeds: [3, 4] } as const;
    const running = new ClientJob(request, { onSummary: (variant, seed, { digest }) => heard.push([variant, seed, digest]) });
    const { summary } = laneOf(null);
    expect(running.take({ kind: 'summary', id: 1, seed: 3, summary, sequence: 2 })).toBeUndefined();
    expect(running.take({ kind: 'summary', id: 1, seed: 3, summary, sequence: 3 })).toBeTypeOf('string');
    running.take({ kind: 'summary', id: 1, seed: 4, summary, sequence: 3 });
    expect(running.take({ kind: 'finished', id: 1, sequence: 4 })).toEqual({ kind: 'finished', lanes: [] });
    expect(heard).toEqual([
      [null, 3, 'abc'],
      [null, 4, 'abc'],
    ]);
  });

  it('names what ran last when the worker fell silent', () => {
    const running = job();
    expect(running.silence(1_000).key).toBe('problem.sandboxSilent');
    running.locate({ ...IDLE, phase: 'running', position: 'greeter.ts', nowMicros: 1_500_000, events: 12 });
    expect(running.silence(1_000)).toEqual({
      path: 'files.greeter.ts',
      key: 'problem.sandboxSilentIn',
      params: { ms: 1_000, time: 1.5, events: 12, file: 'greeter.ts' },
    });
  });

  const mark = { kind: 'mark', id: 1, nowMicros: 1_510_000, events: 13, file: 'greeter.ts', sequence: 2 } as const;

  it('executes a silent run again, twice when the first time tells the line only roughly', () => {
    const running = job();
    expect(running.take({ ...mark, mark: 5, every: 1, line: 3 })).toBeTypeOf('string');
    running.locate({ ...IDLE, phase: 'running', variant: null, position: 'greeter.ts', events: 12 });
    expect(running.looksCloser()).toBe(true);
    expect(running.request).toMatchObject({ kind: 'locate', id: 1, variant: null, fromEvents: 12, fromMark: 0 });
    running.take({ ...mark, mark: 2_048, every: 512, line: 2 });
    expect(running.silence(1_000).key).toBe('problem.sandboxSilentIn');
    expect(running.looksCloser()).toBe(true);
    expect(running.request).toMatchObject({ fromEvents: 12, fromMark: 2_048 });
    running.take({ ...mark, mark: 2_101, every: 1, line: 4 });
    expect(running.looksCloser()).toBe(false);
    expect(running.silence(1_000)).toEqual({
      path: 'files.greeter.ts',
      key: 'problem.sandboxSilentAt',
      params: { ms: 1_000, time: 1.51, events: 13, file: 'greeter.ts', line: 4 },
      ...{ file: 'greeter.ts', line: 4, column: 1 },
    });
  });

  it('blames no line when the run ends the second time', () => {
    const running = job();
    running.locate({ ...IDLE, phase: 'running', position: 'greeter.ts' });
    running.looksCloser();
    running.take({ ...mark, mark: 0, every: 1, line: 4 });
    expect(running.take({ kind: 'finished', id: 1, sequence: 3 })).toMatchObject({
      kind: 'stopped',
      problem: { key: 'problem.sandboxSilentIn' },
    });
  });
});
