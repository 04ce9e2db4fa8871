/** Reads the options object of `ctx.call` and `ctx.send`; what is wrong with it is thrown at the handler, in its own words. */
import { LIMITS } from '../model/limits';
import type { Micros } from '../model/time';
import type { CallOptions } from './call';
import type { Envelope } from './envelope';
import type { KnownDelays } from './known-delays';

const BACKOFFS = ['none', 'fixed', 'exponential', 'full-jitter'] as const;
const BASE_MICROS: Micros = 100_000;
const MAX_ATTEMPTS = 1_000;
const NO_RETRY: Record<string, unknown> = {};

/** @param delays those that the calling component has handed over before */
export function readCallOptions(options: unknown, delays: KnownDelays): CallOptions {
  const given = record(options, 'the options of ctx.call');
  const retry = given['retry'] === undefined ? NO_RETRY : record(given['retry'], 'retry');
  const attempts = retry['attempts'] ?? 1;
  if (typeof attempts !== 'number' || !Number.isInteger(attempts) || attempts < 1 || attempts > MAX_ATTEMPTS) {
    throw new RangeError(`retry.attempts must be a whole number from 1 to ${MAX_ATTEMPTS}`);
  }
  const backoff = retry['backoff'] ?? 'none';
  if (!isBackoff(backoff)) throw new RangeError(`retry.backoff must be one of ${BACKOFFS.join(', ')}`);
  return {
    timeoutMicros: given['timeout'] === undefined ? undefined : constant(delays, given['timeout'], 'timeout'),
    attempts,
    backoff,
    baseMicros: retry['base'] === undefined ? BASE_MICROS : constant(delays, retry['base'], 'retry.base'),
    key: key(given['key']),
  };
}

export interface SendOptions {
  readonly replyTo: string | undefined;
  /** Undefined: as the queue has it. */
  readonly confirm: boolean | undefined;
  readonly envelope: Envelope | undefined;
}

export const PLAIN_SEND: SendOptions = { replyTo: undefined, confirm: undefined, envelope: undefined };

export function readSendOptions(options: unknown, delays: KnownDelays): SendOptions {
  const given = record(options, 'the options of ctx.send');
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

/** The options of `ctx.nack`. */
export function readRequeue(options: unknown): boolean {
  const { requeue } = record(options, 'the options of ctx.nack');
  if (requeue !== undefined && typeof requeue !== 'boolean') throw new TypeError('requeue must be true or false');
  return requeue ?? true;
}

function isPriority(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LIMITS.priority;
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} must be an object`);
  return value as Record<string, unknown>;
}

function key(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError('key must be a text');
}

function isBackoff(value: unknown): value is CallOptions['backoff'] {
  return value === 'none' || (BACKOFFS as readonly unknown[]).includes(value);
}

function constant(delays: KnownDelays, value: unknown, name: string): Micros {
  const { fixedMicros } = delays.read(value);
  if (fixedMicros === undefined) throw new TypeError(`${name} must be a fixed duration like '200ms'`);
  return fixedMicros;
}
