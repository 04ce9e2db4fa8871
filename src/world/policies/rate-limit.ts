/** A token bucket that paces what goes on to one place. */
import { tokenBucketMachine } from '../../machines/index';
import type { RateLimitPolicy } from '../../model/policies/policy';
import type { World } from '../world';
import { definitionOf } from './edited-machines';
import { Part, type PartNames } from './part';

export class RateLimit extends Part {
  private readonly callEvent: number;
  private readonly configureEvent: number;

  constructor(world: World, names: PartNames, { perSecond, burst, machine }: RateLimitPolicy) {
    const definition = definitionOf(world, tokenBucketMachine, machine);
    super(world, names, definition, { perSecond, burst });
    this.callEvent = definition.event('call');
    this.configureEvent = definition.event('configure');
  }

  /** Has another rate and burst from now on. */
  change({ perSecond, burst }: RateLimitPolicy): void {
    this.send(this.configureEvent, { nowMicros: this.world.kernel.now, perSecond, burst });
  }

  take(): boolean {
    return this.ask(this.callEvent, { nowMicros: this.world.kernel.now });
  }
}
