/**
 * A topic in a running world. With retention it is a log: it appends, confirms, keeps, and answers the fetches of its groups. Without,
 * it hands each record to whoever subscribes, at once and once.
 */
import type { Group, Topic } from '../../model/kinds/topic';
import { partitionOfKey } from '../../model/murmur2';
import type { Micros } from '../../model/time';
import { MessageKind, RecordKind, type PartPlace } from '../../model/trace';
import type { Definition, Instance } from '../driver';
import { EventKind } from '../event-kind';
import type { LinkNode } from '../link-node';
import { Message } from '../message';
import { Node } from '../node';
import type { Status } from '../status';
import type { ServiceNode } from '../service-node';
import type { World } from '../world';
import { Consumer } from './consumer';
import { ConsumerGroup } from './consumer-group';
import type { LogRecord } from './log-record';
import { PartitionLog } from './partition-log';
import { recordBytes, StickyPartitioner } from './sticky-partitioner';
import { Subscriber } from './subscriber';

const FETCHER_EVENTS = ['start', 'records', 'handled', 'failed', 'elapsed', 'rewind', 'stop', 'drop'] as const;
const GROUP_EVENTS = ['formed', 'joinNew', 'joinKnown', 'gone', 'timeUp', 'synced'] as const;
const MEMBER_EVENTS = [
  ...(['formed', 'enter', 'joined', 'synced', 'rebalance', 'fenced', 'released', 'committed'] as const),
  ...(['elapsed', 'tooSlow', 'leave', 'crash'] as const),
] as const;

type Numbers<Name extends string> = Readonly<Record<Name, number>>;

/** The machines of a topic. */
export interface TopicDefinitions {
  readonly fetcher: Definition;
  readonly group: Definition;
  readonly member: Definition;
}

export class TopicNode extends Node {
  override readonly takesPublications = true;
  readonly fetcherEvents: Numbers<(typeof FETCHER_EVENTS)[number]>;
  readonly groupEvents: Numbers<(typeof GROUP_EVENTS)[number]>;
  readonly memberEvents: Numbers<(typeof MEMBER_EVENTS)[number]>;
  private readonly logs: readonly PartitionLog[];
  /** Fetches that wait for records, by partition. */
  private readonly parked: readonly Message[][];
  private readonly expiries: readonly (Expiry | undefined)[];
  private readonly partitioners = new Map<Node, StickyPartitioner>();
  private subscribers: readonly Subscriber[] = [];

  constructor(
    override readonly world: World,
    place: number,
    override readonly model: Topic,
    private readonly definitions: TopicDefinitions,
  ) {
    super(world, place, model.id);
    this.logs = Array.from({ length: model.partitions }, () => new PartitionLog());
    this.parked = this.logs.map(() => []);
    const timeMicros = model.retention?.timeMicros;
    this.expiries = this.logs.map((log, partition) =>
      timeMicros === undefined ? undefined : new Expiry(this, log, partition, timeMicros),
    );
    world.nameChart(definitions.fetcher, place);
    this.fetcherEvents = eventsOf(definitions.fetcher, FETCHER_EVENTS);
    this.groupEvents = eventsOf(definitions.group, GROUP_EVENTS);
    this.memberEvents = eventsOf(definitions.member, MEMBER_EVENTS);
  }

