/** How a run ends, as the page is told. */
import type { AuditReport } from '../model/audit';
import type { Problem } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { SeenValues } from '../model/seen-values';

export type RunReply = { readonly kind: 'finished'; readonly lanes: readonly LaneResult[] } | Unfinished;
export type SeedsReply = { readonly kind: 'finished' } | Unfinished;

export type AuditReply = { readonly kind: 'finished'; readonly report: AuditReport } | Unfinished;

export type ValuesReply = { readonly kind: 'finished'; readonly values: SeenValues } | Unfinished;

export type Unfinished =
  /** The scenario or its code is wrong; nothing ran. */
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  /** The run had to be ended from outside, and the problem says why. */
  | { readonly kind: 'stopped'; readonly problem: Problem }
  /** A newer job, or `cancel()`, took its place. */
  | { readonly kind: 'cancelled' };
