/**
 * How one member of a group reads one partition. The `fetcher` machine decides when to fetch and when to hand the next record to the
 * service; this does it. One record of a partition is in hand at a time, so its records are handled in their order.
 */
import { MessageKind, RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import { Countdown } from '../countdown';
import type { Instance } from '../driver';
import { Message } from '../message';
import type { Consumer } from './consumer';
import { REQUEST_TIMEOUT_MICROS } from './group-traffic';
import type { LogRecord } from './log-record';
import type { RecordSource } from './log-traffic';
import type { TopicMachines } from './topic-machines';

/** What the records are called of a reader whose partition is another's. */
const STRAY = {
  [RecordKind.delivered]: RecordKind.strayDelivered,
  [RecordKind.handled]: RecordKind.strayHandled,
  [RecordKind.passedOver]: RecordKind.strayPassedOver,
} as const;

/** What a fetch asks for, and what its answer brings. */
export interface Fetch {
  readonly reader: PartitionReader;
  /** Counts the fetches of the reader: the answer to an earlier one is ignored. */
  readonly number: number;
  readonly offset: number;
  /** Of the log, when it gave the reader this offset. */
  readonly epoch: number;
  readonly records: readonly LogRecord[];
}

export class PartitionReader implements RecordSource {
  /** The offset that comes after all that was handled. */
  position = 0;
  /** Of the log that it has read up to there. */
  epoch = 0;
  /** It finishes the record in hand, and is then done with the partition. */
  isStopping = false;
  private fetches = 0;
  private fetched: readonly LogRecord[] = [];
  private at = 0;
  /** When the fetched records left the topic, and when they came. */
  private sentAt: Micros = 0;
  private arrivedAt: Micros = 0;
  private seekTo: number | undefined;
  private readonly patience: Countdown;
  private readonly machine: Instance;
  private readonly events: TopicMachines['fetcherEvents'];

  constructor(
    readonly consumer: Consumer,
    readonly partition: number,
    /** Of the group and the partition, as the trace counts them. */
    private readonly slot: number,
  ) {
    this.events = consumer.fetcherEvents;
    this.patience = new Countdown(consumer.world, consumer.service, () => this.machine.send(this.events.elapsed));
    this.machine = consumer.makeFetcher(slot, {
      fetch: () => this.fetch(),
      handOver: () => this.handOver(),
      advance: () => this.advance(),
      backOff: () => this.patience.start(consumer.model.retryBackoffMicros),
      released: () => this.released(),
      passOver: () => this.passOver(),
    });
  }

  start(offset: number): void {
    this.position = offset;
    this.epoch = this.consumer.topic.epochOf(this.partition);
    this.machine.send(this.events.start);
  }

  /** The topic has answered a fetch. */
  receive(answer: Message): void {
    const { number, offset, epoch, records } = answer.log!.fetch!;
    if (number !== this.fetches) return;
    this.fetches++;
    this.patience.stop();
    this.position = offset;
    this.epoch = epoch;
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

  /** The partition goes to another, after the record in hand. */
  stop(): void {
    this.isStopping = true;
    this.machine.send(this.events.stop);
  }

  /** The process is gone. */
  drop(): void {
    this.end();
    this.machine.send(this.events.drop);
  }

  /** How long ago the records came of which one is in hand; 0 when none is. */
  inHandFor(): Micros {
    return this.fetched.length === 0 ? 0 : this.consumer.world.kernel.now - this.arrivedAt;
  }

  private released(): void {
    this.end();
    this.consumer.gaveUp(this.partition, this.position);
  }

  /** What is still to come for it finds nobody. */
  private end(): void {
    this.isStopping = false;
    this.patience.stop();
    this.fetches++;
    this.fetched = [];
    this.seekTo = undefined;
  }

  private get inHand(): LogRecord {
    return this.fetched[this.at]!;
  }

  private fetch(): void {
    const { consumer, position: offset, epoch } = this;
    this.fetched = [];
    consumer.progressed(this.partition, offset);
    const message = consumer.write(MessageKind.fetch);
    message.log = { fetch: { reader: this, number: ++this.fetches, offset, epoch, records: [] } };
    consumer.send(message);
    this.patience.start(REQUEST_TIMEOUT_MICROS);
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
    const { member, group, topic } = this.consumer;
    // What stands there by now may be another record than the one it fetched.
    if (member && this.epoch === topic.epochOf(this.partition)) group.reach(this.partition, this.position);
  }

  private passOver(): void {
    this.record(RecordKind.passedOver, this.machine.context['deliveries'] as number);
    this.inHand.effect?.forget();
  }

  private record(kind: keyof typeof STRAY, value: number): void {
    const { world, topic, service } = this.consumer;
    const { request, offset } = this.inHand;
    const isStray = this.consumer.isStray(this.partition);
    const [noted, said] = isStray ? [STRAY[kind], service.place] : [kind, value];
    world.recorder.record(world.kernel.now, noted, topic.place, request.id, offset, this.slot, said);
  }
}
