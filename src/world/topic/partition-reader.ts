/**
 * How one member of a group reads one partition. The `fetcher` machine decides when to fetch and when to hand the next record to the
 * service; this does it. One record of a partition is in hand at a time, so its records are handled in their order.
 */
import { MessageKind, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Timer } from '../../sim/kernel';
import type { Instance } from '../driver';
import { EventKind } from '../event-kind';
import { Message } from '../message';
import type { Consumer } from './consumer';
import type { LogRecord } from './log-record';
import type { RecordSource } from './log-traffic';

/** Kafka's request.timeout.ms: a fetch that is not answered for so long is repeated. */
const PATIENCE_MICROS: Micros = 30_000_000;

/** What a fetch asks for, and what its answer brings. */
export interface Fetch {
  readonly reader: PartitionReader;
  /** Counts the fetches of the reader: the answer to an earlier one is ignored. */
  readonly number: number;
  readonly offset: number;
  readonly records: readonly LogRecord[];
}

export class PartitionReader implements RecordSource {
  /** The offset that comes after all that was handled. */
  position = 0;
  private fetches = 0;
  private fetched: readonly LogRecord[] = [];
  private at = 0;
  /** When the fetched records left the topic, and when they came. */
  private sentAt: Micros = 0;
  private arrivedAt: Micros = 0;
  private seekTo: number | undefined;
  private timer: Timer | undefined;
  private readonly machine: Instance;
  private readonly events: Consumer['fetcherEvents'];

  constructor(
    readonly consumer: Consumer,
    readonly partition: number,
    /** Of the group and the partition, as the trace counts them. */
    private readonly slot: number,
  ) {
    this.events = consumer.fetcherEvents;
    this.machine = consumer.makeFetcher(slot, {
      fetch: () => this.fetch(),
      handOver: () => this.handOver(),
      advance: () => this.advance(),
      backOff: () => this.wait(consumer.model.retryBackoffMicros),
      passOver: () => this.passOver(),
    });
  }

  start(offset: number): void {
    this.position = offset;
    this.machine.send(this.events.start);
  }

  /** The topic has answered a fetch. */
  receive(answer: Message): void {
    const { number, offset, records } = answer.log!.fetch!;
    if (number !== this.fetches) return;
    this.fetches++;
    this.stopWaiting();
    this.position = offset;
    this.fetched = records;
    this.at = 0;
    this.sentAt = answer.sentAt;
    this.arrivedAt = this.consumer.world.kernel.now;
    this.machine.send(this.events.records, records.length);
  }

  handled(ok: boolean): void {
    if (ok) this.record(RecordKind.handled, this.consumer.world.kernel.now - this.inHand.appendedAt);
    this.machine.send(ok ? this.events.handled : this.events.failed);
  }

  /** `ctx.seek`: after the record in hand, reading goes on here. */
  seek(offset: number): void {
    this.seekTo = offset;
    const { world, topic } = this.consumer;
    world.recorder.record(world.kernel.now, RecordKind.sought, topic.place, this.inHand.request.id, offset, this.slot, 0);
    this.machine.send(this.events.rewind);
  }

  /** The kernel's event: a fetch has waited too long, or a back-off is over. */
  tick(): void {
    this.timer = undefined;
    this.machine.send(this.events.elapsed);
  }

  private get inHand(): LogRecord {
    return this.fetched[this.at]!;
  }

  private fetch(): void {
    const { consumer, position: offset } = this;
    consumer.progressed(this.partition, offset);
    const message = consumer.write(MessageKind.fetch);
    message.log = { fetch: { reader: this, number: ++this.fetches, offset, records: [] } };
    consumer.send(message);
    this.wait(PATIENCE_MICROS);
  }

  private handOver(): void {
    const { inHand, consumer } = this;
    const { message: id, request, from, body } = inHand;
    const chain = inHand.chain.copy();
    chain.spend('td', this.sentAt);
    chain.spend('tr', this.arrivedAt);
    const delivery = new Message(id, MessageKind.message, request, chain, from, body);
    delivery.effect = inHand.effect;
    delivery.log = {
      delivery: { record: inHand, receiver: consumer.group.index, number: this.machine.context['deliveries'] as number, source: this },
    };
    this.record(RecordKind.delivered, consumer.world.kernel.now - inHand.appendedAt);
    consumer.handOver(delivery);
  }

  private advance(): void {
    this.position = this.seekTo ?? this.inHand.offset + 1;
    this.seekTo = undefined;
    this.at++;
  }

  private passOver(): void {
    this.record(RecordKind.passedOver, this.machine.context['deliveries'] as number);
    this.inHand.effect?.forget();
  }

  private record(kind: RecordKind, value: number): void {
    const { world, topic } = this.consumer;
    const { request, offset } = this.inHand;
    world.recorder.record(world.kernel.now, kind, topic.place, request.id, offset, this.slot, value);
  }

  private wait(micros: Micros): void {
    this.stopWaiting();
    const { kernel } = this.consumer.world;
    this.timer = kernel.scheduleOnLane(kernel.lane(micros), EventKind.tick, this);
  }

  private stopWaiting(): void {
    if (this.timer !== undefined) this.consumer.world.kernel.cancel(this.timer);
    this.timer = undefined;
  }
}
