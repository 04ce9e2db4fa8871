/**
 * One attempt of a call that can be called off: what its service must know to stop. The caller tells it by a `cancel` that travels on the
 * link (RST_STREAM in HTTP/2), and a deadline it knows from the request itself. As with a Go context, what the handler waits for then fails
 * with CANCELLED or DEADLINE_EXCEEDED at once; what still waits in the line is dropped when its turn comes, and no reply is sent.
 */
import type { Micros } from '../model/time';
import type { Timer } from '../sim/kernel';
import { EventKind } from './event-kind';
import type { Invocation } from './invocation';
import type { Message } from './message';
import type { Status } from './status';
import type { World } from './world';

export class Attempt {
  /** Why the service stops; undefined while it goes on. */
  stopped: Status | undefined = undefined;
  /** At the service: the request, or the first of its copies; the handler at work on it, or the timer of work without a handler. */
  message: Message | undefined = undefined;
  invocation: Invocation | undefined = undefined;
  workTimer: Timer | undefined = undefined;
  private isOver = false;
  private onStop: ((message: Message) => void) | undefined = undefined;
  private deadlineTimer: Timer | undefined = undefined;

  constructor(
    private readonly world: World,
    /** −1 without a deadline. */
    readonly deadlineAt: Micros,
  ) {}

  /** The request has reached its service. */
  arrived(message: Message, stop: (message: Message) => void): void {
    if (this.message) return;
    this.message = message;
    this.onStop = stop;
    if (this.deadlineAt < 0) return;
    const { kernel } = this.world;
    const tick = (): void => this.stop('DEADLINE_EXCEEDED');
    this.deadlineTimer = kernel.schedule(Math.max(0, this.deadlineAt - kernel.now), EventKind.tick, { tick, owner: message.way!.to });
  }

  /** Whether work on it is of no use to anybody. */
  isVain(now: Micros): boolean {
    if (this.deadlineAt >= 0 && now >= this.deadlineAt) this.stopped ??= 'DEADLINE_EXCEEDED';
    return this.stopped !== undefined;
  }

  /** The service need not go on. */
  stop(status: Status): void {
    if (this.isOver || this.stopped) return;
    this.stopped = status;
    // A cancel may come before what it cancels.
    if (!this.message) return;
    this.onStop!(this.message);
    this.world.suspect(this.message.request);
  }

  /** The service is done with it. */
  over(): void {
    this.isOver = true;
    this.workTimer = undefined;
    if (this.deadlineTimer !== undefined) this.world.kernel.cancel(this.deadlineTimer);
  }
}
