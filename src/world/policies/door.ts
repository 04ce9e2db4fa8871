/** The policies of a service for what arrives: a rate limit, then a bulkhead, then load shedding. Each may refuse before the line is asked. */
import { PolicyAct } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Message } from '../message';
import type { Node } from '../node';
import type { World } from '../world';
import { noRoom, type Refused } from '../refuse';
import { Bulkhead } from './bulkhead';
import { Idempotency } from './idempotency';
import type { Part } from './part';
import { RateLimit } from './rate-limit';
import { Shedding } from './shedding';

export class Door {
  /** Not a door itself: it is asked when a worker has taken what came. */
  idempotency: Idempotency | undefined = undefined;
  private rateLimit: RateLimit | undefined = undefined;
  private bulkhead: Bulkhead | undefined = undefined;
  private shedding: Shedding | undefined = undefined;
  private readonly pushBacks = new Map<Part, Micros | undefined>();

  /** @param names of policies that reading the scenario has found to stand at a service */
  constructor(world: World, of: Node, names: readonly string[]) {
    for (const id of names) {
      const policy = world.scenario.policies[id]!;
      const partNames = { id, of, to: undefined };
      if (policy.kind === 'rate-limit')
        this.pushBacks.set((this.rateLimit = new RateLimit(world, partNames, policy)), policy.pushBackMicros);
      if (policy.kind === 'bulkhead') this.pushBacks.set((this.bulkhead = new Bulkhead(world, partNames, policy)), policy.pushBackMicros);
      if (policy.kind === 'shedding') this.pushBacks.set((this.shedding = new Shedding(world, partNames, policy)), policy.pushBackMicros);
      if (policy.kind === 'idempotency-key') this.idempotency = new Idempotency(world, partNames, policy);
    }
  }

  /** What whoever is refused hears; undefined lets the message in, and whoever is in must leave. */
  refusal(message: Message): Refused | undefined {
    const { rateLimit, bulkhead, shedding } = this;
    if (rateLimit && !rateLimit.take()) return this.note(rateLimit, message);
    if (bulkhead && !bulkhead.enter()) return this.note(bulkhead, message);
    if (!shedding || shedding.enter()) return undefined;
    bulkhead?.leave();
    return this.note(shedding, message);
  }

  /** A message that was let in has left: served after so long, or refused by the line. */
  left(sojournMicros: Micros): void {
    this.bulkhead?.leave();
    this.shedding?.leave(sojournMicros);
  }

  private note(part: Part, message: Message): Refused {
    const { id, of } = part.names;
    part.record(PolicyAct.refused, message.request, message.id);
    return noRoom(`${id} of ${of.id} lets no more in`, this.pushBacks.get(part));
  }
}
