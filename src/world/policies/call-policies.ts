/**
 * The policies of calls. What has memory (breaker, bulkhead, rate limit, retry budget, throttle) exists once for each caller and service,
 * from the first call that names it.
 */
import { standsOn, type MethodConfig, type Policy, type PolicyKind } from '../../model/policies/policy';
import type { Micros } from '../../model/time';
import { PLAIN_CALL, type CallOptions } from '../call';
import type { Status } from '../status';
import type { Way } from '../way';
import type { World } from '../world';
import { Breaker } from './breaker';
import { Budget } from './budget';
import { Bulkhead } from './bulkhead';
import type { HedgePart } from './hedging';
import type { Part, PartNames } from './part';
import { RateLimit } from './rate-limit';
import { Throttle } from './throttle';

export interface CallGuards {
  readonly breaker: Breaker | undefined;
  readonly bulkhead: Bulkhead | undefined;
  readonly rateLimit: RateLimit | undefined;
  readonly budget: Budget | undefined;
  readonly throttle: Throttle | undefined;
  readonly deadlineMicros: Micros | undefined;
  readonly hedge: Hedge | undefined;
  /** Failures that are worth another attempt; undefined: any. */
  readonly retryOn: ReadonlySet<Status> | undefined;
}

export interface Hedge {
  readonly part: HedgePart;
  readonly afterMicros: Micros;
  readonly attempts: number;
}

export const NO_GUARDS: CallGuards = {
  breaker: undefined,
  bulkhead: undefined,
  rateLimit: undefined,
  budget: undefined,
  throttle: undefined,
  deadlineMicros: undefined,
  hedge: undefined,
  retryOn: undefined,
};

type Named<Kind extends PolicyKind> = Extract<Policy, { readonly kind: Kind }>;
type Chosen = ReadonlyMap<PolicyKind, readonly [name: string, policy: Policy]>;

export class CallPolicies {
  /** By way and the names of the policies. */
  private readonly options = new Map<Way, Map<string, CallOptions>>();
  private readonly parts = new Map<Way, Map<string, Part>>();

  constructor(private readonly world: World) {}

  /** What these policies make of a call this way. @throws RangeError in words for the author of a handler. */
  optionsFor(way: Way, names: readonly string[]): CallOptions {
    const ofWay = at(this.options, way);
    const key = names.join('\n');
    let options = ofWay.get(key);
    if (!options) ofWay.set(key, (options = this.read(way, names)));
    return options;
  }

  /** Hedging that a call asks for by itself. */
  hedge(way: Way, name: string, afterMicros: Micros, attempts: number): Hedge {
    return { part: this.part(way, `hedge ${name}`, () => this.world.hedging.part(name, way.from, way.target)), afterMicros, attempts };
  }

  private read(way: Way, names: readonly string[]): CallOptions {
    const chosen = this.choose(names);
    const { world } = this;
    const make = <Kind extends PolicyKind, P extends Part>(
      kind: Kind,
      create: (names: PartNames, policy: Named<Kind>) => P | undefined,
    ) => {
      const [name, policy] = chosen.get(kind) ?? [];
      if (name === undefined) return undefined;
      return this.part(way, name, () => create({ id: name, of: way.from, to: way.target }, policy as Named<Kind>));
    };
    const config = policyIn(chosen, 'service-config');
    const method = config && methodFor(config, way.target);
    const retry = policyIn(chosen, 'retry') ?? method?.retry;
    const hedge = policyIn(chosen, 'hedge') ?? method?.hedge;
    const retryOn = retry?.on ?? hedge?.nonFatal;
    const guards: CallGuards = {
      breaker: make('breaker', (partNames, policy) => new Breaker(world, partNames, policy)),
      bulkhead: make('bulkhead', (partNames, policy) => new Bulkhead(world, partNames, policy)),
      rateLimit: make('rate-limit', (partNames, policy) => new RateLimit(world, partNames, policy)),
      budget: make('retry', (partNames, policy) => policy.budget && new Budget(world, partNames, policy.budget)),
      throttle: make('service-config', (partNames, policy) => policy.throttling && new Throttle(world, partNames, policy.throttling)),
      deadlineMicros: policyIn(chosen, 'deadline')?.afterMicros ?? method?.deadlineMicros,
      hedge: hedge && this.hedge(way, (chosen.get('hedge') ?? chosen.get('service-config'))![0], hedge.afterMicros, hedge.attempts),
      retryOn: retryOn && new Set(retryOn),
    };
    const { attempts, backoff, baseMicros, maxMicros, multiplier } = retry ?? PLAIN_CALL;
    return {
      timeoutMicros: policyIn(chosen, 'timeout')?.afterMicros,
      attempts,
      backoff,
      baseMicros,
      maxMicros,
      multiplier,
      key: undefined,
      guards: Object.values(guards).some((guard) => guard !== undefined) ? guards : undefined,
    };
  }

  private choose(names: readonly string[]): Chosen {
    const chosen = new Map<PolicyKind, readonly [name: string, policy: Policy]>();
    for (const name of names) {
      const { policies } = this.world.scenario;
      const policy = Object.hasOwn(policies, name) ? policies[name]! : undefined;
      if (!policy) throw new RangeError(`the scenario has no policy ${name}; it has: ${Object.keys(policies).join(', ') || 'none'}`);
      if (!standsOn(policy.kind, 'call'))
        throw new RangeError(
          `${name} is a policy of kind ${policy.kind}, which a service has for what arrives, not a caller for its calls`,
        );
      const other = chosen.get(policy.kind);
      if (other) throw new RangeError(`${other[0]} and ${name} are both policies of kind ${policy.kind}: name one of them`);
      chosen.set(policy.kind, [name, policy]);
    }
    if (chosen.has('retry') && chosen.has('hedge')) throw new RangeError('a call is tried again or hedged, not both');
    return chosen;
  }

  private part<P extends Part>(way: Way, name: string, make: () => P): P;
  private part<P extends Part>(way: Way, name: string, make: () => P | undefined): P | undefined;
  private part<P extends Part>(way: Way, name: string, make: () => P | undefined): P | undefined {
    const ofWay = at(this.parts, way);
    const made = (ofWay.get(name) as P | undefined) ?? make();
    if (made) ofWay.set(name, made);
    return made;
  }
}

function policyIn<Kind extends PolicyKind>(chosen: Chosen, kind: Kind): Named<Kind> | undefined {
  return chosen.get(kind)?.[1] as Named<Kind> | undefined;
}

/** The config of the service itself goes before the one for all services. */
function methodFor({ methods }: Named<'service-config'>, service: string): MethodConfig | undefined {
  return methods.find(({ services }) => services.includes(service)) ?? methods.find(({ services }) => services.includes(''));
}

function at<Value>(all: Map<Way, Map<string, Value>>, way: Way): Map<string, Value> {
  let ofWay = all.get(way);
  if (!ofWay) all.set(way, (ofWay = new Map<string, Value>()));
  return ofWay;
}
