/**
 * A topic in a running world. With retention it is a log: it appends, confirms, keeps, and answers the fetches of its groups. Without,
 * it hands each record to whoever subscribes, at once and once.
 */
import type { Group, Topic } from '../../model/kinds/topic';
import { partitionOfKey } from '../../model/murmur2';
import type { Component } from '../../model/scenario';
import { MessageKind, RecordKind } from '../../model/trace';
import type { LinkNode } from '../link-node';
import { Message } from '../message';
import { Node } from '../node';
import type { Status } from '../status';
import type { ServiceNode } from '../service-node';
import type { World } from '../world';
import { Consumer } from './consumer';
import { ConsumerGroup } from './consumer-group';
import type { LogRecord } from './log-record';
import { Expiry } from './expiry';
import { PartitionLog } from './partition-log';
import { Producers } from './producer';
import { ProducerLedger } from './producer-ledger';
import { Replication } from './replication';
import { recordBytes, StickyPartitioner } from './sticky-partitioner';
import { Subscriber } from './subscriber';
import { TopicMachines, type TopicDefinitions } from './topic-machines';

export class TopicNode extends Node {
  override readonly takesPublications = true;
  readonly machines: TopicMachines;
  private readonly logs: readonly PartitionLog[];
  /** Fetches that wait for records, by partition. */
  private readonly parked: readonly Message[][];
  /** Only of a log. */
  private readonly expiries: readonly Expiry[];
  private readonly partitioners = new Map<Node, StickyPartitioner>();
  private subscribers: readonly Subscriber[] = [];
  /** Only of a log. */
  private readonly groups: ConsumerGroup[] = [];
  /** Of partitions in several copies. */
  readonly replication: Replication | undefined;
  /** Of producers that try again, and of those that number what they send. */
  readonly producers: Producers | undefined;
  readonly ledger: ProducerLedger | undefined;

  constructor(
    override readonly world: World,
    place: number,
    override model: Topic,
    definitions: TopicDefinitions,
  ) {
    super(world, place, model.id);
    this.logs = Array.from({ length: model.partitions }, () => new PartitionLog());
    this.parked = this.logs.map(() => []);
    const { retention } = model;
    this.expiries = retention ? this.logs.map((log, partition) => new Expiry(this, log, partition, retention.timeMicros)) : [];
    this.machines = new TopicMachines(world, place, model.id, definitions);
    this.producers = model.producer && new Producers(this);
    this.ledger = model.producer?.idempotent ? new ProducerLedger(model.partitions) : undefined;
    this.replication = model.replication && new Replication(this, this.logs);
  }

  override connected(): void {
    this.replication?.start();
    const byMember = new Map(this.world.topology.waysFrom(this).map((way) => [way.to.id, way]));
    const ways = (group: Group): LinkNode[] => [...group.members].sort().map((member) => byMember.get(member)!);
    if (!this.model.retention) {
      const subscriptions = this.model.groups.flatMap((group, index) => ways(group).map((way) => ({ index, way })));
      this.subscribers = subscriptions.map(({ index, way }, number) => new Subscriber(this, index, way, number));
      return;
    }
    for (const [index, model] of this.model.groups.entries()) {
      const group = new ConsumerGroup(this, index, model);
      this.groups.push(group);
      group.form(ways(model).map((way) => new Consumer(this.world, this, group, way.to as ServiceNode, way)));
    }
  }

  override receive(message: Message): void {
    switch (message.kind) {
      case MessageKind.message:
        this.publish(message);
        return;
      case MessageKind.fetch:
        this.fetch(message);
        return;
      case MessageKind.commit:
        this.commit(message);
        return;
      default:
        message.log?.group?.member.consumer.group.coordinator?.receive(message);
    }
  }

  /** What is kept too long, or is too much, by the new retention is gone at once. */
  override change(model: Component): void {
    if (model.kind !== 'topic' || !model.retention) return;
    this.model = model;
    for (const [partition, log] of this.logs.entries()) {
      if (log.length > model.retention.records) this.expire(partition, log.length - model.retention.records);
      this.expiries[partition]!.change(model.retention.timeMicros);
    }
  }

