/** A service as a member of a group: a reader for each of its partitions, and the offsets that it commits. */
import type { Group } from '../../model/kinds/topic';
import { MessageKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import { Chain } from '../chain';
import type { Instance } from '../driver';
import { EventKind } from '../event-kind';
import type { LinkNode } from '../link-node';
import { Message } from '../message';
import type { ServiceNode } from '../service-node';
import type { Confirmable } from '../ticket';
import type { World } from '../world';
import { Commit } from './commit';
import type { ConsumerGroup } from './consumer-group';
import { PartitionReader } from './partition-reader';
import type { TopicNode } from './topic-node';

export class Consumer {
  readonly readers = new Map<number, PartitionReader>();
  readonly model: Group;
  readonly fetcherEvents: TopicNode['fetcherEvents'];
  /** By partition: positions that no commit has carried yet. */
  private readonly uncommitted = new Map<number, number>();
  private lastCommitAt: Micros = 0;
  private commitPlanned = false;

  constructor(
    readonly world: World,
    readonly topic: TopicNode,
    readonly group: ConsumerGroup,
    readonly service: ServiceNode,
    /** From the topic to the service. */
    private readonly way: LinkNode,
  ) {
    this.model = group.model;
    this.fetcherEvents = topic.fetcherEvents;
  }

  makeFetcher(slot: number, actions: Record<string, (payload: unknown) => void>): Instance {
    return this.topic.makeFetcher(slot, this.model.maxDeliveries, actions);
  }

  /** The partition is this member's, to be read from an offset on. */
  assign(partition: number, offset: number): void {
    let reader = this.readers.get(partition);
    if (!reader) this.readers.set(partition, (reader = new PartitionReader(this, partition, this.group.slotOf(partition))));
    reader.start(offset);
  }

  handOver(delivery: Message): void {
    delivery.way = this.way;
    delivery.arrivedAt = this.world.kernel.now;
    this.service.handOver(delivery);
  }

  /** A message to the topic that belongs to no request. */
  write(kind: MessageKind): Message {
    const { world } = this;
    return new Message(world.nextMessageId++, kind, world.background, new Chain(world.kernel.now), this.service.id, undefined);
  }

  send(message: Message): void {
    this.way.opposite.send(message);
  }

  /** All up to an offset is handled; it will be committed when its time has come. */
  progressed(partition: number, position: number): void {
    if (this.model.commit === 'manual' || position === this.group.committed[partition]) return;
    this.uncommitted.set(partition, position);
    this.planCommit();
  }

  /** `ctx.commit`. */
  commit(message: Message, offsets: ReadonlyMap<number, number>, asker: Confirmable): void {
    message.log = { commit: new Commit(this, offsets, asker) };
    this.send(message);
  }

  /** The topic has kept what a commit carried. */
  committed({ offsets }: Commit): void {
    for (const [partition, offset] of offsets) if (this.uncommitted.get(partition) === offset) this.uncommitted.delete(partition);
  }

  /** The kernel's event: the time of an automatic commit. One that got lost is repeated with the next. */
  tick(): void {
    this.commitPlanned = false;
    if (this.uncommitted.size === 0) return;
    this.lastCommitAt = this.world.kernel.now;
    const message = this.write(MessageKind.commit);
    message.log = { commit: new Commit(this, new Map(this.uncommitted), undefined) };
    this.send(message);
    if (this.model.commitIntervalMicros > 0) this.planCommit();
  }

  private planCommit(): void {
    if (this.commitPlanned) return;
    this.commitPlanned = true;
    const { kernel } = this.world;
    const due = this.lastCommitAt + this.model.commitIntervalMicros;
    kernel.schedule(Math.max(0, due - kernel.now), EventKind.tick, this);
  }
}
