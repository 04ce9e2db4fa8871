/**
 * A broker's queue: stores, confirms, delivers to consumers as far as their prefetch allows, and keeps a message until it is acknowledged.
 * Not modelled yet: priority, ttl, durability, delay. A broker works without delay of its own; its links carry the network's.
 */
import type { Queue } from '../model/kinds/queue';
import { LIMITS } from '../model/limits';
import { MessageKind, RecordKind } from '../model/trace';
import type { Micros } from '../model/time';
import { invariant } from '../sim/assert';
import type { Timer } from '../sim/kernel';
import type { Definition, Instance } from './driver';
import { EventKind } from './event-kind';
import { Line } from './line';
import type { LinkNode } from './link-node';
import { Message } from './message';
import { Node } from './node';
import { ServiceNode } from './service-node';
import type { World } from './world';

/** The broker's record of one message. */
export class Stored {
  deliveries = 0;
  /** Since when it is ready to be delivered. */
  readySince: Micros;
  timer: Timer | undefined;
  consumer: Consumer | undefined;
  gone = false;

  constructor(
    readonly queue: QueueNode,
    readonly message: Message,
    readonly storedAt: Micros,
  ) {
    this.readySince = storedAt;
  }

  get request() {
    return this.message.request;
  }
}

interface Consumer {
  readonly way: LinkNode;
  readonly prefetch: number;
  unacknowledged: number;
}

export class QueueNode extends Node {
  override readonly takesMessages = true;
  readonly manualAck: boolean;
  private readonly machine: Instance;
  private readonly events: Readonly<Record<'publish' | 'dispatch' | 'acknowledge' | 'return' | 'discard' | 'forget', number>>;
  private readonly ready = new Line<Stored>();
  private consumers: Consumer[] = [];
  private nextConsumer = 0;
  private dispatching = false;

  constructor(
    world: World,
    place: number,
    override readonly model: Queue,
    definition: Definition,
  ) {
    super(world, place, model.id);
    this.manualAck = model.ack === 'manual';
    const actions = {
      store: (message: unknown) => this.store(message as Message),
      refuse: (message: unknown) => this.refuse(message as Message),
      dropOldest: () => this.dropOldest(),
    };
    this.machine = world.instance(definition, place, { capacity: model.capacity, dropOldest: model.overflow === 'drop-oldest' }, actions);
    const event = (name: string) => definition.event(name);
    this.events = {
      publish: event('publish'),
      dispatch: event('dispatch'),
      acknowledge: event('acknowledge'),
      return: event('return'),
      discard: event('discard'),
      forget: event('forget'),
    };
  }

  override connected(): void {
    this.consumers = this.world.topology.waysFrom(this).map((way) => ({ way, prefetch: this.prefetchFor(way.to), unacknowledged: 0 }));
  }

  override receive(message: Message): void {
    if (message.kind === MessageKind.ack || message.kind === MessageKind.nack) this.settle(message);
    else this.machine.send(this.events.publish, message);
    this.dispatchReady();
  }

  /** The kernel's event: a delivered message has not been acknowledged in time. */
  ackTimedOut(stored: Stored): void {
    stored.timer = undefined;
    this.giveBack(stored);
    this.dispatchReady();
  }

  private prefetchFor(consumer: Node): number {
    if (this.model.prefetch !== undefined) return this.model.prefetch;
    return consumer instanceof ServiceNode ? 2 * consumer.model.workers : LIMITS.prefetch;
  }

  private store(message: Message): void {
    const { now } = this;
    const stored = new Stored(this, message, now);
    message.request.hopes++;
    this.ready.push(stored);
    this.world.recorder.record(now, RecordKind.joined, this.place, message.request.id, message.id, 0, this.ready.length);
    if (message.ticket) this.confirm(message, MessageKind.confirm);
  }

  private refuse(message: Message): void {
    this.world.recorder.record(this.now, RecordKind.refused, this.place, message.request.id, message.id, 0, 0);
    if (message.ticket) this.confirm(message, MessageKind.nack);
  }

  private dropOldest(): void {
    const stored = this.ready.shift();
    invariant(stored !== undefined, `${this.id} drops the oldest of an empty queue`);
    this.drop(stored);
  }

