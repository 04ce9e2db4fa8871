/** A policy of a scenario after reading: what a caller or a service does about failure and overload. All durations in µs. */
import type { Status } from '../status-codes';
import type { EditedMachine } from './machine-file';
import type { Micros } from '../time';

/** `call`: a caller names it for its calls. `serve`: a service names it for what arrives. */
export type PolicySide = 'call' | 'serve';

/** The sides on which each kind can stand. */
export const POLICY_SIDES = {
  timeout: ['call'],
  deadline: ['call'],
  retry: ['call'],
  hedge: ['call'],
  breaker: ['call'],
  bulkhead: ['call', 'serve'],
  'rate-limit': ['call', 'serve'],
  shedding: ['serve'],
  'idempotency-key': ['serve'],
  'service-config': ['call'],
} as const satisfies Record<string, readonly PolicySide[]>;

export type PolicyKind = keyof typeof POLICY_SIDES;

export function standsOn(kind: PolicyKind, side: PolicySide): boolean {
  return (POLICY_SIDES[kind] as readonly PolicySide[]).includes(side);
}

export type Policy =
  | TimeoutPolicy
  | DeadlinePolicy
  | RetryPolicy
  | HedgePolicy
  | BreakerPolicy
  | BulkheadPolicy
  | RateLimitPolicy
  | SheddingPolicy
  | IdempotencyPolicy
  | ServiceConfig;

/** How long a caller waits for one attempt. */
export interface TimeoutPolicy {
  readonly kind: 'timeout';
  readonly afterMicros: Micros;
}

/** How long a call may take in all, its retries included. It travels: whatever the service calls for it must end by then too. */
export interface DeadlinePolicy {
  readonly kind: 'deadline';
  readonly afterMicros: Micros;
}

/** Another attempt after each `afterMicros` without an answer; the first answer wins, the others are called off. */
export interface HedgePolicy {
  readonly kind: 'hedge';
  readonly afterMicros: Micros;
  /** The first one included. */
  readonly attempts: number;
  /** Failures after which the others may still win; undefined: any. */
  readonly nonFatal: readonly Status[] | undefined;
}

export const BACKOFFS = ['none', 'fixed', 'exponential', 'full-jitter', 'equal-jitter', 'decorrelated-jitter', 'grpc'] as const;
export type Backoff = (typeof BACKOFFS)[number];

export interface RetryPolicy {
  readonly kind: 'retry';
  /** The first one included. */
  readonly attempts: number;
  readonly backoff: Backoff;
  readonly baseMicros: Micros;
  /** No pause is longer. */
  readonly maxMicros: Micros;
  /** What the pause grows by with each attempt. */
  readonly multiplier: number;
  /** Failures that are tried again; undefined: any. */
  readonly on: readonly Status[] | undefined;
  readonly budget: RetryBudget | undefined;
}

/** Calls pay in, retries take out: over many calls the attempts are at most 1 + `ratio` times the calls. */
export interface RetryBudget {
  /** Retries that each call pays for, to the thousandth. */
  readonly ratio: number;
  /** The most retries that can be saved up; the budget starts with as many. */
  readonly burst: number;
}

export interface BreakerPolicy {
  readonly kind: 'breaker';
  /** Share of failures in the window, from 0 to 1, at which the breaker opens. */
  readonly failureRate: number;
  /** The calls that are looked at: the latest so many, or those that ended in the latest so many µs. */
  readonly window: { readonly calls: number } | { readonly micros: Micros };
  /** With fewer calls in the window the breaker stays closed. */
  readonly minCalls: number;
  readonly openMicros: Micros;
  /** Calls let through half-open; when all of them succeed, the breaker closes. */
  readonly probes: number;
  /** Other states than those of the kind; undefined: the kind's own. */
  readonly machine: EditedMachine | undefined;
}

/** At most so many calls at once. */
export interface BulkheadPolicy {
  readonly kind: 'bulkhead';
  /** At a service, what those are told whom it refuses: try again after so long; −1: do not try again. */
  readonly pushBackMicros: Micros | undefined;
  readonly limit: number;
  /** Other states than those of the kind; undefined: the kind's own. */
  readonly machine: EditedMachine | undefined;
}

/** A token bucket: `perSecond` tokens flow in, `burst` fit in, each call takes one. */
export interface RateLimitPolicy {
  readonly kind: 'rate-limit';
  /** At a service, what those are told whom it refuses: try again after so long; −1: do not try again. */
  readonly pushBackMicros: Micros | undefined;
  readonly perSecond: number;
  readonly burst: number;
  /** Other states than those of the kind; undefined: the kind's own. */
  readonly machine: EditedMachine | undefined;
}

/** At most so many requests in a service, waiting or in service; the others are refused at once. */
export interface SheddingPolicy {
  readonly kind: 'shedding';
  /** At a service, what those are told whom it refuses: try again after so long; −1: do not try again. */
  readonly pushBackMicros: Micros | undefined;
  readonly limit: number;
  /** With a target the limit adapts: it falls by `backoff` when a request was in for longer, and else grows while it is used. */
  readonly targetMicros: Micros | undefined;
  readonly least: number;
  readonly most: number;
  readonly backoff: number;
}

/** What comes with the key of an earlier request is not handled again: it gets the earlier answer. */
export interface IdempotencyPolicy {
  readonly kind: 'idempotency-key';
  /** Where the key stands in the body: names of fields, from the outside. */
  readonly path: readonly string[];
  /** What has no key is refused; else it is handled, whatever came before. */
  readonly required: boolean;
  /** How long an answer is remembered. */
  readonly ttlMicros: Micros;
  /** A duplicate of a request under way waits for its answer, or is refused (ABORTED, HTTP's 409). */
  readonly inFlight: 'wait' | 'conflict';
  /** Answers outlive a crash of the service. */
  readonly durable: boolean;
}

/** gRPC's service config (github.com/grpc/grpc, doc/service_config.md; gRFC A6), resolved. */
export interface ServiceConfig {
  readonly kind: 'service-config';
  readonly methods: readonly MethodConfig[];
  readonly throttling: RetryThrottling | undefined;
}

export interface MethodConfig {
  /** The services it is for; the empty name is for all that have no config of their own. */
  readonly services: readonly string[];
  readonly deadlineMicros: Micros | undefined;
  readonly retry: Omit<RetryPolicy, 'kind' | 'budget'> | undefined;
  readonly hedge: Omit<HedgePolicy, 'kind'> | undefined;
}

export interface RetryThrottling {
  readonly maxTokens: number;
  readonly tokenRatio: number;
}
