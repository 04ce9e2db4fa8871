/** A group of a topic: who reads which partition for it, and from where it would go on. */
import type { Group } from '../../model/kinds/topic';
import { RecordKind } from '../../model/trace';
import type { Message } from '../message';
import { assignPartitions } from './assign-partitions';
import type { Consumer } from './consumer';
import type { TopicNode } from './topic-node';

/** No offset is committed yet. */
const NOTHING_COMMITTED = -1;

export class ConsumerGroup {
  /** By partition. */
  readonly committed: number[];
  private assignment: number[];

  constructor(
    private readonly topic: TopicNode,
    /** Counts the groups of the topic. */
    readonly index: number,
    readonly model: Group,
  ) {
    this.committed = Array<number>(topic.model.partitions).fill(NOTHING_COMMITTED);
    this.assignment = Array<number>(topic.model.partitions).fill(-1);
  }

  slotOf(partition: number): number {
    return this.index * this.topic.model.partitions + partition;
  }

  /** Shares the partitions out among these members, in the order of their names. */
  assign(members: readonly Consumer[]): void {
    const { topic, model } = this;
    const { recorder, kernel } = topic.world;
    this.assignment = assignPartitions(model.assignment, topic.model.partitions, members.length, this.assignment);
    for (const [partition, index] of this.assignment.entries()) {
      const offset = this.startOf(partition);
      const member = members[index]!;
      recorder.record(kernel.now, RecordKind.assigned, topic.place, 0, member.service.place, this.slotOf(partition), offset);
      member.assign(partition, offset);
    }
  }

  /** A member says from where the group would go on. */
  commit(message: Message): void {
    const { recorder, kernel } = this.topic.world;
    for (const [partition, offset] of message.log!.commit!.offsets) {
      const before = this.committed[partition]!;
      this.committed[partition] = offset;
      const moved = offset - (before === NOTHING_COMMITTED ? 0 : before);
      recorder.record(kernel.now, RecordKind.offsetCommitted, this.topic.place, message.request.id, offset, this.slotOf(partition), moved);
    }
  }

  private startOf(partition: number): number {
    const committed = this.committed[partition]!;
    return committed === NOTHING_COMMITTED ? this.topic.offsetOf(partition, this.model.from) : committed;
  }
}
