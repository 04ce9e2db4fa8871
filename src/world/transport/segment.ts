/** A TCP segment: at most one maximum segment size where segments can be lost, else a frame as it is. */
import type { Micros } from '../../model/time';
import type { Frame } from './frame';
import type { TcpDirection } from './tcp-direction';

export class Segment {
  hasArrived = false;
  /** Sent more than once: its acknowledgement says nothing about the round trip (Karn's rule, RFC 6298 §3). */
  wasResent = false;
  sentAt: Micros = 0;

  constructor(
    readonly direction: TcpDirection,
    /** Counts from 0 in each direction. */
    readonly number: number,
    readonly bytes: number,
    readonly frame: Frame,
    readonly endsFrame: boolean,
  ) {}

  /** The kernel's event: it has arrived. */
  tick(): void {
    this.direction.reached(this);
  }
}
