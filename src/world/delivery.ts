/** One delivery of a stored message to a consumer, and what the consumer said of it. */
import type { Stored } from './stored';

export class Delivery {
  /** What the consumer has told the broker; undefined as long as it has not. `reject`: not to be delivered again (AMQP 0-9-1, `basic.reject`). */
  verdict: 'ack' | 'nack' | 'reject' | undefined;

  constructor(
    readonly stored: Stored,
    /** How often the message was delivered, this time included. */
    readonly number: number,
  ) {}
}
