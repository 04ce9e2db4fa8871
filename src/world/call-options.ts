/** Reads the options object of `ctx.call` and `ctx.send`; what is wrong with it is thrown at the handler, in its own words. */
import { LIMITS } from '../model/limits';
import { BACKOFFS, type Backoff } from '../model/policies/policy';
import { RETRY_DEFAULTS } from '../model/policies/policy-file';
import { isStatus, STATUSES, type Status } from '../model/status-codes';
import type { Micros } from '../model/time';
import type { CallOptions } from './call';
import type { Envelope } from './envelope';
import type { KnownDelays } from './known-delays';
import { optionsOf } from './options-of';
import type { Way } from './way';
import { NO_GUARDS, type CallPolicies, type Hedge } from './policies/call-policies';

/** What may be written: a slip in a name would otherwise leave a call without its timeout. */
const CALL = ['timeout', 'retry', 'key', 'deadline', 'hedge', 'policies'];
const RETRY = ['attempts', 'backoff', 'base', 'max', 'on'];
const HEDGE = ['after', 'attempts'];
const SEND = ['replyTo', 'priority', 'ttl', 'delay', 'confirm'];
const PUBLISH = ['key', 'partition'];

/**
 * The options of a call: those of the policies that it names, else the caller's `defaults`, with what it says itself instead.
 * @param delays those that the calling component has handed over before
 */
export function readCallOptions(
  options: unknown,
  delays: KnownDelays,
  defaults: CallOptions,
  way: Way,
  policies: CallPolicies,
): CallOptions {
  const given = optionsOf(options, 'the options of ctx.call', CALL);
  const base = given['policies'] === undefined ? defaults : policies.optionsFor(way, namesIn(given['policies']));
  const retry = given['retry'] === undefined ? undefined : optionsOf(given['retry'], 'the options of retry', RETRY);
  const { deadline, hedge } = given;
  let { guards } = base;
  if (deadline !== undefined) guards = { ...(guards ?? NO_GUARDS), deadlineMicros: constant(delays, deadline, 'deadline') };
  if (hedge !== undefined)
    guards = { ...(guards ?? NO_GUARDS), hedge: readHedge(optionsOf(hedge, 'the options of hedge', HEDGE), delays, way, policies) };
  if (retry?.['on'] !== undefined) guards = { ...(guards ?? NO_GUARDS), retryOn: statusesIn(retry['on']) };
  if (guards?.hedge && (retry ? retry['attempts'] : base.attempts) !== 1) throw new RangeError('a call is tried again or hedged, not both');
  return {
    timeoutMicros: given['timeout'] === undefined ? base.timeoutMicros : constant(delays, given['timeout'], 'timeout'),
    attempts: retry ? attemptsOf(retry['attempts'] ?? 1, 'retry.attempts') : base.attempts,
    backoff: retry ? backoffOf(retry['backoff'] ?? 'none') : base.backoff,
    baseMicros: retry ? pauseOf(delays, retry['base'], 'retry.base', RETRY_DEFAULTS.baseMicros) : base.baseMicros,
    maxMicros: retry ? pauseOf(delays, retry['max'], 'retry.max', RETRY_DEFAULTS.maxMicros) : base.maxMicros,
    multiplier: retry ? 2 : base.multiplier,
    key: readKey(given['key']),
    guards,
  };
}

function readHedge(hedge: Record<string, unknown>, delays: KnownDelays, way: Way, policies: CallPolicies): Hedge {
  const attempts = attemptsOf(hedge['attempts'] ?? 2, 'hedge.attempts');
  return policies.hedge(way, 'hedge', constant(delays, hedge['after'], 'hedge.after'), attempts);
}

function statusesIn(value: unknown): ReadonlySet<Status> {
  if (!Array.isArray(value) || !value.every(isStatus)) throw new RangeError(`retry.on must be a list of some of ${STATUSES.join(', ')}`);
  return new Set(value);
}

function attemptsOf(attempts: unknown, name: string): number {
  if (typeof attempts === 'number' && Number.isInteger(attempts) && attempts >= 1 && attempts <= LIMITS.attempts) return attempts;
  throw new RangeError(`${name} must be a whole number from 1 to ${LIMITS.attempts}`);
}

