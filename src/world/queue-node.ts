/**
 * A broker's queue: stores, confirms, delivers to consumers as far as their prefetch allows, and keeps a message until it is acknowledged.
 * The `queue` machine decides whether a message finds a place, waits for one, or is refused.
 *
 * A full queue that blocks holds the publish back and confirms it only when it has a place, as RabbitMQ does that stops reading from its
 * publishers ("Flow Control", `connection.blocked`). A dead letter is sent on without a confirm, so a link that loses it loses it for good
 * ("Dead Letter Exchanges": "at-most-once" is the default). Every message expires at its own instant; RabbitMQ looks at the head only.
 * Not modelled: a delay of the broker itself (its links carry the network's), memory and disk, replicas.
 */
import type { Queue } from '../model/kinds/queue';
import type { Component } from '../model/scenario';
import { LIMITS } from '../model/limits';
import { DEATH_REASONS, MessageKind, RecordKind, type DeathReason } from '../model/trace';
import { InvariantBroken } from '../sim/assert';
import { Consumer, Consumers } from './consumers';
import type { Definition, Instance } from './driver';
import { HeldBack } from './held-back';
import { Holdings } from './holdings';
import type { LinkNode } from './link-node';
import { confirmOf, deadLetterOf, deliveryOf, type Message } from './message';
import { Node } from './node';
import { resizeQueue } from './resize-queue';
import { Stored } from './stored';
import type { World } from './world';

const EVENTS = [
  'publish',
  'postpone',
  'due',
  'dispatch',
  'acknowledge',
  'return',
  'discard',
  'forget',
  'crash',
  'restart',
  'configure',
  'admit',
] as const;

export class QueueNode extends Node {
  override readonly takesMessages = true;
  override readonly confirms: boolean;
  readonly manualAck: boolean;
  private readonly machine: Instance;
  private readonly events: Readonly<Record<(typeof EVENTS)[number], number>>;
  private readonly held: Holdings;
  private readonly heldBack: HeldBack;
  private consumers = new Consumers([], false, undefined);
  private deadLetterWay: LinkNode | undefined;
  /** What a message that is here counts for its request: nothing when nobody will ever take it. */
  private hope = 1;
  private dispatching = false;

  constructor(
    world: World,
    place: number,
    override model: Queue,
    definition: Definition,
  ) {
    super(world, place, model.id);
    this.confirms = model.confirms;
    this.manualAck = model.ack === 'manual';
    this.held = new Holdings(world, model);
    this.heldBack = new HeldBack(world, place);
    const actions = {
      store: (message: unknown) => this.store(message as Message),
      refuse: (message: unknown) => this.refuse(message as Message),
      dropOldest: () => this.dropOldest(),
      block: (message: unknown) => this.heldBack.hold(message as Message),
      letIn: () => this.store(this.heldBack.release()),
    };
    const { capacity, overflow, durable } = model;
    this.machine = world.instance(definition, place, { capacity, overflow, durable, blockLimit: LIMITS.blockedPublishes }, actions);
    this.events = Object.fromEntries(EVENTS.map((name) => [name, definition.event(name)])) as Record<(typeof EVENTS)[number], number>;
  }

  override connected(): void {
    const ways = this.world.topology.waysFrom(this);
    this.deadLetterWay = ways.find((way) => way.to.id === this.model.deadLetter);
    const consumers = ways.filter((way) => way !== this.deadLetterWay).map((way) => new Consumer(way));
    this.consumers = new Consumers(consumers, this.manualAck, this.model.prefetch);
    if (consumers.length === 0 && !this.deadLetterWay) this.hope = 0;
  }

  override receive(message: Message): void {
    if (message.kind === MessageKind.ack || message.kind === MessageKind.nack) this.settle(message);
    else this.machine.send(this.events.publish, message);
    this.dispatchReady();
  }

  /** The kernel's event: a delivered message has not been acknowledged in time. */
  ackTimedOut(stored: Stored): void {
    stored.timer = undefined;
    this.giveBack(stored, true);
    this.dispatchReady();
  }

  /** The kernel's event: the delay of a message is over, or its ttl while it was ready. */
  timeIsUp(stored: Stored): void {
    stored.timer = undefined;
    if (stored.list === this.held.delayed) this.endDelay(stored);
    else this.discard(stored, 'expired');
    this.dispatchReady();
  }

  /** The broker's process is gone, and its connections: what is durable waits for its return, what was handed out too. */
  override crash(): void {
    const { held } = this;
    this.machine.send(this.events.crash);
    this.heldBack.abandon((message) => this.lose(message));
    for (const stored of held.out.all()) this.putBack(stored);
    for (const stored of held.all()) {
      held.stopTimer(stored);
      stored.forgottenDeliveries = stored.deliveries;
      if (!this.model.durable) this.vanish(stored);
    }
  }

  /** The broker is there again. What became due meanwhile is due now. */
  override restart(): void {
    const { held } = this;
    this.machine.send(this.events.restart);
    for (const stored of held.all()) {
      if (!held.isOverdue(stored)) continue;
      if (stored.list === held.delayed) this.endDelay(stored);
      else this.discard(stored, 'expired');
    }
    this.dispatchReady();
  }

  /** Timers that run already go on; what is ready, handed out or delayed from now on has the new ones. */
  override change(model: Component): void {
    if (model.kind !== 'queue') return;
    this.model = model;
    this.held.model = model;
    this.consumers.limit(model.prefetch);
    resizeQueue(this.machine, this.events, model, this.heldBack, this.held, () => this.discard(this.held.ready.oldest!, 'maxlen'));
    this.dispatchReady();
  }

  override resume(): void {
    this.dispatchReady();
  }