  /** The partition for what this component publishes: by its key, or the one that the component sticks to. */
  partitionFor(publisher: Node, key: string | undefined, body: unknown): number {
    const { partitions } = this.model;
    if (partitions === 1) return 0;
    if (key !== undefined) return partitionOfKey(key, partitions);
    let sticky = this.partitioners.get(publisher);
    if (!sticky) {
      const chance = this.world.streams.stream(`${publisher.id}>${this.id}/partition`);
      this.partitioners.set(publisher, (sticky = new StickyPartitioner(chance, partitions)));
    }
    return sticky.next(recordBytes(body));
  }

  /** Where reading begins without a committed offset, or with one that is not kept any more. */
  offsetOf(partition: number, from: Group['from']): number {
    const { startOffset, endOffset } = this.logs[partition]!;
    if (from === 'earliest') return startOffset;
    return from === 'latest' ? endOffset : Math.min(endOffset, Math.max(startOffset, from));
  }

  /** A group goes on at an offset and will not handle what is before it, from another offset on. */
  passBy(partition: number, from: number, until: number): void {
    const log = this.logs[partition]!;
    const first = Math.max(from, log.startOffset);
    if (until > first) for (const { effect } of log.slice(first, until - first)) effect?.forget();
  }

  epochOf(partition: number): number {
    return this.logs[partition]!.epoch;
  }

  /** Where a reader goes on that has read up to an offset of an epoch. */
  sinceEpoch(partition: number, epoch: number, offset: number): number {
    return this.logs[partition]!.sinceEpoch(epoch, offset);
  }

  /** A partition has been cut off at an offset. */
  truncated(partition: number, end: number): void {
    this.ledger?.rebuild(partition, this.logs[partition]!);
    for (const group of this.groups) group.fallBack(partition, end);
  }

  /** The first so many records of a partition are gone. */
  expire(partition: number, count: number): void {
    const log = this.logs[partition]!;
    for (const { effect } of log.slice(log.startOffset, count)) effect?.forget();
    log.expire(count);
    this.world.recorder.record(this.now, RecordKind.recordsExpired, this.place, 0, log.startOffset, partition, count);
  }

  private publish(message: Message): void {
    const { partition, key, number } = message.log!.publication!;
    const { now } = this;
    const log = this.logs[partition]!;
    const offset = log.endOffset;
    const { id, request, from, body } = message;
    message.chain.spend('td', now);
    if ((this.replication || number) && this.isTurnedAway(message)) return;
    const record: LogRecord = {
      topic: this.id,
      partition,
      offset,
      key,
      body,
      message: id,
      from,
      request,
      effect: message.effect,
      chain: message.chain.copy(),
      appendedAt: now,
      number,
      isAcknowledged: false,
    };
    log.append(record);
    this.ledger?.note(record);
    this.world.recorder.record(now, RecordKind.appended, this.place, request.id, offset, partition, id);
    if (!this.replication) this.confirm(message, record);
    const { retention, groups } = this.model;
    record.effect?.expect(retention ? groups.length : this.subscribers.length, message.chain);
    if (!retention) {
      log.expire(1);
      for (const subscriber of this.subscribers) subscriber.push(record);
      return;
    }
    record.effect?.keep();
    if (this.replication) this.replication.appended(record, message);
    if (log.length > retention.records) this.expire(partition, log.length - retention.records);
    this.expiries[partition]!.plan();
    this.serve(partition);
  }

