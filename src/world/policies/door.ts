/** The policies of a service for what arrives: a rate limit, then a bulkhead, then load shedding. Each may refuse before the line is asked. */
import { PolicyAct } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Message } from '../message';
import type { Node } from '../node';
import type { World } from '../world';
import { Bulkhead } from './bulkhead';
import type { Part } from './part';
import { RateLimit } from './rate-limit';
import { Shedding } from './shedding';

export class Door {
  private rateLimit: RateLimit | undefined = undefined;
  private bulkhead: Bulkhead | undefined = undefined;
  private shedding: Shedding | undefined = undefined;

  /** @param names of policies that reading the scenario has found to stand at a service */
  constructor(world: World, of: Node, names: readonly string[]) {
    for (const id of names) {
      const policy = world.scenario.policies[id]!;
      const partNames = { id, of, to: undefined };
      if (policy.kind === 'rate-limit') this.rateLimit = new RateLimit(world, partNames, policy);
      if (policy.kind === 'bulkhead') this.bulkhead = new Bulkhead(world, partNames, policy);
      if (policy.kind === 'shedding') this.shedding = new Shedding(world, partNames, policy);
    }
  }

  /** The name of the policy that refuses; undefined lets the message in, and whoever is in must leave. */
  refuses(message: Message): string | undefined {
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

  private note(part: Part, message: Message): string {
    part.record(PolicyAct.refused, message.request, message.id);
    return part.names.id;
  }
}