  override rotationChanged(): void {
    this.peerIsBack();
  }

  override peerIsBack(): void {
    if (this.availability?.isUp !== false) this.dispatchReady();
  }

  /** Action of the machine: there is a place for it. */
  private store(message: Message): void {
    const { now } = this;
    const { envelope } = message;
    const stored = new Stored(this, message, now, Math.min(envelope?.priority ?? 0, this.model.priority));
    message.request.hopes += this.hope;
    if (this.hope === 0) this.lose(message);
    this.record(RecordKind.joined, message, stored.priority, this.held.waiting + 1);
    const delayMicros = envelope?.delayMicros ?? this.model.delayMicros;
    if (delayMicros > 0) {
      this.held.delay(stored, delayMicros);
      this.record(RecordKind.delayed, message, 0, stored.dueAt);
      this.machine.send(this.events.postpone, message);
    } else this.held.makeReady(stored);
    if (message.ticket) this.confirm(message, MessageKind.confirm);
  }

  private endDelay(stored: Stored): void {
    this.record(RecordKind.delayEnded, stored.message, 0, 0);
    this.held.makeReady(stored);
    this.machine.send(this.events.due, stored.message);
  }

  private refuse(message: Message): void {
    this.record(RecordKind.refused, message, 0, 0);
    if (message.ticket) this.confirm(message, MessageKind.nack);
    else this.lose(message);
  }

  private dropOldest(): void {
    const stored = this.held.ready.oldest;
    if (stored === undefined) throw new InvariantBroken(`${this.id} drops the oldest of an empty queue`);
    this.bury(stored, 'maxlen');
  }

  private confirm(message: Message, kind: typeof MessageKind.confirm | typeof MessageKind.nack): void {
    message.way!.opposite.send(confirmOf(message, kind, this.id));
  }

  private dispatchReady(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    const { ready } = this.held;
    while (ready.length > 0) {
      const consumer = this.consumers.nextFree();
      if (!consumer) break;
      this.dispatch(ready.shift()!, consumer);
    }
    this.dispatching = false;
  }

  private dispatch(stored: Stored, consumer: Consumer): void {
    const { now } = this;
    const { message } = stored;
    this.held.stopTimer(stored);
    stored.deliveries++;
    message.request.hopes -= this.hope;
    message.chain.spend('td', now);
    this.record(RecordKind.dispatched, message, stored.deliveries, now - stored.waitsSince);
    if (this.manualAck) {
      this.machine.send(this.events.dispatch, message);
      this.held.handOut(stored);
      stored.consumer = consumer;
      consumer.unacknowledged++;
    } else {
      this.record(RecordKind.acknowledged, message, 0, now - stored.storedAt);
      this.machine.send(this.events.forget, message);
    }
    consumer.way.send(deliveryOf(stored));
  }

  /** An ack or nack has come. One for an earlier delivery than the last still ends it: the work is done. */
  private settle(answer: Message): void {
    const { stored, number, verdict } = answer.delivery!;
    if (!stored.consumer || number <= stored.forgottenDeliveries) return;
    if (answer.kind === MessageKind.ack) {
      this.leaveConsumer(stored);
      this.held.remove(stored);
      this.record(RecordKind.acknowledged, stored.message, 0, this.now - stored.storedAt);
      this.machine.send(this.events.acknowledge, stored.message);
    } else if (number === stored.deliveries) this.giveBack(stored, verdict === 'nack');
  }

  private giveBack(stored: Stored, requeue: boolean): void {
    const { message } = stored;
    this.putBack(stored);
    this.machine.send(this.events.return, message);
    if (!requeue) this.discard(stored, 'rejected');
    else if (stored.deliveries >= this.model.maxDeliveries) this.discard(stored, 'delivery_limit');
    else if (this.held.isOverdue(stored)) this.discard(stored, 'expired');
  }

  private putBack(stored: Stored): void {
    const { message } = stored;
    this.leaveConsumer(stored);
    this.held.takeBack(stored);
    message.chain.spend('td', this.now);
    message.request.hopes += this.hope;
    this.record(RecordKind.returned, message, stored.deliveries, stored.priority);
  }

  /** A ready message is thrown away, and leaves its place to another. */
  private discard(stored: Stored, reason: DeathReason): void {
    this.bury(stored, reason);
    this.machine.send(this.events.discard, stored.message);
  }

  /** A ready message leaves otherwise than by delivery: to the dead letters, or for good. */
  private bury(stored: Stored, reason: DeathReason): void {
    const { message } = stored;
    const age = this.now - stored.storedAt;
    this.held.remove(stored);
    message.request.hopes -= this.hope;
    message.chain.spend('td', this.now);
    if (this.deadLetterWay) {
      this.record(RecordKind.deadLettered, message, DEATH_REASONS.indexOf(reason), age);
      this.deadLetterWay.send(deadLetterOf(stored, reason));
      return;
    }
    this.record(reason === 'expired' ? RecordKind.expired : RecordKind.dropped, message, stored.deliveries, age);
    this.lose(message);
  }

  /** A message that waits goes down with its broker. */
  private vanish(stored: Stored): void {
    const { message } = stored;
    if (stored.list === this.held.delayed) this.record(RecordKind.delayEnded, message, 1, 0);
    this.held.remove(stored);
    message.request.hopes -= this.hope;
    this.record(RecordKind.dropped, message, stored.deliveries, this.now - stored.storedAt);
    this.lose(message);
  }

  private lose({ request }: Message): void {
    request.lostMessages++;
    this.world.suspect(request);
  }

  private leaveConsumer(stored: Stored): void {
    stored.consumer!.unacknowledged--;
    stored.consumer = undefined;
  }
}
