import { describe, expect, it } from 'vitest';
import { AllocationMeter } from '../../src/sandbox/allocation-meter';
import { readReply } from '../../src/sandbox/check-reply';
import { evaluate } from '../../src/sandbox/evaluate';
import { createExecutor } from '../../src/sandbox/executor';
import { INITIAL_CREDIT, type Reply, type ReplyBody } from '../../src/sandbox/protocol';
import { REHEARSAL } from '../../src/sandbox/rehearsal';
import type { Door, RunLike } from '../../src/sandbox/surroundings';
import { prepareRun, startRun } from '../../src/world/run';
import { laneOf } from './lane-sample';

const EVENT_MS = 0.1;

/** A simulator whose runs have so many events of 0.1 ms of real time and 1 ms of virtual time each. */
class FakeDoor implements Door {
  nowMs = 0;
  readonly log: string[] = [];

  constructor(private readonly eventsPerRun: number) {}

  prepareRun(file: unknown, { variant, seed }: { variant: string | null; seed?: number }): ReturnType<Door['prepareRun']> {
    this.log.push(`prepare ${variant} ${seed}`);
    if (file === 'throws') throw new Error('broken');
    if (file === 'bad') return { ok: false, problems: [{ path: 'title', key: 'problem.text', params: {} }] };
    return { ok: true, value: { scenario: { durationMicros: this.eventsPerRun * 1_000 }, variant } as never };
  }

  startRun(program: { scenario: { durationMicros: number } }, { keepTrace }: { keepTrace: boolean }): RunLike {
    const { variant } = program as unknown as { variant: string | null };
    this.log.push(`start ${variant} ${keepTrace ? 'traced' : 'untraced'}`);
    let events = 0;
    const advance = (count: number) => {
      const ran = Math.min(count, this.eventsPerRun - events);
      events += ran;
      this.nowMs += ran * EVENT_MS;
      return events < this.eventsPerRun;
    };
    return {
      advance,
      get events() {
        return events;
      },
      get nowMicros() {
        return events * 1_000;
      },
      position: 'greeter.ts',
      finish: () => ({ ...laneOf(variant), endMicros: events * 1_000 }),
    };
  }
}

function start(eventsPerRun: number) {
  const door = new FakeDoor(eventsPerRun);
  const replies: Reply[] = [];
  const transfers: number[] = [];
  const waiting: (() => void)[] = [];
  const executor = createExecutor({
    door,
    evaluate: () => () => undefined,
    meter: new AllocationMeter(),
    clock: () => door.nowMs,
    later: (callback) => waiting.push(callback),
    post: (reply, transfer) => {
      replies.push(structuredClone(reply));
      transfers.push(transfer.length);
    },
  });
  const slice = () => {
    const callback = waiting.shift();
    callback?.();
    return callback !== undefined;
  };
  return { door, executor, replies, transfers, slice, kinds: () => replies.map(({ kind }) => kind).filter((kind) => kind !== 'progress') };
}

const finish = ({ slice }: { slice: () => boolean }) => {
  let slices = 0;
  while (slice()) slices++;
  return slices;
};

describe('a rehearsal', () => {
  it('runs calls and queues to their end, and nobody hears of it', () => {
    const worker = start(500);
    worker.executor.receive({ kind: 'rehearse' });
    finish(worker);
    expect(worker.door.log).toEqual(['prepare null 1', 'start null traced', 'prepare queue 1', 'start queue traced']);
    expect(worker.replies.map(({ kind }) => kind)).toEqual(['ready']);
  });

  it('gives way to a job, and does not begin during one', () => {
    const worker = start(5_000);
    worker.executor.receive({ kind: 'rehearse' });
    worker.slice();
    worker.executor.receive({ kind: 'run', id: 1, file: {}, variants: ['own'], seed: 7 });
    worker.executor.receive({ kind: 'rehearse' });
    finish(worker);
    expect(worker.door.log).toEqual(['prepare null 1', 'start null traced', 'prepare own 7', 'start own traced']);
    expect(worker.kinds()).toEqual(['ready', 'lane', 'finished']);
  });

  it('is a scenario without a mistake', () => {
    for (const variant of REHEARSAL.variants) {
      const program = prepareRun(REHEARSAL.file, { variant, seed: 1, evaluate });
      if (!program.ok) throw new Error(JSON.stringify(program.problems));
      const run = startRun(program.value, { evaluate, keepTrace: false });
      while (run.advance(10_000));
      const { stopped, handlerProblems, summary } = run.finish();
      expect([stopped, handlerProblems, summary.violations]).toEqual([undefined, [], []]);
      expect(summary.requests.Ns).toBeGreaterThan(300);
    }
  });
});

