/** A service as a member of a group: a reader for each of its partitions, and the offsets that it commits. */
import type { Group } from '../../model/kinds/topic';
import { MessageKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import { Chain } from '../chain';
import type { Instance } from '../driver';
import { Countdown } from '../countdown';
import type { LinkNode } from '../link-node';
import { Message } from '../message';
import type { ServiceNode } from '../service-node';
import type { Confirmable } from '../ticket';
import type { World } from '../world';
import { Commit } from './commit';
import type { ConsumerGroup } from './consumer-group';
import { GroupMember } from './group-member';
import { PartitionReader } from './partition-reader';
import type { TopicMachines } from './topic-machines';
import type { TopicNode } from './topic-node';

export class Consumer {
  readonly readers = new Map<number, PartitionReader>();
  readonly model: Group;
  readonly fetcherEvents: TopicMachines['fetcherEvents'];
  /** By partition: positions that no commit has carried yet. */
  private readonly uncommitted = new Map<number, number>();
  private lastCommitAt: Micros = 0;
  private readonly commits: Countdown;
  private commitPlanned = false;
  /** Of a group that is rebalanced. */
  member: GroupMember | undefined = undefined;
  /** Partitions that it reads; and how many of them it is giving up, with a record still in hand. */
  readonly reading = new Set<number>();
  stopping = 0;

  constructor(
    readonly world: World,
    readonly topic: TopicNode,
    readonly group: ConsumerGroup,
    readonly service: ServiceNode,
    /** From the topic to the service. */
    private readonly way: LinkNode,
  ) {
    this.model = group.model;
    this.fetcherEvents = topic.machines.fetcherEvents;
    this.commits = new Countdown(world, service, () => this.commitDue());
  }

  /** Something can keep its heartbeats from the coordinator. */
  get canVanish(): boolean {
    const { way, service } = this;
    return service.availability !== undefined || way.disturbance !== undefined || way.opposite.disturbance !== undefined;
  }

  /** It is to be a member of a group that is rebalanced. */
  joinIn(): GroupMember {
    this.service.residents.push(this);
    return (this.member = new GroupMember(this));
  }

  crash(): void {
    this.member!.crash();
  }

  leave(): void {
    this.member!.leave();
  }

  get isLeaving(): boolean {
    return this.member!.isLeaving;
  }

  restart(): void {
    this.member!.begin();
  }

  makeFetcher(slot: number, actions: Record<string, (payload: unknown) => void>): Instance {
    return this.topic.machines.fetcher(slot, this.model.maxDeliveries, actions);
  }

  /** Reads the partition from an offset on. */
  takeUp(partition: number, offset: number): void {
    this.reading.add(partition);
    let reader = this.readers.get(partition);
    if (!reader) this.readers.set(partition, (reader = new PartitionReader(this, partition, this.group.slotOf(partition))));
    reader.start(offset);
  }

  /** Reads these partitions no longer, each once the record in hand is done with. What is given up already is not given up twice. */
  giveUp(partitions: readonly number[]): void {
    const readers = partitions.map((partition) => this.readers.get(partition)!).filter(({ isStopping }) => !isStopping);
    this.stopping += readers.length;
    for (const reader of readers) reader.stop();
  }

  /** A reader has nothing in hand any more. */
  gaveUp(partition: number, position: number): void {
    this.stopping--;
    this.reading.delete(partition);
    this.progressed(partition, position);
    this.group.release(this, partition);
    this.member!.released();
  }

  /** Its process is gone: nothing of what it did is left. */
  drop(): void {
    for (const reader of this.readers.values()) reader.drop();
    this.commits.stop();
    this.commitPlanned = false;
    this.uncommitted.clear();
    this.reading.clear();
    this.stopping = 0;
  }

  /** It is nobody's member any more: what it has handled is not its to commit. */
  forgetProgress(): void {
    this.uncommitted.clear();
  }

  /** Whether the group has given the partition away, and this consumer reads on because it does not know. */
  isStray(partition: number): boolean {
    return this.member !== undefined && !this.group.isOwner(partition, this);
  }

  /** For how long it has had records in hand that came with one fetch. */
  longestPoll(): Micros {
    return Math.max(0, ...[...this.reading].map((partition) => this.readers.get(partition)!.inHandFor()));
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
    if (this.member && !this.member.isMember) return;
    if (this.model.commit === 'manual') return;
    if (position === this.group.committed[partition]) {
      // The code has committed it. Something else that still waits to be committed is older, and would take the group back.
      if (this.uncommitted.get(partition) !== position) this.uncommitted.delete(partition);
      return;
    }
    this.uncommitted.set(partition, position);
    this.planCommit();
  }

  /** Of the log of a partition that is read here, as its reader knows it. */
  epochOf(partition: number): number {
    return this.readers.get(partition)!.epoch;
  }

  /** `ctx.commit`. */
  commit(message: Message, offsets: ReadonlyMap<number, number>, asker: Confirmable | undefined): void {
    message.log = { commit: new Commit(this, offsets, this.member?.identity, asker) };
    this.send(message);
  }

  /** Commits what is handled and not committed. False when there is nothing; else `done` is called with the topic's answer. */
  commitNow(done?: () => void): boolean {
    if (this.uncommitted.size === 0) return false;
    this.lastCommitAt = this.world.kernel.now;
    this.commit(this.write(MessageKind.commit), new Map(this.uncommitted), done && { confirmed: done });
    // What another member will read is no longer this one's to commit.
    for (const partition of [...this.uncommitted.keys()]) if (!this.reading.has(partition)) this.uncommitted.delete(partition);
    return true;
  }

  /** The topic has kept what a commit carried. */
  committed({ offsets }: Commit): void {
    for (const [partition, offset] of offsets) if (this.uncommitted.get(partition) === offset) this.uncommitted.delete(partition);
  }

  /** The time of an automatic commit. One that got lost is repeated with the next. */
  private commitDue(): void {
    this.commitPlanned = false;
    if (this.commitNow() && this.model.commitIntervalMicros > 0) this.planCommit();
  }

  private planCommit(): void {
    if (this.commitPlanned) return;
    this.commitPlanned = true;
    const { kernel } = this.world;
    const due = this.lastCommitAt + this.model.commitIntervalMicros;
    this.commits.start(Math.max(0, due - kernel.now));
  }
}
