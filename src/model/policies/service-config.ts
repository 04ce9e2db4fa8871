/**
 * gRPC's service config as a policy, with its own field names and rules: github.com/grpc/grpc, doc/service_config.md, and gRFC A6. A method's
 * name is a service of the scenario; `{}` is every service. Durations are proto3 JSON ("0.1s"), which are durations here too.
 */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { readDuration } from '../resolve';
import { duration, list, number, object, says, text, wholeNumber } from '../schema-parts';
import { STATUSES } from '../status-codes';
import type { ServiceConfig } from './policy';

/** "Values greater than 5 are treated as 5." */
const MOST_ATTEMPTS = 5;

export const statuses = list(v.picklist(STATUSES, says('problem.choice', { choices: STATUSES.join(', ') })), STATUSES.length);
const someStatuses = v.pipe(statuses, v.minLength(1, says('problem.statusCodes')));
const positive = duration(LIMITS.delayMicros, 1);

const retryPolicy = object({
  maxAttempts: wholeNumber(2, LIMITS.attempts),
  initialBackoff: positive,
  maxBackoff: positive,
  backoffMultiplier: number(0.001, 1_000),
  retryableStatusCodes: someStatuses,
});

const hedgingPolicy = object({
  maxAttempts: wholeNumber(2, LIMITS.attempts),
  hedgingDelay: v.optional(duration(LIMITS.delayMicros)),
  nonFatalStatusCodes: v.optional(statuses),
});

const methodConfig = v.pipe(
  object({
    name: v.pipe(
      list(object({ service: v.optional(text(LIMITS.idLength)) }), LIMITS.components),
      v.minLength(1, says('problem.methodNames')),
    ),
    timeout: v.optional(positive),
    retryPolicy: v.optional(retryPolicy),
    hedgingPolicy: v.optional(hedgingPolicy),
  }),
  v.check(({ retryPolicy, hedgingPolicy }) => !retryPolicy || !hedgingPolicy, says('problem.retryOrHedge')),
);

export const serviceConfigSchema = object({
  kind: v.literal('service-config'),
  methodConfig: v.optional(list(methodConfig, LIMITS.components)),
  retryThrottling: v.optional(object({ maxTokens: wholeNumber(1, 1_000), tokenRatio: number(0.001, 1_000) })),
});

export function resolveServiceConfig(file: v.InferOutput<typeof serviceConfigSchema>): ServiceConfig {
  return {
    kind: 'service-config',
    methods: (file.methodConfig ?? []).map(({ name, timeout, retryPolicy: retry, hedgingPolicy: hedge }) => ({
      services: name.map(({ service }) => service ?? ''),
      deadlineMicros: timeout === undefined ? undefined : readDuration(timeout),
      retry: retry && {
        attempts: Math.min(MOST_ATTEMPTS, retry.maxAttempts),
        backoff: 'grpc' as const,
        baseMicros: readDuration(retry.initialBackoff),
        maxMicros: readDuration(retry.maxBackoff),
        multiplier: retry.backoffMultiplier,
        on: retry.retryableStatusCodes,
      },
      hedge: hedge && {
        attempts: Math.min(MOST_ATTEMPTS, hedge.maxAttempts),
        afterMicros: hedge.hedgingDelay === undefined ? 0 : readDuration(hedge.hedgingDelay),
        nonFatal: hedge.nonFatalStatusCodes ?? [],
      },
    })),
    throttling: file.retryThrottling,
  };
}
