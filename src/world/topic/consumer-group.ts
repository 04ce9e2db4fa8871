/** A group of a topic: who reads which partition for it, and from where it would go on. */
import type { Group } from '../../model/kinds/topic';
import { COMMIT_ERRORS, type CommitError } from '../../model/log-records';
import { RecordKind } from '../../model/trace';
import type { Message } from '../message';
import { assignPartitions } from './assign-partitions';
import type { Consumer } from './consumer';
import { GroupCoordinator } from './group-coordinator';
import type { TopicNode } from './topic-node';

/** No offset is committed yet. */
const NOTHING_COMMITTED = -1;

export class ConsumerGroup {
  /** By partition. */
  readonly committed: number[];
  /** Of a group whose members can come and go. */
  coordinator: GroupCoordinator | undefined = undefined;
  /** Whose the partitions are, as the group has it. */
  private readonly owners: (Consumer | undefined)[];
  /** The offset after the last record that any of its members has done with. */
  private readonly reached: number[];
  private lastMemberId = 0;

  constructor(
    readonly topic: TopicNode,
    /** Counts the groups of the topic. */
    readonly index: number,
    readonly model: Group,
  ) {
    this.committed = Array<number>(topic.model.partitions).fill(NOTHING_COMMITTED);
    this.reached = Array<number>(topic.model.partitions).fill(NOTHING_COMMITTED);
    this.owners = Array<Consumer | undefined>(topic.model.partitions).fill(undefined);
  }

  /** The run begins: the group has formed, with these members in the order of their names. */
  form(consumers: readonly Consumer[]): void {
    if (!this.canChange(consumers)) return this.assign(consumers);
    const coordinator = (this.coordinator = new GroupCoordinator(this));
    const members = consumers.map((consumer) => consumer.joinIn());
    coordinator.form(members.filter(({ isThereFromTheBeginning }) => isThereFromTheBeginning));
    for (const member of members) if (!member.isThereFromTheBeginning) member.begin();
  }

  /** Ids are never given twice. */
  nextMemberId(): number {
    return ++this.lastMemberId;
  }

  slotOf(partition: number): number {
    return this.index * this.topic.model.partitions + partition;
  }

  /** From where a new reader of a partition goes on. */
  startOf(partition: number): number {
    const committed = this.committed[partition]!;
    return committed === NOTHING_COMMITTED ? this.topic.offsetOf(partition, this.model.from) : committed;
  }

  isOwner(partition: number, consumer: Consumer): boolean {
    return this.owners[partition] === consumer;
  }

  /** A member is done with all before this offset. */
  reach(partition: number, offset: number): void {
    this.reached[partition] = Math.max(this.reached[partition]!, offset);
  }

  /** The partition has been cut off: what comes to stand there from now on, nobody has handled, and the group goes on with it. */
  fallBack(partition: number, end: number): void {
    this.committed[partition] = Math.min(this.committed[partition]!, end);
    this.reached[partition] = Math.min(this.reached[partition]!, end);
  }

  /** A member begins to read a partition that is its own. What nobody has handled before that offset, nobody will. */
  take(partition: number, consumer: Consumer, offset: number): void {
    this.owners[partition] = consumer;
    const reached = this.reached[partition]!;
    if (reached !== NOTHING_COMMITTED) this.topic.passBy(partition, reached, offset);
    this.reach(partition, offset);
    this.record(RecordKind.assigned, consumer.service.place, partition, offset);
  }

  /** A member reads a partition no longer, or none of its partitions. */
  release(consumer: Consumer, partition?: number): void {
    for (const [at, owner] of this.owners.entries()) {
      if (owner !== consumer || (partition !== undefined && at !== partition)) continue;
      this.owners[at] = undefined;
      this.record(RecordKind.assigned, -1, at, 0);
    }
  }

  /** A member says from where the group would go on. Answers with the reason why it is refused, if it is. */
  commit(message: Message): CommitError | undefined {
    const { offsets, epochs, identity } = message.log!.commit!;
    const error = identity && this.coordinator?.refusalOf(identity);
    const { recorder, kernel } = this.topic.world;
    for (const [partition, position] of offsets) {
      const offset = this.topic.sinceEpoch(partition, epochs.get(partition)!, position);
      const note = (kind: RecordKind, value: number): void =>
        recorder.record(kernel.now, kind, this.topic.place, message.request.id, offset, this.slotOf(partition), value);
      if (error) {
        note(RecordKind.commitRefused, COMMIT_ERRORS.indexOf(error));
        continue;
      }
      const before = this.committed[partition]!;
      this.committed[partition] = offset;
      note(RecordKind.offsetCommitted, offset - (before === NOTHING_COMMITTED ? 0 : before));
    }
    return error;
  }

  /** A group whose members and links have no faults stays as it is, if the file says nothing of its sessions: it needs no heartbeats. */
  private canChange(consumers: readonly Consumer[]): boolean {
    return this.model.isWatched || consumers.some(({ canVanish }) => canVanish);
  }

  /** Shares the partitions out for good. */
  private assign(consumers: readonly Consumer[]): void {
    const owners = assignPartitions(this.model.assignment, this.topic.model.partitions, consumers.length, []);
    for (const [partition, index] of owners.entries()) {
      const offset = this.startOf(partition);
      this.take(partition, consumers[index]!, offset);
      consumers[index]!.takeUp(partition, offset);
    }
  }

  private record(kind: RecordKind, subject: number, partition: number, value: number): void {
    const { world, place } = this.topic;
    world.recorder.record(world.kernel.now, kind, place, 0, subject, this.slotOf(partition), value);
  }
}
