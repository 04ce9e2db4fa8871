/** What a handler waits for on a stream: a message that comes, or one that flow control lets go. */
import { markHandled } from '../../sim/virtual-promise';
import type { Chain } from '../chain';
import type { Invocation } from '../invocation';
import { Operation } from '../operation';
import type { CallFailed } from '../status';

export class StreamOperation extends Operation {
  private isWaiting = false;

  constructor(invocation: Invocation) {
    super(invocation, invocation.chain.copy(), 'td');
  }

  /** It is over, well or not, and no longer waits. */
  get isOver(): boolean {
    return !this.isWaiting;
  }

  wait(): this {
    const { invocation } = this;
    this.isWaiting = true;
    invocation.hold(invocation.world.kernel.now);
    (invocation.open ??= new Set()).add(this);
    return this;
  }

  /** @param cause what led to it; without, the time until now was spent waiting */
  done(value: unknown, cause?: Chain): void {
    if (this.ends(cause)) this.succeed(value);
  }

  failed(error: CallFailed, cause?: Chain): void {
    if (this.ends(cause)) this.fail(error);
  }

  override callOff(error: CallFailed): void {
    markHandled(this.promise);
    this.failed(error);
  }

  private ends(cause: Chain | undefined): boolean {
    if (!this.isWaiting) return false;
    this.isWaiting = false;
    const { now } = this.invocation.world.kernel;
    this.invocation.release(now);
    if (cause) this.chain.follow(cause);
    else this.chain.spend('td', now);
    return true;
  }
}
