/** A load balancer: hands each request to one of the services behind it, and its reply back. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import type { RateLimitPolicy } from '../policies/policy';
import { problem } from '../problem';
import { readDuration, readRate } from '../resolve';
import { at, choice, duration, object, rate, wholeNumber } from '../schema-parts';
import type { Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import type { Micros } from '../time';
import type { JsonRecord } from '../variant';
import type { Placed } from './placed';

const POLICIES = ['round-robin', 'random', 'least-connections', 'power-of-two', 'consistent-hash'] as const;
/** Those that look at no sample. */
const OTHER_POLICIES: readonly unknown[] = POLICIES.filter((policy) => policy !== 'power-of-two');
const CHOICES = 2;
const EVERY = '5s';
const TIMEOUT = '1s';
const UNHEALTHY_AFTER = 2;
const HEALTHY_AFTER = 2;
const EJECT_AFTER = 5;
const EJECT_FOR = '30s';

const positive = duration(LIMITS.delayMicros, 1);

export const balancerSchema = object({
  kind: v.literal('balancer'),
  at,
  policy: v.optional(choice(...POLICIES)),
  /** Of how many the least loaded is taken; only for `power-of-two`, whose name is its default. */
  choices: v.optional(wholeNumber(1, LIMITS.links)),
  rateLimit: v.optional(object({ rate, burst: v.optional(wholeNumber(1, LIMITS.tokens)) })),
  healthCheck: v.optional(
    object({
      every: v.optional(positive),
      timeout: v.optional(positive),
      unhealthyAfter: v.optional(wholeNumber(1, LIMITS.healthCounts)),
      healthyAfter: v.optional(wholeNumber(1, LIMITS.healthCounts)),
    }),
  ),
  outlierDetection: v.optional(
    object({ consecutiveFailures: v.optional(wholeNumber(1, LIMITS.healthCounts)), ejectFor: v.optional(positive) }),
  ),
});

export interface Balancer extends Placed {
  readonly kind: 'balancer';
  readonly policy: (typeof POLICIES)[number];
  readonly choices: number;
  /** A token bucket before the choice: who finds it empty is refused (429, RESOURCE_EXHAUSTED). */
  readonly rateLimit: RateLimitPolicy | undefined;
  /** Asks every backend by itself, at intervals. */
  readonly healthCheck: HealthCheck | undefined;
  /** Learns from the requests that fail, and leaves a backend alone for a while. */
  readonly outlierDetection: { readonly consecutiveFailures: number; readonly ejectMicros: Micros } | undefined;
}

export interface HealthCheck {
  readonly everyMicros: Micros;
  readonly timeoutMicros: Micros;
  /** Failed checks in a row that take a backend out. */
  readonly unhealthyAfter: number;
  /** Good checks in a row that put it back. */
  readonly healthyAfter: number;
}

export function resolveBalancer(id: string, file: v.InferOutput<typeof balancerSchema>): Balancer {
  const { healthCheck, outlierDetection, rateLimit } = file;
  return {
    kind: 'balancer',
    id,
    at: file.at,
    policy: file.policy ?? 'round-robin',
    choices: file.choices ?? CHOICES,
    rateLimit: rateLimit && {
      kind: 'rate-limit',
      perSecond: readRate(rateLimit.rate),
      burst: rateLimit.burst ?? 1,
      machine: undefined,
      pushBackMicros: undefined,
    },
    healthCheck: healthCheck && {
      everyMicros: readDuration(healthCheck.every ?? EVERY),
      timeoutMicros: readDuration(healthCheck.timeout ?? TIMEOUT),
      unhealthyAfter: healthCheck.unhealthyAfter ?? UNHEALTHY_AFTER,
      healthyAfter: healthCheck.healthyAfter ?? HEALTHY_AFTER,
    },
    outlierDetection: outlierDetection && {
      consecutiveFailures: outlierDetection.consecutiveFailures ?? EJECT_AFTER,
      ejectMicros: readDuration(outlierDetection.ejectFor ?? EJECT_FOR),
    },
  };
}

export function checkBalancer(id: string, balancer: JsonRecord, { problems, components, links }: Reading): void {
  const path = ['components', id];
  const { policy = POLICIES[0] } = balancer;
  const backends = links.flatMap((link) => (link['from'] === id && typeof link['to'] === 'string' ? [link['to']] : []));
  if (backends.length === 0) problems.push(problem(pathText(path), 'problem.balancerWithoutBackend'));
  for (const backend of backends) {
    const kind = components.get(backend)?.['kind'];
    if (kind !== undefined && kind !== 'service') problems.push(problem(pathText(path), 'problem.balancerBackend', { value: backend }));
  }
  if (balancer['choices'] !== undefined && OTHER_POLICIES.includes(policy))
    problems.push(problem(pathText([...path, 'choices']), 'problem.choicesAlone'));
}
