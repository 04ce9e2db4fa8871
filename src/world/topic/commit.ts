/** Offsets on their way to the topic that keeps them: by the consumer's own clock, or by `ctx.commit`. */
import type { CommitError } from '../../model/log-records';
import type { Message } from '../message';
import type { Confirmable } from '../ticket';
import type { Consumer } from './consumer';
import type { MemberIdentity } from './group-traffic';

export class Commit implements Confirmable {
  readonly incarnation: number;
  /** By partition: of the log that the group has read up to there. */
  readonly epochs: ReadonlyMap<number, number>;

  constructor(
    readonly consumer: Consumer,
    /** By partition, the offset from which the group would go on. */
    readonly offsets: ReadonlyMap<number, number>,
    /** The member that commits, in a group that is rebalanced. */
    readonly identity: MemberIdentity | undefined,
    /** Who asked for it, if somebody waits. */
    private readonly asker: Confirmable | undefined,
  ) {
    this.incarnation = consumer.service.incarnation;
    this.epochs = new Map(Array.from(offsets.keys(), (partition) => [partition, consumer.epochOf(partition)]));
  }

  confirmed(answer: Message, now: number): void {
    if (answer.status === undefined) this.consumer.committed(this);
    else if (this.identity) this.consumer.member?.failed(answer.body as CommitError, this.identity);
    this.asker?.confirmed(answer, now);
  }
}