describe('a run', () => {
  it('delivers a lane for each variant, with its columns moved, and says when it is done', () => {
    const worker = start(500);
    worker.executor.receive({ kind: 'run', id: 1, file: {}, variants: [null, 'queue'], seed: 7 });
    finish(worker);
    expect(worker.kinds()).toEqual(['ready', 'lane', 'lane', 'finished']);
    expect(worker.replies.flatMap((reply) => (reply.kind === 'lane' ? [reply.lane.variant] : []))).toEqual([null, 'queue']);
    expect(worker.transfers.filter((count) => count > 0)).toEqual([18, 18]);
    expect(worker.door.log).toEqual(['prepare null 7', 'start null traced', 'prepare queue 7', 'start queue traced']);
    for (const reply of worker.replies) expect(readReply(reply)).toEqual(reply);
  });

  it('gives way about every 8 ms and tells how far it is', () => {
    const worker = start(10_000);
    worker.executor.receive({ kind: 'run', id: 1, file: {}, variants: [null], seed: 7 });
    const before: number[] = [];
    for (let at = worker.door.nowMs; worker.slice(); at = worker.door.nowMs) before.push(worker.door.nowMs - at);
    expect(Math.max(...before)).toBeLessThan(20);
    const fractions = worker.replies.flatMap((reply) => (reply.kind === 'progress' ? [reply.fraction] : []));
    expect(fractions.length).toBeGreaterThan(5);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });

  it('is cancelled between two slices', () => {
    const worker = start(1_000_000);
    worker.executor.receive({ kind: 'run', id: 1, file: {}, variants: [null], seed: 7 });
    worker.slice();
    worker.executor.receive({ kind: 'cancel', id: 1 });
    expect(finish(worker)).toBeLessThanOrEqual(1);
    expect(worker.kinds()).toEqual(['ready', 'cancelled']);
  });

  it('is replaced by a newer one', () => {
    const worker = start(1_000);
    worker.executor.receive({ kind: 'run', id: 1, file: {}, variants: [null], seed: 7 });
    worker.slice();
    worker.executor.receive({ kind: 'run', id: 2, file: {}, variants: ['queue'], seed: 7 });
    finish(worker);
    expect(worker.replies.flatMap((reply) => ('id' in reply && reply.kind !== 'progress' ? [`${reply.kind} ${reply.id}`] : []))).toEqual([
      'cancelled 1',
      'lane 2',
      'finished 2',
    ]);
  });

  it('answers a ping with where it is', () => {
    const worker = start(1_000_000);
    worker.executor.receive({ kind: 'run', id: 1, file: {}, variants: ['queue'], seed: 7 });
    worker.slice();
    worker.executor.receive({ kind: 'ping' });
    const pong = worker.replies.at(-1);
    expect(pong).toMatchObject({ kind: 'pong', at: { phase: 'running', variant: 'queue', position: 'greeter.ts' } });
  });

  it('reports the problems of the scenario, and runs nothing', () => {
    const worker = start(10);
    worker.executor.receive({ kind: 'run', id: 1, file: 'bad', variants: [null, 'queue'], seed: 7 });
    finish(worker);
    expect(worker.kinds()).toEqual(['ready', 'problems']);
  });

  it('reports a fault of the simulator itself, and takes the next job', () => {
    const worker = start(10);
    worker.executor.receive({ kind: 'run', id: 1, file: 'throws', variants: [null], seed: 7 });
    finish(worker);
    worker.executor.receive({ kind: 'run', id: 2, file: {}, variants: [null], seed: 7 });
    finish(worker);
    expect(worker.kinds()).toEqual(['ready', 'failed', 'lane', 'finished']);
    expect(worker.replies.find((reply) => reply.kind === 'failed')).toMatchObject({ message: 'Error: broken' });
  });
});

