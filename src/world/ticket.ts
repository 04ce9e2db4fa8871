/** A send to a queue: step 1 of asking through a queue. It has two ends, the broker's confirm and the reply with its correlation id. */
import { markHandled, type VirtualPromise } from '../sim/virtual-promise';
import type { Invocation } from './invocation';
import type { Message } from './message';
import { Operation } from './operation';
import { CallFailed } from './status';

/** What the handler gets: `await ticket.accepted`, `await ticket.reply`. */
export interface TicketView {
  readonly id: string;
  readonly accepted: VirtualPromise;
  readonly reply: VirtualPromise;
}

/** Whoever waits for a broker's confirm. */
export interface Confirmable {
  /** Of the process that sent, where a crash may come between. */
  readonly incarnation?: number;
  /** With a status: the broker has refused it. */
  confirmed(confirm: Message, now: number): void;
}

export class Ticket implements Confirmable {
  readonly view: TicketView;
  /** Of the process that sent. */
  readonly incarnation: number;
  private isConfirmed = false;
  private readonly accepted: Operation;
  private readonly reply: Operation;

  constructor(
    private readonly invocation: Invocation,
    /** The number of the message. */
    private readonly message: number,
    queue: string,
    replyTo: string | undefined,
  ) {
    this.incarnation = invocation.node.incarnation;
    this.accepted = new Operation(invocation, invocation.chain.copy(), 'td');
    this.reply = new Operation(invocation, invocation.chain.copy(), 'td');
    this.view = { id: `m${message}`, accepted: this.accepted.promise, reply: this.reply.promise };
    // A handler need not look at both ends of a send.
    markHandled(this.accepted.promise);
    markHandled(this.reply.promise);
    if (replyTo === undefined) {
      this.reply.fail(
        new CallFailed('INVALID_ARGUMENT', `no queue leads back from ${queue}: name one in replyTo, or link one to ${invocation.node.id}`),
      );
    }
  }

  /** Without a confirm the sender goes on as soon as the message has left: whether it arrives, nobody tells. */
  sent(now: number): void {
    this.invocation.world.tracer?.sendingEnds(this.message, undefined);
    this.invocation.accepted(now);
    this.accepted.succeed(undefined);
  }

  /** The broker has the message, or has refused it. Only the first answer counts: a duplicated message has two. */
  confirmed(confirm: Message, now: number): void {
    if (this.isConfirmed) return;
    this.isConfirmed = true;
    this.invocation.world.tracer?.sendingEnds(this.message, confirm.status);
    this.invocation.release(now);
    this.accepted.chain.follow(confirm.chain);
    if (confirm.status) {
      this.accepted.fail(new CallFailed(confirm.status, confirm.errorText));
      this.reply.chain.follow(confirm.chain);
      this.reply.fail(new CallFailed(confirm.status, confirm.errorText));
      return;
    }
    this.invocation.accepted(now);
    this.accepted.succeed(undefined);
  }

  replied(message: Message): void {
    const { request, world } = this.invocation;
    // A message that an attacker has sent again may be what is answered: how long that was under way is no time of this request.
    if (message.request === request) this.reply.chain.follow(message.chain);
    else this.reply.chain.spend('td', world.kernel.now);
    if (message.status) this.reply.fail(new CallFailed(message.status, message.errorText));
    else this.reply.succeed(message.body);
  }
}
