/** The bandwidth of a way whose messages travel by themselves: one goes on at a time, in the order of the sending. */
import type { Micros } from '../../model/time';
import type { Message } from '../message';
import type { Topology } from '../topology';
import { bodyBytes } from './body-bytes';

export class Band {
  /** When the last message is wholly on the link, in µs with their fraction. */
  private freeAt = 0;
  private readonly microsPerByte: number;

  constructor(bytesPerSecond: number) {
    this.microsPerByte = 1e6 / bytesPerSecond;
  }

  /** Until a message that is sent now is wholly on the link. What others take of it is its waiting. */
  take(message: Message, topology: Topology, now: Micros): Micros {
    const starts = Math.max(now, this.freeAt);
    this.freeAt = starts + bodyBytes(message, topology) * this.microsPerByte;
    message.waitedMicros = Math.round(starts) - now;
    return Math.round(this.freeAt) - now;
  }
}
