/** A service: workers behind a bounded waiting line. */
import * as v from 'valibot';
import type { Distribution } from '../distribution';
import { LIMITS } from '../limits';
import { asWritten, problem } from '../problem';
import { checkPolicyNames, policyNames } from '../policies/policy-file';
import { readDistributionOf, readDuration, readSize } from '../resolve';
import { at, choice, distribution, duration, list, name, object, size, text, wholeNumber } from '../schema-parts';
import { checkCode, unknownComponent, type Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import type { Micros } from '../time';
import type { JsonRecord } from '../variant';
import type { Placed } from './placed';
import { checkSecrets, secrets, type Secrets } from './secrets';

const WAITING_LIMIT = 1_000_000;
/** Kubernetes' terminationGracePeriodSeconds. */
const STOP_TIME = '30s';

export const serviceSchema = object({
  kind: v.literal('service'),
  at,
  replicas: v.optional(wholeNumber(1, LIMITS.replicas)),
  spread: v.optional(choice('random', 'round-robin', 'sticky')),
  startTime: v.optional(duration(LIMITS.delayMicros)),
  stopTime: v.optional(duration(LIMITS.delayMicros)),
  idleTimeout: v.optional(duration(LIMITS.delayMicros, 1)),
  workers: v.optional(wholeNumber(1, LIMITS.workers)),
  waitingLimit: v.optional(wholeNumber(0, LIMITS.waitingLimit)),
  discipline: v.optional(choice('fifo', 'lifo', 'priority')),
  threads: v.optional(choice('blocking', 'event-loop')),
  work: v.optional(distribution),
  size: v.optional(size(LIMITS.messageBytes)),
  handler: name,
  policies: policyNames,
  secrets,
  allow: v.optional(list(text(LIMITS.idLength), LIMITS.components)),
  identity: v.optional(choice('claimed', 'proved')),
});

export interface Service extends Placed {
  readonly kind: 'service';
  /** How many of it there are; each is a component with a name of its own. */
  readonly replicas: number;
  /** How whoever calls the service by its name comes to one of its replicas: anew for each message, or the same as long as it is there. */
  readonly spread: 'random' | 'round-robin' | 'sticky';
  /** From the start of a process that is not the first until it serves: after a crash, a deploy, or as one more replica. */
  readonly startMicros: Micros;
  /** What is in hand when a process is stopped may take so long; what is left then is gone. */
  readonly stopMicros: Micros;
  /** With nothing in hand for so long, the process is gone until the next request, which waits for it to start; undefined: it stays. */
  readonly idleMicros: Micros | undefined;
  readonly workers: number;
  /** Places for those who wait, not counting those in service. */
  readonly waitingLimit: number;
  readonly discipline: 'fifo' | 'lifo' | 'priority';
  /** `blocking`: a worker is held while its handler awaits; `event-loop`: awaiting frees it. */
  readonly threads: 'blocking' | 'event-loop';
  /** The work of every request, instead of code. */
  readonly work: Distribution | undefined;
  /** Bytes of the body of each of these replies; bodies written by code have their own size. */
  readonly bodyBytes: number;
  readonly handler: string | undefined;
  /** Names of the policies for what arrives. */
  readonly policies: readonly string[];
  readonly secrets: Secrets;
  /** Components whose requests and messages it takes; undefined: everybody's. */
  readonly allow: readonly string[] | undefined;
  /** `proved`: who asks must have shown a certificate, by mutual TLS. `claimed`: the name that the message carries will do. */
  readonly identity: 'claimed' | 'proved';
}

export function resolveService(id: string, file: v.InferOutput<typeof serviceSchema>): Service {
  return {
    kind: 'service',
    id,
    at: file.at,
    replicas: file.replicas ?? 1,
    spread: file.spread ?? 'random',
    startMicros: readDuration(file.startTime ?? '0ms'),
    stopMicros: readDuration(file.stopTime ?? STOP_TIME),
    idleMicros: file.idleTimeout === undefined ? undefined : readDuration(file.idleTimeout),
    workers: file.workers ?? 1,
    waitingLimit: file.waitingLimit ?? WAITING_LIMIT,
    discipline: file.discipline ?? 'fifo',
    threads: file.threads ?? 'blocking',
    work: file.work === undefined ? undefined : readDistributionOf(file.work),
    bodyBytes: file.size === undefined ? 0 : readSize(file.size),
    handler: file.handler,
    policies: file.policies ?? [],
    secrets: Object.freeze(file.secrets ?? {}),
    allow: file.allow,
    identity: file.identity ?? 'claimed',
  };
}

export function checkService(id: string, service: JsonRecord, reading: Reading): void {
  checkCode(id, service, 'work', reading);
  const { discipline, threads, spread, replicas = 1 } = service;
  if (spread !== undefined && replicas === 1 && reading.instances(id).length === 1)
    reading.problems.push(problem(pathText(['components', id, 'spread']), 'problem.spreadAlone'));
  if (threads === 'event-loop' && discipline !== undefined && discipline !== 'fifo')
    reading.problems.push(
      problem(pathText(['components', id, 'discipline']), 'problem.eventLoopDiscipline', { value: asWritten(discipline) }),
    );
  if (service['idleTimeout'] !== undefined) checkIdleTimeout(id, reading);
  checkPolicyNames(id, service['policies'], 'serve', reading);
  checkSecrets(id, service, reading);
  checkPermissions(id, service, reading);
}

/** A broker hands messages to a consumer that is there: nothing would ever wake one that is not. */
function checkIdleTimeout(id: string, { components, links, problems }: Reading): void {
  for (const { from, to } of links) {
    const kind = to === id && typeof from === 'string' ? components.get(from)?.['kind'] : undefined;
    if (kind !== 'queue' && kind !== 'topic') continue;
    return void problems.push(problem(pathText(['components', id, 'idleTimeout']), 'problem.idleConsumer', { value: asWritten(from) }));
  }
}

/** A word that is none is a mistake of its own. */
function mayProve(tls: unknown): boolean {
  return tls !== undefined && tls !== 'none' && tls !== 'tls';
}

/** Who may ask must exist, and must be able to prove it where proof is asked for. */
function checkPermissions(id: string, { allow, identity }: JsonRecord, { components, links, problems }: Reading): void {
  for (const [index, name] of (Array.isArray(allow) ? (allow as unknown[]) : []).entries()) {
    if (typeof name === 'string' && !components.has(name))
      problems.push(unknownComponent(pathText(['components', id, 'allow', index]), name, components));
  }
  if (identity === 'proved' && !links.some(({ from, to, tls }) => mayProve(tls) && (from === id || to === id)))
    problems.push(problem(pathText(['components', id, 'identity']), 'problem.proofWithoutMtls', { value: id }));
}