describe('many seeds', () => {
  it('sends one summary for each seed and variant, and waits when the page does not read', () => {
    const worker = start(10);
    const seeds = Array.from({ length: 200 }, (_, index) => index);
    worker.executor.receive({ kind: 'seeds', id: 1, file: {}, variants: [null, 'queue'], seeds });
    finish(worker);
    expect(worker.replies).toHaveLength(INITIAL_CREDIT);
    expect(worker.door.log.length).toBeLessThan(600);
    for (let round = 0; round < 20; round++) {
      worker.executor.receive({ kind: 'credit', messages: 32 });
      finish(worker);
    }
    const summaries = worker.replies.filter((reply: ReplyBody) => reply.kind === 'summary');
    expect(summaries).toHaveLength(400);
    expect(worker.kinds().at(-1)).toBe('finished');
    expect(worker.door.log.filter((line) => line.includes(' traced'))).toEqual([]);
  });
});

describe('a range', () => {
  it('ends about where it is asked to', () => {
    const worker = start(1_000_000);
    worker.executor.receive({ kind: 'credit', messages: 1_000 });
    worker.executor.receive({ kind: 'range', id: 1, file: {}, variant: null, seed: 7, untilMicros: 100_000_000 });
    finish(worker);
    const lane = worker.replies.find((reply) => reply.kind === 'lane');
    expect(lane?.kind === 'lane' && lane.lane.endMicros).toBeGreaterThanOrEqual(100_000_000);
    expect(lane?.kind === 'lane' && lane.lane.endMicros).toBeLessThan(120_000_000);
  });
});

describe('a look at variables', () => {
  const request = { kind: 'values', id: 1, file: {}, variant: null, seed: 7, request: 0 } as const;

  it('runs on until everything at the instant has happened, keeps no trace and sends no lane', () => {
    const worker = start(5_000);
    worker.executor.receive({ ...request, untilMicros: 100_000 });
    finish(worker);
    expect(worker.door.log).toEqual(['prepare null 7', 'start null untraced']);
    expect(worker.kinds()).toEqual(['ready', 'values', 'finished']);
    expect(worker.replies.find(({ kind }) => kind === 'values')).toMatchObject({ values: { untilMicros: 100_000, complete: true } });
  });

  it('gives up where nobody would wait any longer, and says how far it got', () => {
    const worker = start(1e9);
    worker.executor.receive({ kind: 'credit', messages: 1_000 });
    worker.executor.receive({ ...request, untilMicros: 1e12 });
    finish(worker);
    const reply = worker.replies.find(({ kind }) => kind === 'values');
    expect(reply).toMatchObject({ values: { complete: false } });
    expect(reply?.kind === 'values' && reply.values.untilMicros).toBeGreaterThan(1e6);
    expect(worker.kinds()).toEqual(['ready', 'values', 'finished']);
  });

  it('says what a handler held: the shipped code, in the reader’s own places', () => {
    const posted: Reply[] = [];
    const slices: (() => void)[] = [];
    const executor = createExecutor({
      door: { prepareRun, startRun },
      evaluate,
      meter: new AllocationMeter(),
      clock: () => 0,
      later: (callback) => slices.push(callback),
      post: (reply) => posted.push(structuredClone(reply)),
    });
    executor.receive({ ...request, file: REHEARSAL.file, untilMicros: 30e6 });
    while (slices.length > 0) slices.shift()!();
    const reply = posted.find(({ kind }) => kind === 'values');
    expect(readReply(reply)).toEqual(reply);
    const [call, service] = reply?.kind === 'values' ? reply.values.files : [];
    expect([call?.file, service?.file]).toEqual(['call.ts', 'service.ts']);
    const { last } = service!.sites[service!.names.find(({ line }) => line === 1)!.sites[0]!]!;
    expect(last).toMatchObject({
      text: expect.stringMatching(/^\{ id: \d+, body: \{ name: "a" \}, from: "client"/) as string,
      component: 'service',
    });
    expect(last!.atMicros).toBeLessThanOrEqual(30e6);
  });
});
