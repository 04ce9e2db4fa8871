/** A record on its way to a topic. Its one end is the topic's confirm: where the record stands in the log. */
import { markHandled, type VirtualPromise } from '../../sim/virtual-promise';
import type { Invocation } from '../invocation';
import type { Message } from '../message';
import { Operation } from '../operation';
import { CallFailed } from '../status';
import type { Confirmable } from '../ticket';

/** What the handler gets: `const { partition, offset } = await ticket.accepted`. */
export interface PublishTicketView {
  readonly id: string;
  readonly partition: number;
  readonly accepted: VirtualPromise;
}

export class PublishTicket implements Confirmable {
  readonly view: PublishTicketView;
  /** Of the process that published. */
  readonly incarnation: number;
  private isConfirmed = false;
  private readonly accepted: Operation;

  constructor(
    private readonly invocation: Invocation,
    /** The number of the message. */
    private readonly message: number,
    partition: number,
  ) {
    this.incarnation = invocation.node.incarnation;
    this.accepted = new Operation(invocation, invocation.chain.copy(), 'td');
    this.view = { id: `m${message}`, partition, accepted: this.accepted.promise };
    // A handler need not wait for the confirm.
    markHandled(this.accepted.promise);
  }

  /** Nobody will confirm it: the publisher goes on as soon as it has left. */
  sent(now: number): void {
    this.isConfirmed = true;
    this.invocation.release(now);
    this.invocation.world.tracer?.sendingEnds(this.message, undefined);
    this.invocation.accepted(now);
    this.accepted.succeed(Object.freeze({ partition: this.view.partition, offset: -1 }));
  }

  /** Only the first answer counts: a duplicated message has two. */
  confirmed(confirm: Message, now: number): void {
    if (this.isConfirmed) return;
    this.isConfirmed = true;
    this.invocation.release(now);
    this.invocation.world.tracer?.sendingEnds(this.message, confirm.status);
    this.accepted.chain.follow(confirm.chain);
    if (confirm.status) {
      this.accepted.fail(new CallFailed(confirm.status, confirm.errorText));
      return;
    }
    this.invocation.accepted(now);
    this.accepted.succeed(confirm.body);
  }
}
