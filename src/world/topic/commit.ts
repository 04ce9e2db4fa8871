/** Offsets on their way to the topic that keeps them: by the consumer's own clock, or by `ctx.commit`. */
import type { Message } from '../message';
import type { Confirmable } from '../ticket';
import type { Consumer } from './consumer';

export class Commit implements Confirmable {
  constructor(
    readonly consumer: Consumer,
    /** By partition, the offset from which the group would go on. */
    readonly offsets: ReadonlyMap<number, number>,
    /** The handler that asked for it, if one did. */
    private readonly asker: Confirmable | undefined,
  ) {}

  confirmed(answer: Message, now: number): void {
    if (answer.status === undefined) this.consumer.committed(this);
    this.asker?.confirmed(answer, now);
  }
}
