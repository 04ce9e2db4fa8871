/** Something a handler waits for. The world settles it, with the chain of causes that led to its end; the handler holds only the promise. */
import { fulfil, markHandled, reject, VirtualPromise } from '../sim/virtual-promise';
import type { Micros } from '../model/time';
import type { Timer } from '../sim/kernel';
import type { Chain, Part } from './chain';
import type { Invocation } from './invocation';
import type { CallFailed } from './status';

export class Operation {
  readonly promise = new VirtualPromise();
  /** Of a work or a pause that can be called off. */
  timer: Timer | undefined = undefined;
  /** When the work that it waits for will be done. */
  until: Micros = 0;

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

  /** Ends a work or a pause before its time. */
  callOff(error: CallFailed): void {
    const { timer, invocation } = this;
    const { kernel } = invocation.world;
    markHandled(this.promise);
    if (timer === undefined || !kernel.cancel(timer)) return;
    invocation.request.hopes--;
    if (this.part === 'ts') invocation.workEnded();
    invocation.release(kernel.now);
    this.chain.spend(this.part, kernel.now);
    this.fail(error);
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
    this.invocation.open?.delete(this);
    this.invocation.chain.follow(this.chain);
    how(this.promise, value);
  }
}
