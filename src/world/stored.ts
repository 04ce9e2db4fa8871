/** The broker's record of one message, from the moment it has a place in a queue until it is gone. */
import type { Micros } from '../model/time';
import type { Timer } from '../sim/kernel';
import type { Consumer } from './consumers';
import type { Message } from './message';
import type { QueueNode } from './queue-node';
import type { StoredList } from './stored-list';

export class Stored {
  deliveries = 0;
  /** Deliveries up to this one were before a crash of the broker, which no longer knows them: it ignores their acknowledgements. */
  forgottenDeliveries = 0;
  /** Since when it waits to be delivered, a delay included. */
  waitsSince: Micros;
  /** Its turn: among those of one priority the lowest goes first. One that comes back keeps its turn. */
  turn = 0;
  /** When its ttl is over; undefined without one, and while it is delayed. */
  expiresAt: Micros | undefined;
  /** While delayed: when it will be ready. */
  dueAt: Micros = 0;
  /** The end of its delay, of its ttl while it is ready, of its ack timeout while it is handed out. */
  timer: Timer | undefined;
  consumer: Consumer | undefined;
  /** The list it is in; undefined when it is gone. */
  list: StoredList | undefined;
  /** Its neighbours there. */
  earlier: Stored | undefined;
  later: Stored | undefined;

  constructor(
    readonly queue: QueueNode,
    readonly message: Message,
    readonly storedAt: Micros,
    readonly priority: number,
  ) {
    this.waitsSince = storedAt;
  }

  /** Whose process its timers belong to. */
  get owner(): QueueNode {
    return this.queue;
  }

  get request() {
    return this.message.request;
  }

  /** The kernel's event: a delay or a ttl is over. */
  ring(): void {
    this.queue.timeIsUp(this);
  }
}
