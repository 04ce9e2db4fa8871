/** A policy of a scenario after reading: what a caller or a service does about failure and overload. All durations in µs. */
import type { Micros } from '../time';

/** `call`: a caller names it for its calls. `serve`: a service names it for what arrives. */
export type PolicySide = 'call' | 'serve';

/** The sides on which each kind can stand. */
export const POLICY_SIDES = {
  timeout: ['call'],
  retry: ['call'],
  breaker: ['call'],
  bulkhead: ['call'],
  'rate-limit': ['call'],
} as const satisfies Record<string, readonly PolicySide[]>;

export type PolicyKind = keyof typeof POLICY_SIDES;

export type Policy = TimeoutPolicy | RetryPolicy | BreakerPolicy | BulkheadPolicy | RateLimitPolicy;

/** How long a caller waits for one attempt. */
export interface TimeoutPolicy {
  readonly kind: 'timeout';
  readonly afterMicros: Micros;
}

export const BACKOFFS = ['none', 'fixed', 'exponential', 'full-jitter', 'equal-jitter', 'decorrelated-jitter'] as const;
export type Backoff = (typeof BACKOFFS)[number];

export interface RetryPolicy {
  readonly kind: 'retry';
  /** The first one included. */
  readonly attempts: number;
  readonly backoff: Backoff;
  readonly baseMicros: Micros;
  /** No pause is longer. */
  readonly maxMicros: Micros;
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
}

/** At most so many calls at once. */
export interface BulkheadPolicy {
  readonly kind: 'bulkhead';
  readonly limit: number;
}

/** A token bucket: `perSecond` tokens flow in, `burst` fit in, each call takes one. */
export interface RateLimitPolicy {
  readonly kind: 'rate-limit';
  readonly perSecond: number;
  readonly burst: number;
}