function backoffOf(backoff: unknown): Backoff {
  if ((BACKOFFS as readonly unknown[]).includes(backoff)) return backoff as Backoff;
  throw new RangeError(`retry.backoff must be one of ${BACKOFFS.join(', ')}`);
}

function pauseOf(delays: KnownDelays, given: unknown, name: string, otherwise: Micros): Micros {
  return given === undefined ? otherwise : constant(delays, given, name);
}

export interface SendOptions {
  readonly replyTo: string | undefined;
  /** Undefined: as the queue has it. */
  readonly confirm: boolean | undefined;
  readonly envelope: Envelope | undefined;
}

export const PLAIN_SEND: SendOptions = { replyTo: undefined, confirm: undefined, envelope: undefined };

export function readSendOptions(options: unknown, delays: KnownDelays): SendOptions {
  const given = optionsOf(options, 'the options of ctx.send', SEND);
  const { replyTo, confirm, priority, ttl, delay } = given;
  if (replyTo !== undefined && typeof replyTo !== 'string') throw new TypeError('replyTo must be the name of a queue');
  if (confirm !== undefined && typeof confirm !== 'boolean') throw new TypeError('confirm must be true or false');
  if (priority === undefined && ttl === undefined && delay === undefined) return { replyTo, confirm, envelope: undefined };
  if (priority !== undefined && !isPriority(priority)) throw new RangeError(`priority must be a whole number from 0 to ${LIMITS.priority}`);
  return {
    replyTo,
    confirm,
    envelope: {
      priority: priority ?? 0,
      ttlMicros: ttl === undefined ? undefined : constant(delays, ttl, 'ttl'),
      delayMicros: delay === undefined ? undefined : constant(delays, delay, 'delay'),
      death: undefined,
    },
  };
}

/** The options of `ctx.fail`: when the caller shall try again; −1 for never. */
export function readPushBack(options: unknown, delays: KnownDelays): Micros | undefined {
  const { retryAfter } = optionsOf(options, 'the options of ctx.fail', ['retryAfter']);
  if (retryAfter === undefined) return undefined;
  return retryAfter === 'never' ? -1 : constant(delays, retryAfter, 'retryAfter');
}

/** The deadline in the options of `ctx.stream`. */
export function readStreamOptions(options: unknown, delays: KnownDelays): Micros | undefined {
  const { deadline } = optionsOf(options, 'the options of ctx.stream', ['deadline']);
  return deadline === undefined ? undefined : constant(delays, deadline, 'deadline');
}

/** The options of `ctx.nack`. */
export function readRequeue(options: unknown): boolean {
  const { requeue } = optionsOf(options, 'the options of ctx.nack', ['requeue']);
  if (requeue !== undefined && typeof requeue !== 'boolean') throw new TypeError('requeue must be true or false');
  return requeue ?? true;
}

function isPriority(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LIMITS.priority;
}

export interface PublishOptions {
  readonly key: string | undefined;
  /** Instead of what the key would give. */
  readonly partition: number | undefined;
}

export function readPublishOptions(options: unknown, partitions: number): PublishOptions {
  const { key, partition } = optionsOf(options ?? {}, 'the options of ctx.publish', PUBLISH);
  if (key !== undefined && typeof key !== 'string') throw new TypeError('key must be a text');
  if (partition !== undefined && !(isWhole(partition) && partition < partitions)) {
    throw new RangeError(`partition must be a whole number from 0 to ${partitions - 1}`);
  }
  return { key, partition };
}

/** A place in a partition, as `ctx.commit` and `ctx.seek` take it. */
export function readOffset(offset: unknown): number {
  if (isWhole(offset)) return offset;
  throw new RangeError('an offset is a whole number, 0 or more');
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function readKey(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError('key must be a text');
}

function namesIn(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length > LIMITS.policies || !value.every((name) => typeof name === 'string')) {
    throw new TypeError("policies must be a list of names, like ['breaker', 'retry']");
  }
  return value as readonly string[];
}

function constant(delays: KnownDelays, value: unknown, name: string): Micros {
  const { fixedMicros } = delays.read(value);
  if (fixedMicros === undefined) throw new TypeError(`${name} must be a fixed duration like '200ms'`);
  return fixedMicros;
}
