/** One job of the worker: a few variants on a few seeds, one run after the other, each in slices of a few milliseconds. */
import { runAudits } from '../assess/audit/run-audits';
import type { LaneResult } from '../model/run-result';
import type { AuditReport } from '../model/audit';
import type { Result } from '../model/problem';
import { Probes } from '../handlers/probes';
import { LIMITS } from '../model/limits';
import type { Micros } from '../model/time';
import type { Outbox } from './outbox';
import { marking } from './marking';
import {
  MARKS_DENSE,
  MARKS_MAX,
  MARKS_STRIDE,
  SLICE_MS,
  VALUES_WITHIN_MS,
  type AuditRequest,
  type JobRequest,
  type LocateRequest,
  type Phase,
  type ValuesRequest,
  type Whereabouts,
} from './protocol';
import type { RunLike, Surroundings } from './surroundings';

interface Task {
  readonly variant: string | null;
  readonly seed: number;
}

const PROGRESS_EVERY_MS = 50;
/** Entries into handlers that are announced as they happen: most code that hangs does so the first time it runs. */
const ENTRIES_ANNOUNCED = 16;
const FIRST_BATCH = 64;
const BATCH_MAX = 1 << 20;
/** A range must not run far past its end: what it is asked for would be dropped again. */
const RANGE_BATCH_MAX = 1 << 14;

export class Job {
  readonly id: number;
  readonly #tasks: readonly Task[];
  readonly #steps: Generator<undefined, void>;
  #phase: Phase = 'preparing';
  #variant: string | null = null;
  #run: RunLike | undefined;
  #done = 0;
  #duration: Micros = 1;
  #toldAt = -Infinity;
  #entries = 0;
  /** Statements of handlers so far, the first that was told of, and how many were. */
  #marks = 0;
  #firstMark: number | undefined;
  #told = 0;
  /** Events that about fill half a slice, found while running. Results do not depend on it. */
  #batch = FIRST_BATCH;

  constructor(
    private readonly request: JobRequest,
    private readonly surroundings: Surroundings,
    private readonly outbox: Outbox,
  ) {
    this.id = request.id;
    this.#tasks = tasksOf(request);
    this.#steps = request.kind === 'audit' ? this.#audit(request) : this.#work();
  }

  get whereabouts(): Whereabouts {
    const { nowMicros = 0, events = 0, position = '' } = this.#run ?? {};
    return { phase: this.#phase, variant: this.#variant, nowMicros, events, position: position.slice(0, LIMITS.titleLength) };
  }

  /** Code of the learner's is about to run: if nothing is heard afterwards, it was this. */
  entersHandler(): void {
    if (this.#run && this.#entries++ < ENTRIES_ANNOUNCED) this.#tellNow();
  }

  /** Works for one slice. False when the job is over. */
  slice(): boolean {
    const { clock } = this.surroundings;
    const end = clock() + SLICE_MS;
    try {
      do {
        if (this.#steps.next().done) return false;
      } while (clock() < end && !this.outbox.full);
      this.#tell();
      return true;
    } catch (error) {
      this.outbox.send({ kind: 'failed', id: this.id, message: describe(error) });
      return false;
    }
  }

  *#work(): Generator<undefined, void> {
    const { door, meter } = this.surroundings;
    const { request } = this;
    const evaluate =
      request.kind === 'locate' ? marking(this.surroundings.evaluate, (...at) => this.#mark(request, ...at)) : this.surroundings.evaluate;
    for (const task of this.#tasks) {
      this.#enter('preparing', task.variant);
      yield;
      meter.reset();
      const probes = request.kind === 'values' ? new Probes(request) : undefined;
      const prepared = door.prepareRun(this.request.file, { ...task, evaluate, ...(probes && { probes }) });
      if (!prepared.ok) {
        this.outbox.send({ kind: 'problems', id: this.id, problems: prepared.problems });
        return;
      }
      const { durationMicros } = prepared.value.scenario;
      this.#duration = Math.max(1, 'untilMicros' in request ? Math.min(request.untilMicros, durationMicros) : durationMicros);
      meter.reset();
      this.#enter('running', task.variant);
      yield;
      const run = door.startRun(prepared.value, { evaluate, keepTrace: request.kind === 'run' || request.kind === 'range' });
      this.#run = run;
      const complete = yield* this.#advance(run);
      if (request.kind === 'values' && probes) this.#deliverValues(request, run, complete, probes);
      if (request.kind === 'values') break;
      this.#enter('summing-up', task.variant);
      yield;
      this.#deliver(run.finish(), task.seed);
      this.#run = undefined;
      this.#done++;
    }
    this.outbox.send({ kind: 'finished', id: this.id });
  }

  /** False when it took too long to get to where it should. */
  *#advance(run: RunLike): Generator<undefined, boolean> {
    const { clock } = this.surroundings;
    const { request } = this;
    const [until, batchMax] = 'untilMicros' in request ? [request.untilMicros, RANGE_BATCH_MAX] : [Infinity, BATCH_MAX];
    const endMs = request.kind === 'values' ? clock() + VALUES_WITHIN_MS : Infinity;
    let batch = this.#batch;
    let complete = false;
    while (!complete && clock() < endMs) {
      const began = clock();
      complete = !run.advance(batch) || (request.kind === 'values' ? run.nowMicros > until : run.nowMicros >= until);
      if (complete) break;
      batch = fitted(batch, clock() - began, batchMax);
      yield;
    }
    this.#batch = batch;
    return complete;
  }

  #deliverValues({ untilMicros }: ValuesRequest, run: RunLike, complete: boolean, { files }: Probes): void {
    const values = { untilMicros: complete ? untilMicros : Math.min(untilMicros, run.nowMicros), complete, files };
    this.outbox.send({ kind: 'values', id: this.id, values });
  }

  *#audit(request: AuditRequest): Generator<undefined, void> {
    const { door, evaluate, meter, clock } = this.surroundings;
    const watched: typeof door = {
      prepareRun: (file, options) => {
        this.#enter('preparing', request.variant);
        meter.reset();
        const prepared = door.prepareRun(file, options);
        meter.reset();
        this.#enter('running', request.variant);
        return prepared;
      },
      startRun: (program, options) => (this.#run = door.startRun(program, options)),
    };
    const steps = runAudits(request, {
      door: watched,
      evaluate,
      sliceEvents: () => this.#batch,
      onProgress: (step) => this.outbox.sendIfFree({ kind: 'step', id: this.id, step }),
    });
    for (;;) {
      const began = clock();
      const step = steps.next();
      if (step.done) return this.#report(step.value);
      this.#batch = fitted(this.#batch, clock() - began, BATCH_MAX);
      yield;
    }
  }

  #report(result: Result<AuditReport>): void {
    if (!result.ok) return this.outbox.send({ kind: 'problems', id: this.id, problems: result.problems });
    this.outbox.send({ kind: 'report', id: this.id, report: result.value });
    this.outbox.send({ kind: 'finished', id: this.id });
  }