  private confirm(message: Message, kind: MessageKind): void {
    const confirm = new Message(message.id, kind, message.request, message.chain.copy(), this.id, undefined);
    confirm.ticket = message.ticket;
    if (kind === MessageKind.nack) {
      confirm.status = 'RESOURCE_EXHAUSTED';
      confirm.errorText = `the queue ${this.id} is full`;
    }
    message.way!.opposite.send(confirm);
  }

  private dispatchReady(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    while (this.ready.length > 0) {
      const consumer = this.freeConsumer();
      if (!consumer) break;
      this.dispatch(this.ready.shift()!, consumer);
    }
    this.dispatching = false;
  }

  /** Round robin over the consumers that may hold one more. */
  private freeConsumer(): Consumer | undefined {
    for (let turn = 0; turn < this.consumers.length; turn++) {
      const consumer = this.consumers[(this.nextConsumer + turn) % this.consumers.length]!;
      if (this.manualAck && consumer.unacknowledged >= consumer.prefetch) continue;
      this.nextConsumer = (this.nextConsumer + turn + 1) % this.consumers.length;
      return consumer;
    }
    return undefined;
  }

  private dispatch(stored: Stored, consumer: Consumer): void {
    const { now } = this;
    const { message } = stored;
    stored.deliveries++;
    message.request.hopes--;
    message.chain.spend('td', now);
    this.world.recorder.record(
      now,
      RecordKind.dispatched,
      this.place,
      message.request.id,
      message.id,
      stored.deliveries,
      now - stored.readySince,
    );
    const delivery = new Message(message.id, message.kind, message.request, message.chain.copy(), message.from, message.body);
    delivery.replyTo = message.replyTo;
    delivery.correlationId = message.correlationId;
    delivery.deliveries = stored.deliveries;
    delivery.stored = stored;
    if (this.manualAck) {
      this.machine.send(this.events.dispatch, message);
      stored.consumer = consumer;
      consumer.unacknowledged++;
      if (this.model.ackTimeoutMicros !== undefined) {
        message.request.hopes++;
        stored.timer = this.world.kernel.scheduleOnLane(this.world.kernel.lane(this.model.ackTimeoutMicros), EventKind.ackTimeout, stored);
      }
    } else {
      stored.gone = true;
      this.machine.send(this.events.forget, message);
      this.world.recorder.record(now, RecordKind.acknowledged, this.place, message.request.id, message.id, 0, now - stored.storedAt);
    }
    consumer.way.send(delivery);
  }

  /** An ack or nack has come. One for an earlier delivery than the last still ends it: the work is done. */
  private settle(answer: Message): void {
    const stored = answer.stored!;
    if (stored.gone) return;
    if (answer.kind === MessageKind.ack) {
      if (!stored.consumer) return;
      stored.gone = true;
      this.leaveConsumer(stored);
      this.machine.send(this.events.acknowledge, stored.message);
      const { request, id } = stored.message;
      this.world.recorder.record(this.now, RecordKind.acknowledged, this.place, request.id, id, 0, this.now - stored.storedAt);
    } else if (stored.consumer && answer.deliveries === stored.deliveries) this.giveBack(stored);
  }

  private giveBack(stored: Stored): void {
    const { message } = stored;
    this.leaveConsumer(stored);
    message.chain.spend('td', this.now);
    stored.readySince = this.now;
    this.world.recorder.record(this.now, RecordKind.returned, this.place, message.request.id, message.id, stored.deliveries, 0);
    this.machine.send(this.events.return, message);
    message.request.hopes++;
    if (stored.deliveries >= this.model.maxDeliveries) {
      this.machine.send(this.events.discard, message);
      this.drop(stored);
    } else this.ready.unshift(stored);
  }

  private drop(stored: Stored): void {
    const { request, id } = stored.message;
    stored.gone = true;
    request.hopes--;
    request.lostMessages++;
    this.world.recorder.record(this.now, RecordKind.dropped, this.place, request.id, id, stored.deliveries, this.now - stored.storedAt);
    this.world.suspect(request);
  }

  private leaveConsumer(stored: Stored): void {
    stored.consumer!.unacknowledged--;
    stored.consumer = undefined;
    if (stored.timer !== undefined && this.world.kernel.cancel(stored.timer)) stored.request.hopes--;
    stored.timer = undefined;
  }
}
