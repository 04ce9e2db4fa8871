/**
 * The sandbox as the page sees it: give it a scenario file, get results or a problem, always. It keeps one job at a time; a newer
 * one cancels the older. A worker that falls silent, breaks the protocol or will not stop is replaced together with its frame.
 */
import type { AuditProgress } from '../model/audit';
import { problem } from '../model/problem';
import type { RunSummary } from '../model/summary';
import type { Micros } from '../model/time';
import type { JsonRecord } from '../model/variant';
import { Chain } from './chain';
import { ClientJob } from './client-job';
import { Inbox } from './inbox';
import {
  ANSWER_WITHIN_MS,
  MARKS_MAX,
  PING_EVERY_MS,
  REHEARSE_AFTER_MS,
  START_WITHIN_MS,
  type AuditRequest,
  type Reply,
  type Request,
  type ValuesRequest,
} from './protocol';
import type { AuditReply, RunReply, SeedsReply, ValuesReply } from './run-reply';
import { Watchdog } from './watchdog';

/** The browser does not start the sandbox; the problem says so to the reader. */
class SandboxUnavailable extends Error {
  readonly problem = problem('', 'problem.sandboxUnavailable');
}

export class SandboxClient {
  readonly #chain: Chain;
  readonly #watchdog = new Watchdog();
  #started: Promise<void> | undefined;
  #port: MessagePort | undefined;
  #inbox: Inbox | undefined;
  #job: ClientJob | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;
  /** A cancelled job whose end the worker has not confirmed, and the timer after which it is replaced for that. */
  #ending: { readonly id: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  #lastId = 0;
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** The last job before the newest rehearsal: one between two jobs is enough, and nothing that it breaks can go on for ever. */
  #rehearsedAfter: number | undefined;

  /** The frames are appended to `parent`, hidden. */
  constructor(parent: HTMLElement) {
    this.#chain = new Chain(parent);
  }

