/** One job as the page keeps it: what was asked, what has come back so far, where the worker said it was. */
import type { AuditProgress, AuditReport } from '../model/audit';
import { problem, type CodeProblem, type Problem } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { SeenValues } from '../model/seen-values';
import type { RunSummary } from '../model/summary';
import {
  ANSWER_WITHIN_MS,
  IDLE,
  MARKS_MAX,
  type JobRequest,
  type LocateRequest,
  type Mark,
  type RangeRequest,
  type Reply,
  type RunRequest,
  type Whereabouts,
} from './protocol';
import type { RunReply } from './run-reply';

export interface JobListener {
  readonly onProgress?: (fraction: number) => void;
  readonly onSummary?: (variant: string | null, seed: number, summary: RunSummary) => void;
  readonly onStep?: (step: AuditProgress) => void;
}

export class ClientJob {
  /** The worker has been asked; before that nothing has to be cancelled there. */
  posted = false;
  readonly result: Promise<RunReply>;
  /** Of an audit that has ended. */
  report: AuditReport | undefined;
  /** Of a look at variables that has ended. */
  values: SeenValues | undefined;
  readonly #lanes: LaneResult[] = [];
  #summaries = 0;
  #at: Whereabouts = IDLE;
  #locating: LocateRequest | undefined;
  #marks = 0;
  #mark: Mark | undefined;
  #resolve: (result: RunReply) => void = () => undefined;

  constructor(
    private readonly asked: JobRequest,
    private readonly listener: JobListener = {},
  ) {
    this.result = new Promise((resolve) => (this.#resolve = resolve));
  }

  /** What a worker is given to do. */
  get request(): JobRequest {
    return this.#locating ?? this.asked;
  }

  /**
   * The worker has fallen silent. True when the same shall be executed again, because that may tell the line; false when all is known
   * that will be.
   */
  looksCloser(): boolean {
    const { asked } = this;
    if (asked.kind !== 'run' && asked.kind !== 'range') return false;
    const { id, file, seed } = asked;
    if (!this.#locating) {
      const { variant, events } = this.#at === IDLE ? { variant: firstOf(asked), events: 0 } : this.#at;
      this.#locating = { kind: 'locate', id, file, variant, seed, fromEvents: events, fromMark: 0 };
    } else if (this.#mark && this.#mark.every > 1 && this.#marks < MARKS_MAX) {
      this.#locating = { ...this.#locating, fromMark: this.#mark.mark };
    } else return false;
    this.posted = false;
    this.#marks = 0;
    this.#mark = undefined;
    return true;
  }

  end(result: RunReply): void {
    this.#resolve(result);
  }

  locate(at: Whereabouts): void {
    this.#at = at;
  }

  /** Takes a reply to this job. Gives the result when it ends the job, and a line when it cannot be an answer to what was asked. */
  take(reply: Extract<Reply, { id: number }>): RunReply | string | undefined {
    switch (reply.kind) {
      case 'mark':
        return this.#takeMark(reply);
      case 'progress':
        this.#at = reply.at;
        if (!this.#locating) this.listener.onProgress?.(reply.fraction);
        return undefined;
      case 'lane':
        return this.#takeLane(reply.lane);
      case 'summary':
        return this.#takeSummary(reply.seed, reply.summary);
      case 'step':
        if (this.request.kind !== 'audit') return 'a step of no audit';
        this.listener.onStep?.(reply.step);
        return undefined;
      case 'report':
        if (this.request.kind !== 'audit' || this.report) return 'a report that was not asked for';
        this.report = reply.report;
        return undefined;
      case 'values':
        if (this.request.kind !== 'values' || this.values) return 'values that were not asked for';
        this.values = reply.values;
        return undefined;
      case 'problems':
        return { kind: 'problems', problems: reply.problems };
      case 'failed':
        return { kind: 'stopped', problem: problem('', 'problem.simulatorFailed', { message: reply.message }) };
      case 'cancelled':
        return { kind: 'cancelled' };
      case 'finished':
        if (this.#locating) return this.#endedThisTime();
        return this.#isComplete() ? { kind: 'finished', lanes: this.#lanes } : 'finished before everything was there';
    }
  }

  /** The problem of a worker that says nothing any more: what ran, as far as is known. */
  silence(afterMs: number): Problem {
    if (this.#mark?.every === 1) {
      const { nowMicros, events, file, line } = this.#mark;
      const params = { ms: afterMs, time: nowMicros / 1e6, events, file, line };
      const found: CodeProblem = { path: `files.${file}`, key: 'problem.sandboxSilentAt', params, file, line, column: 1 };
      return found;
    }
    const { position, nowMicros, events } = this.#at;
    const params = { ms: afterMs, time: nowMicros / 1e6, events };
    if (position === '') return problem('', 'problem.sandboxSilent', params);
    return problem(`files.${position}`, 'problem.sandboxSilentIn', { ...params, file: position });
  }

  /** It was not the code: the machine was busy, or the tab asleep. No line is to blame. */
  #endedThisTime(): RunReply {
    this.#mark = undefined;
    return { kind: 'stopped', problem: this.silence(ANSWER_WITHIN_MS) };
  }

  #takeMark(mark: Mark): string | undefined {
    if (!this.#locating) return 'a statement that was not asked for';
    this.#marks++;
    this.#mark = mark;
    return undefined;
  }

  #takeLane(lane: LaneResult): string | undefined {
    const { asked: request } = this;
    const expected = request.kind === 'run' ? request.variants[this.#lanes.length] : request.kind === 'range' ? request.variant : undefined;
    if (expected === undefined || lane.variant !== expected) return 'a lane that was not asked for';
    this.#lanes.push(lane);
    return undefined;
  }

  #takeSummary(seed: number, summary: RunSummary): string | undefined {
    const { asked: request } = this;
    if (request.kind !== 'seeds') return 'a summary that was not asked for';
    const perSeed = request.variants.length;
    const expectedSeed = request.seeds[Math.floor(this.#summaries / perSeed)];
    const expectedVariant = request.variants[this.#summaries % perSeed];
    if (seed !== expectedSeed || summary.variant !== expectedVariant) return 'a summary that was not asked for';
    this.#summaries++;
    this.listener.onSummary?.(summary.variant, seed, summary);
    return undefined;
  }

  #isComplete(): boolean {
    const { asked: request } = this;
    if (request.kind === 'audit') return this.report !== undefined;
    if (request.kind === 'values') return this.values !== undefined;
    if (request.kind === 'seeds') return this.#summaries === request.variants.length * request.seeds.length;
    return this.#lanes.length === (request.kind === 'run' ? request.variants.length : 1);
  }
}

function firstOf(request: RunRequest | RangeRequest): string | null {
  return request.kind === 'range' ? request.variant : (request.variants[0] ?? null);
}
