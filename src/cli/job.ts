/** What the command line asks of a simulation thread, and what comes back. */
import type { AuditRequest } from '../assess/audit/run-audits';
import type { Checkable, CheckReport } from '../assess/check-lesson';
import type { AuditProgress, AuditReport } from '../model/audit';
import type { Result } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { Engine } from '../world/driver';

export interface RunJob {
  readonly file: unknown;
  readonly variant: string | null;
  readonly seed: number | undefined;
  readonly engine: Engine;
  readonly maxEvents: number | undefined;
  readonly keepTrace: boolean;
}

export type Job =
  | { readonly kind: 'run'; readonly run: RunJob }
  | { readonly kind: 'check'; readonly lesson: Checkable; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: 'audit'; readonly request: AuditRequest };

export type JobReply =
  | { readonly kind: 'run'; readonly result: Result<LaneResult> }
  | { readonly kind: 'check'; readonly report: CheckReport }
  | { readonly kind: 'audit'; readonly result: Result<AuditReport> };

/** Comes any number of times before the reply. */
export interface JobProgress {
  readonly kind: 'progress';
  readonly progress: AuditProgress;
}