  /** Starts the sandbox ahead of the first run. Rejects with SandboxUnavailable; a later run tries again. */
  start(): Promise<void> {
    this.#started ??= this.#spawn().catch((error: unknown) => {
      this.#started = undefined;
      throw error;
    });
    return this.#started;
  }

  /** Runs every variant (null is the scenario itself) on one seed. `onProgress` gets a share from 0 to 1. Never rejects. */
  async run(
    request: { readonly file: unknown; readonly variants: readonly (string | null)[]; readonly seed: number },
    onProgress?: (fraction: number) => void,
  ): Promise<RunReply> {
    const file = plainJson(request.file);
    const job = new ClientJob({ kind: 'run', id: ++this.#lastId, ...request, file }, { ...(onProgress && { onProgress }) });
    return this.#begin(job);
  }

  /** Runs every variant on every seed; `onSummary` is called once for each, as they end. Never rejects. */
  async seeds(
    request: { readonly file: unknown; readonly variants: readonly (string | null)[]; readonly seeds: readonly number[] },
    onSummary: (variant: string | null, seed: number, summary: RunSummary) => void,
    onProgress?: (fraction: number) => void,
  ): Promise<SeedsReply> {
    const file = plainJson(request.file);
    const job = new ClientJob({ kind: 'seeds', id: ++this.#lastId, ...request, file }, { onSummary, ...(onProgress && { onProgress }) });
    const result = await this.#begin(job);
    return result.kind === 'finished' ? { kind: 'finished' } : result;
  }

  /**
   * Executes a run again up to `untilMicros`, for a part of its trace that is not kept any more: the lane ends about there, with
   * as much of the trace before it as is kept. Never rejects.
   */
  async range(
    request: { readonly file: unknown; readonly variant: string | null; readonly seed: number; readonly untilMicros: Micros },
    onProgress?: (fraction: number) => void,
  ): Promise<RunReply> {
    const file = plainJson(request.file);
    const job = new ClientJob({ kind: 'range', id: ++this.#lastId, ...request, file }, { ...(onProgress && { onProgress }) });
    return this.#begin(job);
  }

  /** Audits a variant; `onStep` is called as the audits get on. Never rejects. */
  async audit(request: Omit<AuditRequest, 'kind' | 'id'>, onStep: (step: AuditProgress) => void): Promise<AuditReply> {
    const file = plainJson(request.file) as JsonRecord;
    const job = new ClientJob({ kind: 'audit', id: ++this.#lastId, ...request, file }, { onStep });
    const result = await this.#begin(job);
    return result.kind === 'finished' ? { kind: 'finished', report: job.report! } : result;
  }

  /** Executes a run again to see what its variables held at an instant. Never rejects. */
  async values(request: Omit<ValuesRequest, 'kind' | 'id'>): Promise<ValuesReply> {
    const job = new ClientJob({ kind: 'values', id: ++this.#lastId, ...request, file: plainJson(request.file) });
    const result = await this.#begin(job);
    return result.kind === 'finished' ? { kind: 'finished', values: job.values! } : result;
  }

  /** Ends the running job, whose promise resolves at once. */
  cancel(): void {
    const job = this.#job;
    if (!job) return;
    this.#settle({ kind: 'cancelled' });
    if (!job.posted) return;
    this.#post({ kind: 'cancel', id: job.request.id });
    clearTimeout(this.#ending?.timer);
    this.#ending = { id: job.request.id, timer: setTimeout(() => this.#replace(), ANSWER_WITHIN_MS / 2) };
  }

  /** Removes the frames and ends the worker. The client can be started again. */
  stop(): void {
    this.cancel();
    clearTimeout(this.#resting);
    clearTimeout(this.#ending?.timer);
    this.#ending = undefined;
    this.#port?.close();
    this.#port = undefined;
    this.#started = undefined;
    this.#chain.remove();
  }

  #begin(job: ClientJob): Promise<RunReply> {
    this.cancel();
    this.#job = job;
    this.#postJob(job);
    return job.result;
  }

  #postJob(job: ClientJob): void {
    this.start().then(
      () => {
        if (this.#job !== job) return;
        job.posted = true;
        if (job.request.kind === 'locate') this.#inbox?.allow(MARKS_MAX);
        this.#post(job.request);
        this.#watchdog.start(performance.now());
        this.#ticker ??= setInterval(() => this.#look(), PING_EVERY_MS);
      },
      () => {
        if (this.#job === job) this.#settle({ kind: 'stopped', problem: problem('', 'problem.sandboxUnavailable') });
      },
    );
  }

  #look(): void {
    const job = this.#job;
    if (!job?.posted) return;
    if (!this.#watchdog.isSilent(performance.now())) {
      this.#post({ kind: 'ping' });
    } else if (this.#ending) {
      this.#replace(); // It is the job before this one that hangs.
    } else {
      if (!job.looksCloser()) this.#settle({ kind: 'stopped', problem: job.silence(ANSWER_WITHIN_MS) });
      this.#replace(); // A job that looks closer goes on in the new worker.
    }
  }

  async #spawn(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => reject(new SandboxUnavailable()), START_WITHIN_MS);
        let ready = false;
        const onFailure = () => {
          if (ready) this.#broken('the worker ended by itself');
          else reject(new SandboxUnavailable());
        };
        const onReady = () => {
          ready = true;
          resolve();
        };
        this.#chain.spawn(onFailure).then((port) => this.#listen(port, onReady), onFailure);
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #listen(port: MessagePort, onReady: () => void): void {
    const inbox = new Inbox((messages) => port.postMessage({ kind: 'credit', messages } satisfies Request));
    this.#port = port;
    this.#inbox = inbox;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#port !== port) return;
      const received = inbox.receive(data);
      if ('breach' in received) this.#broken(received.breach);
      else if (received.reply.kind === 'ready') {
        onReady();
        this.#rest();
      } else this.#hear(received.reply);
    };
  }

  /** A new worker that gets nothing to do (a visit that waits for Run, one in the place of another) warms up. */
  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      if (this.#job || this.#rehearsedAfter === this.#lastId) return;
      this.#rehearsedAfter = this.#lastId;
      this.#post({ kind: 'rehearse' });
    }, REHEARSE_AFTER_MS);
  }

  #hear(reply: Reply): void {
    const phase = 'at' in reply ? reply.at.phase : undefined;
    // Statements of a handler that does not come to an end are no sign of life.
    if (reply.kind !== 'mark') this.#watchdog.heard(performance.now(), phase);
    if (!('id' in reply)) {
      if ('at' in reply) this.#job?.locate(reply.at);
      return;
    }
    if (reply.id === this.#ending?.id && ENDS.has(reply.kind)) {
      clearTimeout(this.#ending.timer);
      this.#ending = undefined;
    }
    if (reply.id !== this.#job?.request.id) return;
    const outcome = this.#job.take(reply);
    if (typeof outcome === 'string') this.#broken(outcome);
    else if (outcome) this.#settle(outcome);
  }

  #broken(reason: string): void {
    this.#settle({ kind: 'stopped', problem: problem('', 'problem.sandboxBroken', { reason }) });
    this.#replace();
  }

  /** A new frame and worker in the place of the old ones. A job that waits behind the old one is given to the new one. */
  #replace(): void {
    clearTimeout(this.#ending?.timer);
    this.#ending = undefined;
    this.#port?.close();
    this.#port = undefined;
    this.#started = undefined;
    if (this.#job) this.#postJob(this.#job);
    else this.start().catch(() => undefined); // The next run tries again, and reports it.
  }

  #settle(result: RunReply): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    const job = this.#job;
    this.#job = undefined;
    job?.end(result);
  }

  #post(request: Request): void {
    this.#port?.postMessage(request);
  }
}

const ENDS = new Set<Reply['kind']>(['finished', 'cancelled', 'problems', 'failed']);

/** The file as plain data: what the page holds may be a reactive proxy, which cannot cross to another thread. */
function plainJson(file: unknown): unknown {
  return JSON.parse(JSON.stringify(file) ?? 'null');
}
