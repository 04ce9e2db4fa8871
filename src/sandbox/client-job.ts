/** One job as the page keeps it: what was asked, what has come back so far, where the worker said it was. */
import type { AuditProgress, AuditReport } from '../model/audit';
import { problem, type Problem } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { RunSummary } from '../model/summary';
import { IDLE, type JobRequest, type Reply, type Whereabouts } from './protocol';
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
  readonly #lanes: LaneResult[] = [];
  #summaries = 0;
  #at: Whereabouts = IDLE;
  #resolve: (result: RunReply) => void = () => undefined;

  constructor(
    readonly request: JobRequest,
    private readonly listener: JobListener = {},
  ) {
    this.result = new Promise((resolve) => (this.#resolve = resolve));
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
      case 'progress':
        this.#at = reply.at;
        this.listener.onProgress?.(reply.fraction);
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
      case 'problems':
        return { kind: 'problems', problems: reply.problems };
      case 'failed':
        return { kind: 'stopped', problem: problem('', 'problem.simulatorFailed', { message: reply.message }) };
      case 'cancelled':
        return { kind: 'cancelled' };
      case 'finished':
        return this.#isComplete() ? { kind: 'finished', lanes: this.#lanes } : 'finished before everything was there';
    }
  }

  /** The problem of a worker that says nothing any more: what ran, as far as is known. */
  silence(afterMs: number): Problem {
    const { position, nowMicros, events } = this.#at;
    const params = { ms: afterMs, time: nowMicros / 1e6, events };
    if (position === '') return problem('', 'problem.sandboxSilent', params);
    return problem(`files.${position}`, 'problem.sandboxSilentIn', { ...params, file: position });
  }

  #takeLane(lane: LaneResult): string | undefined {
    const { request } = this;
    const expected = request.kind === 'run' ? request.variants[this.#lanes.length] : request.kind === 'range' ? request.variant : undefined;
    if (expected === undefined || lane.variant !== expected) return 'a lane that was not asked for';
    this.#lanes.push(lane);
    return undefined;
  }

  #takeSummary(seed: number, summary: RunSummary): string | undefined {
    const { request } = this;
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
    const { request } = this;
    if (request.kind === 'audit') return this.report !== undefined;
    if (request.kind === 'seeds') return this.#summaries === request.variants.length * request.seeds.length;
    return this.#lanes.length === (request.kind === 'run' ? request.variants.length : 1);
  }
}
