/** A message on a connection, from the instant its first frame may go until its last one is there. */
import type { Micros } from '../../model/time';
import type { Message } from '../message';
import type { ConnectedLinkNode } from './connected-link-node';
import type { Frame } from './frame';

export class Passage {
  /** Its first frame has gone on the wire, and its last has come off it. */
  hasDeparted = false;
  hasArrived = false;
  private serialMicros: Micros = 0;

  constructor(
    readonly message: Message,
    readonly way: ConnectedLinkNode,
    /** Told when it has come to its end, well or not. */
    private readonly ended?: () => void,
  ) {}

  /** Puts a mark on a frame of this message that is about to go. */
  mark(frame: Frame, isLast: boolean): Frame {
    if (!this.hasDeparted) {
      this.hasDeparted = true;
      this.way.depart(this.message);
    }
    frame.passage = this;
    frame.message = this.message;
    frame.endsPassage = isLast;
    return frame;
  }

  /** A frame has come. With the last one the message is there; what its bytes did not need on the wire it has spent waiting. */
  take(frame: Frame): void {
    this.serialMicros += frame.serialMicros;
    if (!frame.endsPassage) return;
    this.hasArrived = true;
    this.ended?.();
    this.way.arrive(this.message, Math.round(this.serialMicros) + frame.delayMicros);
  }

  /** It will never be there: nobody waits for it, or its connection is dead. */
  cancel(): void {
    if (this.hasArrived) return;
    this.hasArrived = true;
    this.ended?.();
    this.way.cancelled(this.message, this.hasDeparted);
  }
}
