/** A bulkhead: a limit to the calls of one component to one service that are under way at once. */
import { bulkheadMachine } from '../../machines/index';
import type { BulkheadPolicy } from '../../model/policies/policy';
import type { World } from '../world';
import { definitionOf } from './edited-machines';
import { Part, type PartNames } from './part';

export class Bulkhead extends Part {
  private readonly enterEvent: number;
  private readonly leaveEvent: number;

  constructor(world: World, names: PartNames, { limit, machine }: BulkheadPolicy) {
    const definition = definitionOf(world, bulkheadMachine, machine);
    super(world, names, definition, { limit });
    this.enterEvent = definition.event('enter');
    this.leaveEvent = definition.event('leave');
  }

  /** Whether there is room; whoever enters must leave. */
  enter(): boolean {
    return this.ask(this.enterEvent);
  }

  leave(): void {
    this.send(this.leaveEvent);
  }
}
