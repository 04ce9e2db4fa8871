/** Who takes messages from a queue: competing consumers, served in turn as far as their prefetch allows. */
import type { LinkNode } from './link-node';

export class Consumer {
  unacknowledged = 0;

  constructor(
    readonly way: LinkNode,
    readonly prefetch: number,
  ) {}
}

export class Consumers {
  private next = 0;

  /** @param limited whether a consumer that holds as many unacknowledged messages as its prefetch gets no more. */
  constructor(
    private readonly all: readonly Consumer[],
    private readonly limited: boolean,
  ) {}

  get length(): number {
    return this.all.length;
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
