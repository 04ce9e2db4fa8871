/** Load shedding at the door of a service. */
import { sheddingMachine } from '../../machines/index';
import type { SheddingPolicy } from '../../model/policies/policy';
import type { Micros } from '../../model/time';
import type { World } from '../world';
import { Part, type PartNames } from './part';

export class Shedding extends Part {
  private readonly arriveEvent: number;
  private readonly doneEvent: number;

  constructor(world: World, names: PartNames, { limit, least, most, targetMicros, backoff }: SheddingPolicy) {
    const definition = world.driver.define(sheddingMachine);
    super(world, names, definition, { limit, leastLimit: least, mostLimit: most, targetMicros: targetMicros ?? -1, backoff });
    this.arriveEvent = definition.event('arrive');
    this.doneEvent = definition.event('done');
  }

  enter(): boolean {
    return this.ask(this.arriveEvent);
  }

  leave(sojournMicros: Micros): void {
    this.send(this.doneEvent, { sojournMicros });
  }
}