  override connected(): void {
    const byMember = new Map(this.world.topology.waysFrom(this).map((way) => [way.to.id, way]));
    const ways = (group: Group): LinkNode[] => [...group.members].sort().map((member) => byMember.get(member)!);
    if (!this.model.retention) {
      const subscriptions = this.model.groups.flatMap((group, index) => ways(group).map((way) => ({ index, way })));
      this.subscribers = subscriptions.map(({ index, way }, number) => new Subscriber(this, index, way, number));
      return;
    }
    for (const [index, model] of this.model.groups.entries()) {
      const group = new ConsumerGroup(this, index, model);
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

  makeCoordinator({ name }: Group, actions: Record<string, (payload: unknown) => void>): Instance {
    return this.makePart(this.definitions.group, { kind: 'part', id: name, of: this.place, to: undefined, role: 'policy' }, {}, actions);
  }

  makeMember(service: Node, { name, assignment }: Group, actions: Record<string, (payload: unknown) => void>): Instance {
    const input = { cooperative: assignment === 'cooperative-sticky' };
    return this.makePart(
      this.definitions.member,
      { kind: 'part', id: name, of: service.place, to: this.id, role: 'policy' },
      input,
      actions,
    );
  }

  makeFetcher(slot: number, maxDeliveries: number, actions: Record<string, (payload: unknown) => void>): Instance {
    return this.world.instance(this.definitions.fetcher, this.place, { maxDeliveries }, actions, undefined, slot);
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

  /** The first so many records of a partition are gone. */
  expire(partition: number, count: number): void {
    const log = this.logs[partition]!;
    for (const { effect } of log.slice(log.startOffset, count)) effect?.forget();
    log.expire(count);
    this.world.recorder.record(this.now, RecordKind.recordsExpired, this.place, 0, log.startOffset, partition, count);
  }

  private publish(message: Message): void {
    const { partition, key } = message.log!.publication!;
    const { now } = this;
    const log = this.logs[partition]!;
    const offset = log.endOffset;
    const { id, request, from, body } = message;
    message.chain.spend('td', now);
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
    };
    log.append(record);
    this.world.recorder.record(now, RecordKind.appended, this.place, request.id, offset, partition, id);
    if (message.ticket) this.answer(message, Object.freeze({ partition, offset }));
    const { retention, groups } = this.model;
    record.effect?.expect(retention ? groups.length : this.subscribers.length, message.chain);
    if (!retention) {
      log.expire(1);
      for (const subscriber of this.subscribers) subscriber.push(record);
      return;
    }
    record.effect?.keep();
    if (log.length > retention.records) this.expire(partition, log.length - retention.records);
    this.expiries[partition]?.plan();
    this.serve(partition);
  }

  private commit(message: Message): void {
    const error = message.log!.commit!.consumer.group.commit(message);
    if (error) this.answer(message, error, 'FAILED_PRECONDITION', `${error}: the group goes on without this commit`);
    else this.answer(message, undefined);
  }

  private makePart(
    definition: Definition,
    part: PartPlace,
    input: Record<string, unknown>,
    actions: Record<string, (payload: unknown) => void>,
  ): Instance {
    return this.world.instance(definition, this.world.addPlace(part), input, actions);
  }

  private answer(message: Message, body: unknown, status?: Status, errorText = ''): void {
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
  private serve(partition: number): void {
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
    const isKept = fetch.offset >= log.startOffset && fetch.offset <= log.endOffset;
    const offset = isKept ? fetch.offset : this.offsetOf(partition, model.from);
    // A reader that lost its place and goes on at the end never comes to what is in between.
    if (!isKept) for (const { effect } of log.slice(log.startOffset, offset - log.startOffset)) effect?.forget();
    const records = log.slice(offset, model.maxPoll);
    const [first] = records;
    if (!first) {
      message.log = { fetch: { ...fetch, offset } };
      return false;
    }
    const answer = new Message(first.message, MessageKind.records, first.request, first.chain.copy(), this.id, undefined);
    answer.log = { fetch: { ...fetch, offset, records } };
    message.way!.opposite.send(answer);
    return true;
  }
}

function eventsOf<Name extends string>(definition: Definition, names: readonly Name[]): Numbers<Name> {
  return Object.fromEntries(names.map((name) => [name, definition.event(name)])) as Numbers<Name>;
}

/** The time after which the records of one partition expire, oldest first. */
class Expiry {
  private planned = false;

  constructor(
    private readonly topic: TopicNode,
    private readonly log: PartitionLog,
    private readonly partition: number,
    private readonly timeMicros: Micros,
  ) {}

  plan(): void {
    const { oldest } = this.log;
    if (this.planned || !oldest) return;
    this.planned = true;
    const { kernel } = this.topic.world;
    kernel.schedule(oldest.appendedAt + this.timeMicros - kernel.now, EventKind.tick, this);
  }

  /** The kernel's event. The oldest may be gone already, by their number. */
  tick(): void {
    this.planned = false;
    const until = this.topic.world.kernel.now - this.timeMicros;
    const count = this.log.countUntil(until);
    if (count > 0) this.topic.expire(this.partition, count);
    this.plan();
  }
}
