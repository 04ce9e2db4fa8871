/** gRPC's retry throttling for the calls of one component to one service. */
import { retryThrottleMachine } from '../../machines/index';
import type { RetryThrottling } from '../../model/policies/policy';
import type { World } from '../world';
import { Part, type PartNames } from './part';

export class Throttle extends Part {
  private readonly succeededEvent: number;
  private readonly failedEvent: number;
  private readonly retryEvent: number;

  constructor(world: World, names: PartNames, { maxTokens, tokenRatio }: RetryThrottling) {
    const definition = world.driver.define(retryThrottleMachine);
    super(world, names, definition, { maxMillis: maxTokens * 1_000, ratioMillis: Math.round(tokenRatio * 1_000) });
    this.succeededEvent = definition.event('succeeded');
    this.failedEvent = definition.event('failed');
    this.retryEvent = definition.event('retry');
  }

  /** How an attempt ended, when that counts. */
  ended(ok: boolean): void {
    this.send(ok ? this.succeededEvent : this.failedEvent);
  }

  /** Whether a call may be tried again or hedged. */
  permits(): boolean {
    return this.ask(this.retryEvent);
  }
}
