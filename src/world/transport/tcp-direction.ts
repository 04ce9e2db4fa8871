/**
 * One direction of a TCP connection: frames go in, are cut into segments where these can be lost, and come out in order. A segment that is
 * missing holds back everything behind it: head-of-line blocking.
 */
import { BY_CONNECTION, BY_STREAM, frameDetail, isHttp2 } from '../../model/frame';
import { RecordKind } from '../../model/trace';
import type { Micros } from '../../model/time';
import type { Definition } from '../driver';
import { EventKind } from '../event-kind';
import { Line } from '../line';
import type { Message } from '../message';
import type { World } from '../world';
import type { Frame } from './frame';
import { LossRepair } from './loss-repair';
import { Segment } from './segment';
import type { Wire } from './wire';

/** RFC 9293 §3.7.1: 1,460 bytes on Ethernet. */
const MAX_SEGMENT = 1_460;
/** A TLS 1.3 record: 5 octets of header, 1 of content type, 16 of authentication tag; at most 2¹⁴ of content (RFC 8446 §5.1, §5.2). */
const RECORD_OVERHEAD = 22;
const RECORD_CONTENT = 2 ** 14;

/** What is above TCP at the two ends of one direction. */
export interface Layer {
  /** The next frame to send, asked for only when the wire can take it. */
  pull(): Frame | undefined;
  received(frame: Frame): void;
  /** TCP gives up. */
  failed(): void;
}

export class TcpDirection {
  /** In the line of the wire; the wire's own business. */
  isInLine = false;
  isClosed = false;
  /** Set as soon as TLS protects what is sent. */
  isSecured = false;
  private readonly control = new Line<Frame>();
  private current: Frame | undefined = undefined;
  private bytesLeft = 0;
  private segments = 0;
  /** Sent, and not yet handed on at the other end. */
  private readonly underway = new Line<Segment>();
  private readonly repair: LossRepair | undefined;

  constructor(
    private readonly world: World,
    readonly wire: Wire,
    private readonly layer: Layer,
    tcp: Definition,
    minRtoMicros: Micros,
    /** Who sends, by `endCode`. */
    private readonly end: number,
  ) {
    this.repair = wire.way.canLose ? new LossRepair(world, this, tcp, minRtoMicros, () => layer.failed()) : undefined;
  }

  /** The number of the first segment that the receiver misses. */
  get expected(): number {
    return this.underway.first()?.number ?? this.segments;
  }

  /** Sends a step of a handshake, before anything that the layer above has. */
  sendControl(frame: Frame): void {
    this.control.push(frame);
    this.wake();
  }

  /** The layer above may have something to send. */
  wake(): void {
    if (!this.isClosed) this.wire.offer(this);
  }

  /** The trace hears that the connection is no more, whose client sends this way. */
  closed(connection: number, isGivenUp: boolean): void {
    const { kernel, recorder } = this.world;
    recorder.record(kernel.now, RecordKind.connectionClosed, this.wire.way.place, 0, 0, isGivenUp ? 1 : 0, connection);
  }

  /** The trace hears that flow control does not let a message go on. `byConnection`: the window of the connection is used up. */
  blocked({ id, request }: Message, stream: number, byConnection: boolean): void {
    const { kernel, recorder } = this.world;
    const detail = frameDetail(byConnection ? BY_CONNECTION : BY_STREAM, 0, this.end);
    recorder.record(kernel.now, RecordKind.windowBlocked, this.wire.way.place, request.id, id, detail, stream);
  }

  close(): void {
    this.isClosed = true;
    this.repair?.stop();
  }

  /** For the wire: the next segment to go. */
  next(): Segment | undefined {
    if (this.isClosed) return undefined;
    const again = this.repair?.takeDue();
    if (again) return again;
    if (!this.current) {
      const step = this.control.shift();
      const frame = step ?? this.layer.pull();
      if (!frame) return undefined;
      this.current = frame;
      this.bytesLeft = step || !this.isSecured ? frame.bytes : frame.bytes + RECORD_OVERHEAD * Math.ceil(frame.bytes / RECORD_CONTENT);
      this.record(RecordKind.frameSent, frame);
    }
    const frame = this.current;
    const bytes = this.repair ? Math.min(this.bytesLeft, MAX_SEGMENT) : this.bytesLeft;
    this.bytesLeft -= bytes;
    const segment = new Segment(this, this.segments++, bytes, frame, this.bytesLeft === 0);
    if (segment.endsFrame) this.current = undefined;
    this.underway.push(segment);
    this.repair?.sent(segment);
    return segment;
  }

  /** From the wire: the segment will be wholly on it after `untilGone`. */
  gone(segment: Segment, untilGone: Micros, serialMicros: number): void {
    const { kernel, recorder } = this.world;
    const { way } = this.wire;
    const { frame } = segment;
    const delay = way.drawDelay();
    if (!segment.wasResent) frame.serialMicros += serialMicros;
    frame.delayMicros = delay;
    segment.sentAt = kernel.now;
    if (way.drawLoss()) {
      const { message } = frame;
      recorder.record(kernel.now, RecordKind.segmentLost, way.place, message?.request.id ?? 0, message?.id ?? 0, 0, segment.bytes);
    } else kernel.schedule(untilGone + delay, EventKind.tick, segment);
  }

  /** A segment has come. What is in order goes on to the layer above, and the sender hears of it. */
  reached(segment: Segment): void {
    if (this.isClosed) return;
    segment.hasArrived = true;
    while (this.underway.first()?.hasArrived === true) {
      const { endsFrame, frame } = this.underway.shift()!;
      if (!endsFrame) continue;
      this.record(RecordKind.frameReceived, frame);
      if (frame.endsPassage && this.isSecured && this.wire.way.tap?.spoils(frame.message!)) return this.layer.failed();
      this.layer.received(frame);
      if (this.isClosed) return;
    }
    this.repair?.acknowledge(segment);
  }

  private record(kind: RecordKind, frame: Frame): void {
    const { type, flags, message, recordValue } = frame;
    const { kernel, recorder } = this.world;
    const detail = frameDetail(type, flags, isHttp2(type) ? this.end : 0);
    recorder.record(kernel.now, kind, this.wire.way.place, message?.request.id ?? 0, message?.id ?? 0, detail, recordValue);
  }
}
