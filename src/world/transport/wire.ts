/**
 * One way of a link as its connections share it: one segment goes on at a time, and those that have something to send take turns. A wire
 * without a bandwidth takes any number at once.
 * Not modelled: the headers of TCP, IP and below, acknowledgements as load, a bounded buffer before the wire.
 */
import type { Micros } from '../../model/time';
import { EventKind } from '../event-kind';
import { Line } from '../line';
import type { World } from '../world';
import type { ConnectedLinkNode } from './connected-link-node';
import type { Segment } from './segment';
import type { TcpDirection } from './tcp-direction';

export class Wire {
  /** When the last segment is wholly on the wire, in µs with their fraction, so that rounding does not change the rate. */
  private freeAt = 0;
  private isBusy = false;
  private isPumping = false;
  private readonly waiting = new Line<TcpDirection>();
  private readonly microsPerByte: number;

  constructor(
    private readonly world: World,
    readonly way: ConnectedLinkNode,
    bytesPerSecond: number | undefined,
  ) {
    this.microsPerByte = bytesPerSecond === undefined ? 0 : 1e6 / bytesPerSecond;
  }

  /** A sender may have something to send. */
  offer(direction: TcpDirection): void {
    if (!direction.isInLine) {
      direction.isInLine = true;
      this.waiting.push(direction);
    }
    this.pump();
  }

  /** The kernel's event: the segment is wholly on the wire. */
  tick(): void {
    this.isBusy = false;
    this.pump();
  }

  private pump(): void {
    if (this.isPumping) return;
    this.isPumping = true;
    while (!this.isBusy && this.waiting.length > 0) {
      const direction = this.waiting.shift()!;
      direction.isInLine = false;
      const segment = direction.next();
      if (!segment) continue;
      this.put(segment);
      if (direction.isInLine) continue;
      direction.isInLine = true;
      this.waiting.push(direction);
    }
    this.isPumping = false;
  }

  private put(segment: Segment): void {
    const { kernel } = this.world;
    const { now } = kernel;
    const serial = segment.bytes * this.microsPerByte;
    if (serial > 0) {
      // The wire became free within this microsecond: the segment follows without a gap.
      this.freeAt = (this.freeAt > now - 1 ? this.freeAt : now) + serial;
      this.isBusy = true;
      kernel.schedule(Math.max(0, Math.ceil(this.freeAt) - now), EventKind.tick, this);
    }
    const untilGone: Micros = serial > 0 ? Math.max(0, Math.round(this.freeAt) - now) : 0;
    segment.direction.gone(segment, untilGone, serial);
  }
}
