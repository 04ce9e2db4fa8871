/** The time after which the records of one partition expire, oldest first. */
import type { Micros } from '../../model/time';
import type { Timer } from '../../sim/kernel';
import { EventKind } from '../event-kind';
import type { PartitionLog } from './partition-log';
import type { TopicNode } from './topic-node';

export class Expiry {
  private planned: Timer | undefined = undefined;

  constructor(
    private readonly topic: TopicNode,
    private readonly log: PartitionLog,
    private readonly partition: number,
    /** Undefined: they do not expire by age. */
    private timeMicros: Micros | undefined,
  ) {}

  plan(): void {
    const { timeMicros } = this;
    if (timeMicros === undefined || this.planned !== undefined) return;
    const { oldest } = this.log;
    if (!oldest) return;
    const { kernel } = this.topic.world;
    this.planned = kernel.schedule(Math.max(0, oldest.appendedAt + timeMicros - kernel.now), EventKind.tick, this);
  }

  /** Records are kept so long from now on, those that are there too. */
  change(timeMicros: Micros | undefined): void {
    if (this.planned !== undefined) this.topic.world.kernel.cancel(this.planned);
    this.planned = undefined;
    this.timeMicros = timeMicros;
    this.plan();
  }

  /** The kernel's event. The oldest may be gone already, by their number. */
  tick(): void {
    this.planned = undefined;
    const until = this.topic.world.kernel.now - this.timeMicros!;
    const count = this.log.countUntil(until);
    if (count > 0) this.topic.expire(this.partition, count);
    this.plan();
  }
}
