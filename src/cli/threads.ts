/** Spreads jobs over as many threads as there are cores. Each thread works on one job at a time. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AuditRequest } from '../assess/audit/run-audits';
import type { Checkable, CheckReport } from '../assess/check-lesson';
import type { AuditProgress, AuditReport } from '../model/audit';
import type { Result } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { Job, JobProgress, JobReply, RunJob } from './job';

interface Waiting {
  readonly job: Job;
  readonly onProgress: (progress: AuditProgress) => void;
  readonly resolve: (reply: JobReply) => void;
  readonly reject: (error: Error) => void;
}

export class Threads {
  private readonly idle: Worker[] = [];
  private readonly all: Worker[] = [];
  private readonly waiting: Waiting[] = [];

  /** @param jobs how many jobs will come at most: no more threads are started than that. */
  constructor(jobs: number) {
    const count = Math.max(1, Math.min(jobs, availableParallelism()));
    for (let index = 0; index < count; index++) {
      const worker = new Worker(new URL('./thread.js', import.meta.url));
      this.all.push(worker);
      this.idle.push(worker);
    }
  }

  async run(run: RunJob): Promise<Result<LaneResult>> {
    const reply = await this.ask({ kind: 'run', run });
    if (reply.kind !== 'run') throw new Error('a thread answered another question');
    return reply.result;
  }

  async check(lesson: Checkable, files: Readonly<Record<string, string>>): Promise<CheckReport> {
    const reply = await this.ask({ kind: 'check', lesson, files });
    if (reply.kind !== 'check') throw new Error('a thread answered another question');
    return reply.report;
  }

  async audit(request: AuditRequest, onProgress: (progress: AuditProgress) => void): Promise<Result<AuditReport>> {
    const reply = await this.ask({ kind: 'audit', request }, onProgress);
    if (reply.kind !== 'audit') throw new Error('a thread answered another question');
    return reply.result;
  }

  async close(): Promise<void> {
    await Promise.all(this.all.map((worker) => worker.terminate()));
  }

  private ask(job: Job, onProgress: Waiting['onProgress'] = () => undefined): Promise<JobReply> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, onProgress, resolve, reject });
      this.next();
    });
  }

  private next(): void {
    const worker = this.waiting.length > 0 ? this.idle.pop() : undefined;
    if (!worker) return;
    const { job, onProgress, resolve, reject } = this.waiting.shift()!;
    const onMessage = (reply: JobReply | JobProgress): void => {
      if (reply.kind === 'progress') onProgress(reply.progress);
      else settle(() => resolve(reply));
    };
    const onError = (error: Error) => settle(() => reject(error));
    // A thread that dies without a word, for want of memory say, must not be waited for.
    const onExit = (code: number) => reject(new Error(`a simulation thread ended with code ${code}`));
    const settle = (act: () => void) => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      this.idle.push(worker);
      act();
      this.next();
    };
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(job);
  }
}
