/**
 * The messages between the page and the sandbox worker, over one private MessagePort. The page trusts its own requests; what
 * comes back is read by check-reply.ts before anybody looks at it.
 */
import type { AuditName, AuditProgress, AuditReport } from '../model/audit';
import type { Problem } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { SeenValues } from '../model/seen-values';
import type { RunSummary } from '../model/summary';
import type { Micros } from '../model/time';
import type { JsonRecord } from '../model/variant';

/** Replies the worker may send before the page grants more. The page grants as it reads, so a flood cannot form. */
export const INITIAL_CREDIT = 64;
/** The page grants this many at once, after it has read as many. */
export const CREDIT_STEP = 32;
/** How often the page asks a busy worker whether it is still there, and how long the answer may take. */
export const PING_EVERY_MS = 100;
export const ANSWER_WITHIN_MS = 1_000;
/** Compiling and summing up run no code of the learner's, and may take longer on a slow machine. */
export const OWN_WORK_WITHIN_MS = 10_000;
/** The chain of frames and worker must be up within this time. */
export const START_WITHIN_MS = 10_000;
/** A worker that has had no job for so long after its start may rehearse. */
export const REHEARSE_AFTER_MS = 200;
/**
 * How a silent run is found out: executed again, it says where it is before each of so many statements, and then before every so-manieth.
 * A second time from there says all of those.
 */
export const MARKS_DENSE = 1_024;
export const MARKS_STRIDE = 512;
export const MARKS_MAX = 3_072;
/** A run is executed again for so long at most to look what its variables held: who points at one does not wait longer. */
export const VALUES_WITHIN_MS = 4_000;
/** Real time the worker runs before it looks at its messages. */
export const SLICE_MS = 8;

export type Request = JobRequest | CancelRequest | CreditRequest | PingRequest | RehearseRequest;
export type JobRequest = RunRequest | SeedsRequest | RangeRequest | AuditRequest | LocateRequest | ValuesRequest;

/** Runs each variant on one seed and keeps its trace. */
export interface RunRequest {
  readonly kind: 'run';
  readonly id: number;
  /** The scenario file as parsed JSON. */
  readonly file: unknown;
  readonly variants: readonly (string | null)[];
  readonly seed: number;
}

/** Runs every variant on every seed and keeps the summaries only. */
export interface SeedsRequest {
  readonly kind: 'seeds';
  readonly id: number;
  readonly file: unknown;
  readonly variants: readonly (string | null)[];
  readonly seeds: readonly number[];
}

/** Executes a run again up to an instant: the lane that comes back ends there, with the trace before it. */
export interface RangeRequest {
  readonly kind: 'range';
  readonly id: number;
  readonly file: unknown;
  readonly variant: string | null;
  readonly seed: number;
  readonly untilMicros: Micros;
}

/** Executes a run again up to an instant, and says what the variables of its handlers held. */
export interface ValuesRequest {
  readonly kind: 'values';
  readonly id: number;
  readonly file: unknown;
  readonly variant: string | null;
  readonly seed: number;
  /** What happens at this very instant counts. */
  readonly untilMicros: Micros;
  /** The client's request whose own values are wanted too; 0 for none. */
  readonly request: number;
}

/** Audits one variant of a scenario: many runs, of which only what they show comes back. */
export interface AuditRequest {
  readonly kind: 'audit';
  readonly id: number;
  readonly file: JsonRecord;
  readonly variant: string | null;
  readonly seeds: readonly [number, ...number[]];
  readonly audits: readonly AuditName[];
}

/** Executes a run again that fell silent, to hear in which statement. Nothing but marks comes back, and `finished` if it ends this time. */
export interface LocateRequest {
  readonly kind: 'locate';
  readonly id: number;
  readonly file: unknown;
  readonly variant: string | null;
  readonly seed: number;
  /** Nothing is said before so many events, nor before so many statements. */
  readonly fromEvents: number;
  readonly fromMark: number;
}

export interface CancelRequest {
  readonly kind: 'cancel';
  readonly id: number;
}

export interface CreditRequest {
  readonly kind: 'credit';
  readonly messages: number;
}

export interface PingRequest {
  readonly kind: 'ping';
}

/** Runs what nobody sees, so that the first job finds everything compiled; a job ends it at once. */
export interface RehearseRequest {
  readonly kind: 'rehearse';
}

/** What the worker is at: only `running` executes the learner's code. */
export type Phase = 'idle' | 'preparing' | 'running' | 'summing-up';

/** Where a run stands, for the progress bar and for the sentence about a run that had to be stopped. */
export interface Whereabouts {
  readonly phase: Phase;
  readonly variant: string | null;
  readonly nowMicros: Micros;
  readonly events: number;
  /** The component and handler that ran last, in the reader's own names. */
  readonly position: string;
}

/** A statement of a handler that is about to run. */
export interface Mark {
  /** How many have run before it. */
  readonly mark: number;
  /** The next one told of is so many further on. */
  readonly every: number;
  readonly nowMicros: Micros;
  readonly events: number;
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export type ReplyBody =
  | { readonly kind: 'ready' }
  | { readonly kind: 'pong'; readonly at: Whereabouts }
  | { readonly kind: 'progress'; readonly id: number; readonly fraction: number; readonly at: Whereabouts }
  | ({ readonly kind: 'mark'; readonly id: number } & Mark)
  | { readonly kind: 'lane'; readonly id: number; readonly lane: LaneResult }
  | { readonly kind: 'summary'; readonly id: number; readonly seed: number; readonly summary: RunSummary }
  /** A step of an audit is done. */
  | { readonly kind: 'step'; readonly id: number; readonly step: AuditProgress }
  | { readonly kind: 'report'; readonly id: number; readonly report: AuditReport }
  | { readonly kind: 'values'; readonly id: number; readonly values: SeenValues }
  | { readonly kind: 'problems'; readonly id: number; readonly problems: readonly Problem[] }
  /** The simulator itself threw: our bug, never the learner's. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'cancelled'; readonly id: number }
  | { readonly kind: 'finished'; readonly id: number };

/** `sequence` counts every reply of a worker from 1, without a gap. */
export type Reply = ReplyBody & { readonly sequence: number };

export const IDLE: Whereabouts = { phase: 'idle', variant: null, nowMicros: 0, events: 0, position: '' };
