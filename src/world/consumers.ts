/** Who takes messages from a queue: competing consumers, served in turn as far as their prefetch allows. */
import { LIMITS } from '../model/limits';
import type { LinkNode } from './link-node';
import { ServiceNode } from './service-node';

export class Consumer {
  unacknowledged = 0;

  /** Unacknowledged messages that it may hold. */
  prefetch: number = LIMITS.prefetch;

  constructor(readonly way: LinkNode) {}
}

export class Consumers {
  private next = 0;

  /** @param limited whether a consumer that holds as many unacknowledged messages as its prefetch gets no more. */
  constructor(
    private readonly all: readonly Consumer[],
    private readonly limited: boolean,
    prefetch: number | undefined,
  ) {
    this.limit(prefetch);
  }

  get length(): number {
    return this.all.length;
  }

  /** @param prefetch of each consumer; undefined: two for each of its workers */
  limit(prefetch: number | undefined): void {
    for (const consumer of this.all) {
      const { to } = consumer.way;
      consumer.prefetch = prefetch ?? (to instanceof ServiceNode ? 2 * to.model.workers : LIMITS.prefetch);
    }
  }

  /** Round robin over the consumers that are there and may hold one more. */
  nextFree(): Consumer | undefined {
    for (let turn = 0; turn < this.all.length; turn++) {
      const consumer = this.all[(this.next + turn) % this.all.length]!;
      const { isDown, inRotation } = consumer.way.to;
      if (isDown || !inRotation || (this.limited && consumer.unacknowledged >= consumer.prefetch)) continue;
      this.next = (this.next + turn + 1) % this.all.length;
      return consumer;
    }
    return undefined;
  }
}
