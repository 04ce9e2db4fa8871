/** Something a handler waits for. The world settles it, with the chain of causes that led to its end; the handler holds only the promise. */
import { fulfil, reject, VirtualPromise } from '../sim/virtual-promise';
import type { Micros } from '../model/time';
import type { Chain, Part } from './chain';
import type { Invocation } from './invocation';

export class Operation {
  readonly promise = new VirtualPromise();

  constructor(
    readonly invocation: Invocation,
    readonly chain: Chain,
    /** What the time until a timer fires counts as. */
    readonly part: Part,
  ) {}

  /** The timer of a `ctx.work` or `ctx.sleep`. */
  wake(now: Micros): void {
    if (this.part === 'ts') this.invocation.workEnded();
    this.invocation.release(now);
    this.chain.spend(this.part, now);
    this.succeed(undefined);
  }

  succeed(value: unknown): void {
    const { turns } = this.invocation;
    if (turns) turns.settle(() => this.settle(fulfil, value));
    else this.settle(fulfil, value);
  }

  fail(error: Error): void {
    const { turns } = this.invocation;
    if (turns) turns.settle(() => this.settle(reject, error));
    else this.settle(reject, error);
  }

  private settle(how: typeof fulfil, value: unknown): void {
    // On an event loop it may have waited for its turn.
    if (this.invocation.turns) this.chain.spend('td', this.invocation.world.kernel.now);
    this.invocation.chain.follow(this.chain);
    how(this.promise, value);
  }
}
