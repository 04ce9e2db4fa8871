/** What the calls of one component to one service may spend on retries. */
import { retryBudgetMachine } from '../../machines/index';
import type { RetryBudget } from '../../model/policies/policy';
import type { World } from '../world';
import { Part, type PartNames } from './part';

export class Budget extends Part {
  private readonly depositEvent: number;
  private readonly withdrawEvent: number;

  constructor(world: World, names: PartNames, { ratio, burst }: RetryBudget) {
    const definition = world.driver.define(retryBudgetMachine);
    super(world, names, definition, { depositMillis: Math.round(ratio * 1_000), capMillis: burst * 1_000 });
    this.depositEvent = definition.event('deposit');
    this.withdrawEvent = definition.event('withdraw');
  }

  deposit(): void {
    this.send(this.depositEvent);
  }

  withdraw(): boolean {
    return this.ask(this.withdrawEvent);
  }
}
