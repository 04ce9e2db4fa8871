/** One run of a handler: for one arrival of a client, one request of a service, or one message from a queue. */
import { StepLimitReached } from '../handlers/failure';
import { isPromise, observe } from '../sim/virtual-promise';
import type { Micros } from '../model/time';
import type { Chain } from './chain';
import type { ClientRequest } from './client-request';
import { Context } from './context';
import type { Message } from './message';
import type { Node } from './node';
import type { Operation } from './operation';
import { CallFailed, type Status } from './status';
import { sendReplies } from './streaming/replies';
import type { World } from './world';

export interface InvocationOwner {
  invocationEnded(invocation: Invocation, ok: boolean, value: unknown): void;
}

/** The turns of a handler on an event loop: when its code may go on. */
export interface Turns {
  work(operation: Operation, micros: Micros): void;
  settle(settle: () => void): void;
  turnOver(): void;
}

export class Invocation {
  /** Only on an event loop; a blocking handler goes on at once. */
  readonly turns: Turns | undefined = undefined;
  protected ended = false;
  /** What its handler waits for, where that can be called off. */
  open: Set<Operation> | undefined = undefined;

  constructor(
    readonly world: World,
    readonly node: Node & InvocationOwner,
    readonly request: ClientRequest,
    readonly chain: Chain,
    /** What a service handles; undefined for a client, whose handler is the request itself. */
    readonly message: Message | undefined,
  ) {
    if (message?.attempt) this.open = new Set();
  }

  /** When it must be over; −1 for never. */
  get deadlineAt(): Micros {
    return this.message?.attempt?.deadlineAt ?? -1;
  }

  /** Why nobody waits for it any more; undefined while somebody does. */
  get stopped(): Status | undefined {
    return this.message?.attempt?.stopped;
  }

  /** Nobody waits any more: whatever its handler waits for fails. */
  callOff(status: Status): void {
    for (const operation of this.open ?? []) operation.callOff(new CallFailed(status, `nobody waits for ${this.node.id} any more`));
  }

  start(handler: (...parameters: unknown[]) => unknown, view: unknown): void {
    const context = new Context(this);
    this.world.position = this.node.handlerFile;
    let result: unknown;
    try {
      result = view === undefined ? handler(context) : handler(view, context);
    } catch (error) {
      if (error instanceof StepLimitReached) throw error;
      this.settled(false, error);
      return;
    }
    const { message } = this;
    if (message?.stream) observe(sendReplies(message.stream.call.server, result), this);
    else if (isPromise(result)) observe(result, this);
    else this.settled(true, result);
  }

  /** The promise of the handler has ended. */
  settled(ok: boolean, value: unknown): void {
    if (this.ended) return;
    this.ended = true;
    // What a handler leaves open when it ends, such as the loser of a race, is of no use to anybody.
    if (this.open && this.open.size > 0) this.callOff('CANCELLED');
    this.node.invocationEnded(this, ok, value);
  }

  /** The caller's worker can do nothing else from now on. Only a client's own handler holds its request. */
  hold(now: Micros): void {
    if (!this.message) this.request.hold(now);
  }

  release(now: Micros): void {
    if (!this.message) this.request.release(now);
  }

  /** The broker has taken what the client sent: the sender may go on. */
  accepted(now: Micros): void {
    if (!this.message) this.world.accept(this.request, now);
  }

  /** The worker is inside `ctx.work`, possibly several times at once. */
  workStarted(until: Micros): void {
    if (this.message) this.world.workStarted(this.node, this.message, until);
  }

  workEnded(): void {
    if (this.message) this.world.workEnded(this.node, this.message);
  }
}
