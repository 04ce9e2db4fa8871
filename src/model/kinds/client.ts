/** A client: load, open or closed, and what it asks for. */
import * as v from 'valibot';
import type { Distribution } from '../distribution';
import { LIMITS } from '../limits';
import { checkPolicyNames, policyNames } from '../policies/policy-file';
import { problem } from '../problem';
import { readRate, readDistributionOf, readDuration, readSize } from '../resolve';
import { at, distribution, duration, list, LIST_LENGTH, name, object, rate, says, size, truth, wholeNumber } from '../schema-parts';
import { checkCode, unknownComponent, type Reading } from '../scenario-reading';
import { pathText } from '../path-text';
import type { Micros } from '../time';
import type { JsonRecord } from '../variant';
import type { Placed } from './placed';
import { checkSecrets, secrets, type Secrets } from './secrets';

const BURST_SIZE = 1_000_000;

const arrivals = v.union(
  [
    object({ poisson: rate }),
    object({ constant: rate }),
    object({ bursts: object({ size: wholeNumber(1, BURST_SIZE), every: duration(LIMITS.delayMicros, 1) }) }),
    object({ ramp: object({ from: rate, to: rate, over: duration(LIMITS.delayMicros, 1) }) }),
    object({ list: list(duration(LIMITS.durationMicros), LIST_LENGTH) }),
  ],
  says('problem.arrivals'),
);

export const clientSchema = object({
  kind: v.literal('client'),
  at,
  arrivals: v.optional(arrivals),
  users: v.optional(wholeNumber(1, LIMITS.users)),
  thinkTime: v.optional(distribution),
  calls: name,
  size: v.optional(size(LIMITS.messageBytes)),
  handler: name,
  policies: policyNames,
  secrets,
  priority: v.optional(wholeNumber(0, LIMITS.priority)),
  background: v.optional(truth),
});

export interface Client extends Placed {
  readonly kind: 'client';
  readonly arrivals: Arrivals;
  /** The component that every arrival calls, instead of code. */
  readonly calls: string | undefined;
  /** Bytes of the body of each of these requests; bodies written by code have their own size. */
  readonly bodyBytes: number;
  readonly handler: string | undefined;
  /** Names of the policies of its calls, unless a call names its own. */
  readonly policies: readonly string[];
  readonly secrets: Secrets;
  /** Of its requests, from 0: who waits at a service with the discipline `priority`. */
  readonly priority: number;
  /**
   * It works for the system itself, such as a relay or a sweeper: no user waits for it. Its requests load whatever they reach, and are no
   * part of N, T, Q and R, nor of what is computed from them.
   */
  readonly background: boolean;
}

export type Arrivals =
  | { readonly kind: 'poisson'; readonly perSecond: number }
  | { readonly kind: 'constant'; readonly perSecond: number }
  /** `size` arrivals at once, the first at 0, then every `everyMicros`. */
  | { readonly kind: 'bursts'; readonly size: number; readonly everyMicros: Micros }
  /** Poisson, at a rate that goes in a straight line from the one to the other, and stays there. */
  | { readonly kind: 'ramp'; readonly fromPerSecond: number; readonly toPerSecond: number; readonly overMicros: Micros }
  | { readonly kind: 'list'; readonly atMicros: readonly Micros[] }
  /** A closed population: each user asks, waits until it may go on, thinks, asks again. */
  | { readonly kind: 'closed'; readonly users: number; readonly thinkTime: Distribution };

export function resolveClient(id: string, file: v.InferOutput<typeof clientSchema>): Client {
  return {
    kind: 'client',
    id,
    at: file.at,
    arrivals: resolveArrivals(file),
    calls: file.calls,
    bodyBytes: file.size === undefined ? 0 : readSize(file.size),
    handler: file.handler,
    policies: file.policies ?? [],
    secrets: Object.freeze(file.secrets ?? {}),
    priority: file.priority ?? 0,
    background: file.background ?? false,
  };
}

function resolveArrivals(client: v.InferOutput<typeof clientSchema>): Arrivals {
  if (client.users !== undefined) return { kind: 'closed', users: client.users, thinkTime: readDistributionOf(client.thinkTime ?? '0ms') };
  return resolveOpenArrivals(client.arrivals!);
}

function resolveOpenArrivals(given: v.InferOutput<typeof arrivals>): Arrivals {
  if ('poisson' in given) return { kind: 'poisson', perSecond: readRate(given.poisson) };
  if ('constant' in given) return { kind: 'constant', perSecond: readRate(given.constant) };
  if ('bursts' in given) return { kind: 'bursts', size: given.bursts.size, everyMicros: readDuration(given.bursts.every) };
  if ('ramp' in given) {
    const { from, to, over } = given.ramp;
    return { kind: 'ramp', fromPerSecond: readRate(from), toPerSecond: readRate(to), overMicros: readDuration(over) };
  }
  return { kind: 'list', atMicros: given.list.map(readDuration).sort((one, other) => one - other) };
}

export function checkClient(id: string, client: JsonRecord, reading: Reading): void {
  const { problems, components, links } = reading;
  const where = (key?: string): string => pathText(['components', id, ...(key === undefined ? [] : [key])]);
  const [open, closed] = [client['arrivals'] !== undefined, client['users'] !== undefined];
  if (open === closed) problems.push(problem(where(), 'problem.arrivalsOrUsers'));
  if (!closed && client['thinkTime'] !== undefined) problems.push(problem(where('thinkTime'), 'problem.thinkTimeAlone'));
  checkCode(id, client, 'calls', reading);
  checkSecrets(id, client, reading);
  checkPolicyNames(id, client['policies'], 'call', reading);
  const calls = client['calls'];
  if (typeof calls !== 'string') return;
  const called = components.get(calls);
  if (!called) problems.push(unknownComponent(where('calls'), calls, components));
  else if (called['kind'] === 'client' || called['kind'] === 'queue' || called['kind'] === 'store' || called['kind'] === 'topic')
    problems.push(problem(where('calls'), 'problem.callsNoService', { value: calls }));
  else if (!links.some((link) => link['from'] === id && link['to'] === calls)) {
    problems.push(problem(where('calls'), 'problem.callsWithoutLink', { from: id, to: calls }));
  }
}