  /** A record that is not appended: it cannot be now, or is there already. Whoever published it is told. */
  private isTurnedAway(message: Message): boolean {
    const { partition, number } = message.log!.publication!;
    const refuse = (status: Status, text: string): true => {
      this.note(RecordKind.publishRefused, message, -1, partition);
      this.answer(message, undefined, status, text);
      return true;
    };
    const refusal = this.replication?.refusalOf(partition);
    if (refusal) return refuse(refusal.status, refusal.text);
    const verdict = number ? this.ledger!.judge(partition, number) : 'next';
    if (verdict === 'next') return false;
    if (verdict === 'tooEarly') return refuse('ABORTED', 'OUT_OF_ORDER_SEQUENCE_NUMBER: one before it has not come yet');
    if (verdict === 'oldEpoch') return refuse('ABORTED', 'INVALID_PRODUCER_EPOCH: the producer has begun a new epoch');
    this.note(RecordKind.duplicateDropped, message, verdict === 'forgotten' ? -1 : verdict.offset, partition);
    if (verdict === 'forgotten') this.answer(message, Object.freeze({ partition, offset: -1 }));
    else if (this.replication) this.replication.again(verdict, message);
    else this.confirm(message, verdict);
    return true;
  }

  private note(kind: RecordKind, { request, id }: Message, offset: number, partition: number): void {
    this.world.recorder.record(this.now, kind, this.place, request.id, offset, partition, id);
  }

  /** Tells whoever published a record where it stands, if they want to know. */
  confirm(message: Message, record: LogRecord): void {
    if (!message.ticket || this.model.producer?.acks === 0) return;
    record.isAcknowledged = true;
    message.chain.spend('td', this.now);
    this.answer(message, Object.freeze({ partition: record.partition, offset: record.offset }));
  }

  private commit(message: Message): void {
    const error = message.log!.commit!.consumer.group.commit(message);
    if (error) this.answer(message, error, 'FAILED_PRECONDITION', `${error}: the group goes on without this commit`);
    else this.answer(message, undefined);
  }

  answer(message: Message, body: unknown, status?: Status, errorText = ''): void {
    const confirm = new Message(message.id, MessageKind.confirm, message.request, message.chain.copy(), this.id, body);
    confirm.ticket = message.ticket ?? message.log?.commit;
    confirm.status = status;
    confirm.errorText = errorText;
    message.way!.opposite.send(confirm);
  }

  private fetch(message: Message): void {
    const { reader } = message.log!.fetch!;
    const parked = this.parked[reader.partition]!;
    const earlier = parked.findIndex((other) => other.log!.fetch!.reader === reader);
    if (earlier >= 0) parked.splice(earlier, 1);
    parked.push(message);
    this.serve(reader.partition);
  }

  /** Answers the fetches for which there are records by now. */
  serve(partition: number): void {
    const parked = this.parked[partition]!;
    for (let at = 0; at < parked.length;) {
      if (this.answerFetch(parked[at]!)) parked.splice(at, 1);
      else at++;
    }
  }

  private answerFetch(message: Message): boolean {
    const fetch = message.log!.fetch!;
    const { partition } = fetch.reader;
    const { model } = fetch.reader.consumer;
    const log = this.logs[partition]!;
    const { epoch } = log;
    const wanted = log.sinceEpoch(fetch.epoch, fetch.offset);
    const isKept = wanted >= log.startOffset && wanted <= log.endOffset;
    const offset = isKept ? wanted : this.offsetOf(partition, model.from);
    // A reader that lost its place and goes on at the end never comes to what is in between.
    if (!isKept) for (const { effect } of log.slice(log.startOffset, offset - log.startOffset)) effect?.forget();
    const visible = this.replication ? this.replication.visibleEnd(partition) : log.endOffset;
    const records = log.slice(offset, Math.max(0, Math.min(model.maxPoll, visible - offset)));
    const [first] = records;
    if (!first) {
      message.log = { fetch: { ...fetch, offset, epoch } };
      return false;
    }
    const answer = new Message(first.message, MessageKind.records, first.request, first.chain.copy(), this.id, undefined);
    answer.log = { fetch: { ...fetch, offset, epoch, records } };
    message.way!.opposite.send(answer);
    return true;
  }
}
