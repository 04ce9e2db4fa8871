/** A piece of what a connection carries: handed to TCP whole, and handed on at the other end when its last byte is there. */
import { frameValue, type FrameType } from '../../model/frame';
import type { Micros } from '../../model/time';
import type { Message } from '../message';
import type { Passage } from './passage';

export class Frame {
  /** Time its segments took to go on the wire, and the last one to travel. */
  serialMicros: Micros = 0;
  delayMicros: Micros = 0;
  /** The message it belongs to, and whether this is the last of it. */
  passage: Passage | undefined = undefined;
  /** The message, or the request of the stream, that records name. */
  message: Message | undefined = undefined;
  endsPassage = false;

  constructor(
    readonly type: FrameType,
    /** Length with its own header, without those of TLS and TCP. */
    readonly bytes: number,
    /** Stream, or connection where there are no streams. */
    readonly stream: number,
    readonly flags = 0,
  ) {}

  /** What the trace says of it. */
  get recordValue(): number {
    return frameValue(this.bytes, this.stream);
  }
}