  #enter(phase: Phase, variant: string | null): void {
    this.#phase = phase;
    this.#variant = variant;
    if (phase === 'summing-up') this.#tellNow(); // The page then waits longer than for code of the learner's.
  }

  #deliver(lane: LaneResult, seed: number): void {
    if (this.request.kind === 'locate') return;
    if (this.request.kind === 'seeds') this.outbox.send({ kind: 'summary', id: this.id, seed, summary: lane.summary });
    else this.outbox.send({ kind: 'lane', id: this.id, lane }, buffersOf(lane));
  }

  /** A statement is about to run. The first so many are told of one by one, then every so-manieth. */
  #mark({ fromEvents, fromMark }: LocateRequest, file: string, line: number): void {
    const mark = this.#marks++;
    const { events = 0, nowMicros = 0 } = this.#run ?? {};
    if (mark < fromMark || events < fromEvents) return;
    this.#firstMark ??= mark;
    const further = mark - this.#firstMark;
    const every = further < MARKS_DENSE ? 1 : MARKS_STRIDE;
    if (further % every !== 0 || this.#told++ >= MARKS_MAX) return;
    this.outbox.send({ kind: 'mark', id: this.id, mark, every, nowMicros, events, file: file.slice(0, LIMITS.titleLength), line });
  }

  #tell(): void {
    if (this.surroundings.clock() - this.#toldAt >= PROGRESS_EVERY_MS) this.#tellNow();
  }

  #tellNow(): void {
    this.#toldAt = this.surroundings.clock();
    const here = Math.min(1, (this.#run?.nowMicros ?? 0) / this.#duration);
    this.outbox.sendIfFree({
      kind: 'progress',
      id: this.id,
      fraction: Math.min(1, (this.#done + here) / Math.max(1, this.#tasks.length)),
      at: this.whereabouts,
    });
  }
}

/** A batch that fills about half a slice, given how long one took. */
function fitted(batch: number, tookMs: number, most: number): number {
  if (tookMs < SLICE_MS / 4) return Math.min(most, batch * 2);
  return tookMs > SLICE_MS / 2 ? Math.max(1, Math.ceil(batch / 2)) : batch;
}

function tasksOf(request: JobRequest): Task[] {
  switch (request.kind) {
    case 'run':
      return request.variants.map((variant) => ({ variant, seed: request.seed }));
    case 'range':
    case 'values':
    case 'locate':
      return [{ variant: request.variant, seed: request.seed }];
    case 'audit':
      return [];
    case 'seeds':
      return request.seeds.flatMap((seed) => request.variants.map((variant) => ({ variant, seed })));
  }
}

/** The columns' buffers, which move to the page instead of being copied. */
function buffersOf(lane: LaneResult): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const chunk of [...lane.chunks, ...lane.requests]) {
    for (const column of Object.values(chunk) as unknown[]) {
      if (ArrayBuffer.isView(column) && column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
    }
  }
  return [...buffers];
}

function describe(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : 'a value that is not an Error').slice(0, LIMITS.logLength);
}
