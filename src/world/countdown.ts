/** One timer that is started anew as often as it is needed. It stands still and ends with the process that it belongs to, if there is one. */
import type { Micros } from '../model/time';
import type { Timer } from '../sim/kernel';
import { EventKind } from './event-kind';
import type { Node } from './node';
import type { World } from './world';

export class Countdown {
  private timer: Timer | undefined = undefined;

  constructor(
    private readonly world: World,
    readonly owner: Node | undefined,
    private readonly over: () => void,
  ) {}

  start(micros: Micros): void {
    this.stop();
    const { kernel } = this.world;
    this.timer = kernel.scheduleOnLane(kernel.lane(micros), EventKind.tick, this);
  }

  stop(): void {
    if (this.timer !== undefined) this.world.kernel.cancel(this.timer);
    this.timer = undefined;
  }

  /** The kernel's event. */
  tick(): void {
    this.timer = undefined;
    this.over();
  }
}
