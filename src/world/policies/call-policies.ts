/**
 * The policies of calls. What has memory (breaker, bulkhead, rate limit, retry budget) exists once for each caller and service, from the
 * first call that names it.
 */
import type { Policy, PolicyKind } from '../../model/policies/policy';
import { PLAIN_CALL, type CallOptions } from '../call';
import type { LinkNode } from '../link-node';
import type { World } from '../world';
import { Breaker } from './breaker';
import { Budget } from './budget';
import { Bulkhead } from './bulkhead';
import type { PartNames } from './part';
import { RateLimit } from './rate-limit';

export interface CallGuards {
  readonly breaker: Breaker | undefined;
  readonly bulkhead: Bulkhead | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly budget: Budget | undefined;
}

type Named<Kind extends PolicyKind> = Extract<Policy, { readonly kind: Kind }>;

export class CallPolicies {
  /** By way and the names of the policies. */
  private readonly options = new Map<LinkNode, Map<string, CallOptions>>();
  private readonly parts = new Map<LinkNode, Map<string, Breaker | Bulkhead | RateLimit | Budget>>();

  constructor(private readonly world: World) {}

  /** What these policies make of a call this way. @throws RangeError in words for the author of a handler. */
  optionsFor(way: LinkNode, names: readonly string[]): CallOptions {
    const ofWay = at(this.options, way);
    const key = names.join('\n');
    let options = ofWay.get(key);
    if (!options) ofWay.set(key, (options = this.read(way, names)));
    return options;
  }

  private read(way: LinkNode, names: readonly string[]): CallOptions {
    const chosen = new Map<PolicyKind, readonly [name: string, policy: Policy]>();
    for (const name of names) {
      const { policies } = this.world.scenario;
      const policy = Object.hasOwn(policies, name) ? policies[name]! : undefined;
      if (!policy) throw new RangeError(`the scenario has no policy ${name}; it has: ${Object.keys(policies).join(', ') || 'none'}`);
      const other = chosen.get(policy.kind);
      if (other) throw new RangeError(`${other[0]} and ${name} are both policies of kind ${policy.kind}: name one of them`);
      chosen.set(policy.kind, [name, policy]);
    }
    const part = <Kind extends PolicyKind, P extends Breaker | Bulkhead | RateLimit | Budget>(
      kind: Kind,
      make: (names: PartNames, policy: Named<Kind>) => P | undefined,
    ): P | undefined => {
      const named = chosen.get(kind);
      if (!named) return undefined;
      const ofWay = at(this.parts, way);
      let made = ofWay.get(named[0]) as P | undefined;
      if (!made) {
        made = make({ id: named[0], of: way.from, to: way.to.id }, named[1] as Named<Kind>);
        if (made) ofWay.set(named[0], made);
      }
      return made;
    };
    const { world } = this;
    const breaker = part('breaker', (partNames, policy) => new Breaker(world, partNames, policy));
    const bulkhead = part('bulkhead', (partNames, policy) => new Bulkhead(world, partNames, policy));
    const rateLimit = part('rate-limit', (partNames, policy) => new RateLimit(world, partNames, policy));
    const budget = part('retry', (partNames, policy) => policy.budget && new Budget(world, partNames, policy.budget));
    const guards = breaker || bulkhead || rateLimit || budget ? { breaker, bulkhead, rateLimit, budget } : undefined;
    const timeout = chosen.get('timeout')?.[1] as Named<'timeout'> | undefined;
    const retry = chosen.get('retry')?.[1] as Named<'retry'> | undefined;
    return {
      ...PLAIN_CALL,
      timeoutMicros: timeout?.afterMicros,
      ...(retry && {
        attempts: retry.attempts,
        backoff: retry.backoff,
        baseMicros: retry.baseMicros,
        maxMicros: retry.maxMicros,
      }),
      guards,
    };
  }
}

function at<Value>(all: Map<LinkNode, Map<string, Value>>, way: LinkNode): Map<string, Value> {
  let ofWay = all.get(way);
  if (!ofWay) all.set(way, (ofWay = new Map<string, Value>()));
  return ofWay;
}
