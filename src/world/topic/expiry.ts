/** The time after which the records of one partition expire, oldest first. */
import type { Micros } from '../../model/time';
import { EventKind } from '../event-kind';
import type { PartitionLog } from './partition-log';
import type { TopicNode } from './topic-node';

export class Expiry {
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
