/** What travels on links. A queue stores a message and sends it on; a redelivery is a new `Message` with the same id. */
import type { Taint } from './attack/taint';
import { MessageKind, type DeathReason } from '../model/trace';
import type { Micros } from '../model/time';
import type { Attempt } from './attempt';
import type { Call } from './call';
import type { Chain } from './chain';
import type { ClientRequest } from './client-request';
import { Delivery } from './delivery';
import type { Effect } from './effect';
import type { Envelope } from './envelope';
import type { LinkNode } from './link-node';
import type { Status } from './status';
import type { Stored } from './stored';
import type { StreamTraffic } from './streaming/stream-part';
import type { Confirmable } from './ticket';
import type { LogTraffic } from './topic/log-traffic';

export class Message {
  /** The way it travels on, or came by. */
  way: LinkNode | undefined;
  sentAt: Micros = 0;
  /** When it reached the component it is at. */
  arrivedAt: Micros = 0;
  /** An error reply carries its status and no body. */
  status: Status | undefined;
  errorText = '';
  /** Of an error reply that says when to try again: after so long; −1: not at all. */
  pushBackMicros: Micros | undefined = undefined;
  /** The call that this is an attempt of, or the reply to. */
  call: Call | undefined;
  /** The send that waits for its confirm. */
  ticket: Confirmable | undefined;
  /** Where the answer to a queued message goes, and what it must carry to be matched. */
  replyTo: string | undefined;
  correlationId: string | undefined;
  /** What decides where it goes: its place on a balancer's ring. */
  key: string | undefined;
  envelope: Envelope | undefined;
  /** Which delivery it is, or is the acknowledgement of. */
  delivery: Delivery | undefined;
  /** What its service must know to stop; only of calls that can be called off. */
  attempt: Attempt | undefined;
  /** What it is to bring about; only of what is sent or published, and of its deliveries. */
  effect: Effect | undefined;
  /** What it has to do with a streaming call. */
  stream: StreamTraffic | undefined;
  /** What it has to do with a topic. */
  log: LogTraffic | undefined;
  /** How long a way with a bandwidth was taken by those before it. */
  waitedMicros: Micros = 0;
  /** What an attacker has done to it; only of messages that one has made or changed. */
  taint: Taint | undefined;
  worker = -1;
  /** When the work on it will be done that the scenario gives it. */
  until: Micros = 0;
  /** Its checksum is wrong. */
  damaged = false;
  /** Of a copy, and of what a balancer hands on: the message that its sender sent; 0: itself. */
  private original = 0;

  constructor(
    readonly id: number,
    readonly kind: MessageKind,
    readonly request: ClientRequest,
    readonly chain: Chain,
    /** Id of the component that wrote it. */
    readonly from: string,
    public body: unknown,
  ) {}

  /** The message as its sender sent it, whatever became of it on the way. */
  get sentAs(): number {
    return this.original || this.id;
  }

  /** This one goes on in place of another. */
  standsFor(other: Message): void {
    this.original = other.sentAs;
    this.taint = other.taint;
  }

  /** Another message with the same content: one of the two may be late, answered or lost without the other. */
  copyAs(id: number): Message {
    const copy = new Message(id, this.kind, this.request, this.chain.copy(), this.from, this.body);
    copy.status = this.status;
    copy.errorText = this.errorText;
    copy.pushBackMicros = this.pushBackMicros;
    copy.call = this.call;
    copy.ticket = this.ticket;
    copy.replyTo = this.replyTo;
    copy.correlationId = this.correlationId;
    copy.delivery = this.delivery;
    copy.log = this.log;
    copy.attempt = this.attempt;
    copy.key = this.key;
    copy.envelope = this.envelope;
    copy.standsFor(this);
    copy.effect = this.effect;
    return copy;
  }
}

/** The answer to a request, in the name of a component; it goes on with the request's chain. */
export function replyOf(message: Message, from: string): Message {
  const reply = new Message(message.id, MessageKind.reply, message.request, message.chain, from, undefined);
  reply.call = message.call;
  reply.stream = message.stream;
  return reply;
}

/** A check is answered at once, by the runtime: it asks whether the process lives, not whether a worker is free. */
export function probeReplyOf(probe: Message, from: string): Message {
  return new Message(probe.id, MessageKind.probeReply, probe.request, probe.chain, from, undefined);
}

/** Tells a service that nobody waits for a request any more. */
export function cancelOf(id: number, message: Message, chain: Chain): Message {
  const cancel = new Message(id, MessageKind.cancel, message.request, chain, message.from, undefined);
  cancel.attempt = message.attempt;
  return cancel;
}

/** The broker's answer to a publish: it has the message, or it is full. */
export function confirmOf(message: Message, kind: typeof MessageKind.confirm | typeof MessageKind.nack, queue: string): Message {
  const confirm = new Message(message.id, kind, message.request, message.chain.copy(), queue, undefined);
  confirm.ticket = message.ticket;
  if (kind === MessageKind.nack) {
    confirm.status = 'RESOURCE_EXHAUSTED';
    confirm.errorText = `the queue ${queue} is full`;
  }
  return confirm;
}

/** A copy of a stored message for one delivery of it. */
export function deliveryOf(stored: Stored): Message {
  const { message } = stored;
  const copy = new Message(message.id, message.kind, message.request, message.chain.copy(), message.from, message.body);
  copy.replyTo = message.replyTo;
  copy.correlationId = message.correlationId;
  copy.envelope = message.envelope;
  copy.effect = message.effect;
  copy.delivery = new Delivery(stored, stored.deliveries);
  copy.standsFor(message);
  return copy;
}

/** What goes to the dead letters: the message with the story of its death. It must not expire there too, so its own ttl and delay are gone. */
export function deadLetterOf({ message, queue }: Stored, reason: DeathReason): Message {
  const letter = new Message(message.id, message.kind, message.request, message.chain.copy(), message.from, message.body);
  letter.replyTo = message.replyTo;
  letter.correlationId = message.correlationId;
  letter.standsFor(message);
  letter.effect = message.effect;
  const before = message.envelope?.death;
  letter.envelope = {
    priority: message.envelope?.priority ?? 0,
    ttlMicros: undefined,
    delayMicros: undefined,
    death: { reason, queue: before?.queue ?? queue.id, count: (before?.count ?? 0) + 1 },
  };
  return letter;
}
