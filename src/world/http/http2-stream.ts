/** One end of an HTTP/2 stream: what it has to send, in order, and its window. The `http2Stream` machine knows what may come and go. */
import { InvariantBroken } from '../../sim/assert';
import type { Definition, Instance } from '../driver';
import type { Frame } from '../transport/frame';
import type { Passage } from '../transport/passage';
import type { FlowCredit } from './flow-credit';
import type { HeaderField } from './hpack-table';
import type { StreamHop } from '../streaming/stream-part';
import type { Http2Endpoint } from './http2-endpoint';
import { DataFrame, HeadersFrame } from './http2-frames';
import type { Http2Exchange } from './http2-exchange';

/** Something to send on a stream, in this order: header fields, a body, trailers. A stream carries any number of parts each way. */
export class Part {
  constructor(
    public fields: readonly HeaderField[] | undefined,
    public bytesLeft: number,
    public trailers: readonly HeaderField[] | undefined,
    readonly endsStream: boolean,
    /** The message that is there when the last frame of the part is. */
    readonly passage: Passage | undefined,
    /** Told when its last frame goes. */
    readonly gone?: () => void,
  ) {}

  get isDone(): boolean {
    return !this.fields && this.bytesLeft === 0 && !this.trailers;
  }
}

const violated = (what: string) => () => {
  throw new InvariantBroken(`HTTP/2: ${what}`);
};

/** Both ends are ours, so no error of the protocol may ever happen. */
const STREAM_HOOKS = {
  actions: {
    refuseToSend: violated('a frame is sent that its stream does not allow'),
    protocolError: violated('PROTOCOL_ERROR'),
    streamClosedError: violated('a frame comes on a closed stream'),
    resetStream: violated('a frame comes after END_STREAM'),
    closed: (stream: unknown) => (stream as Http2Stream).closed(),
  },
};

const EVENTS = [
  'sendHeaders',
  'sendHeadersEnd',
  'sendData',
  'sendDataEnd',
  'sendReset',
  'sendWindowUpdate',
  'receiveHeaders',
  'receiveHeadersEnd',
  'receiveData',
  'receiveDataEnd',
  'receiveReset',
  'receiveWindowUpdate',
] as const;
export type StreamEvents = Readonly<Record<(typeof EVENTS)[number], number>>;

export function streamEvents(definition: Definition): StreamEvents {
  return Object.fromEntries(EVENTS.map((name) => [name, definition.event(name)])) as Record<(typeof EVENTS)[number], number>;
}

export class Http2Stream {
  /** 0 until its first HEADERS goes. */
  id = 0;
  /** In the line of those with something to send; the endpoint's own business. */
  isInLine = false;
  isClosed = false;
  /** One stream too many: its peer has not heard of the limit yet. */
  isRefused = false;
  /** Its peer has sent END_STREAM. */
  peerHasEnded = false;
  /** What has come and nobody has read, on a gRPC stream with any number of messages. */
  private unread = 0;
  /** The trace has heard that it may not send. */
  private isBlocked = false;
  private readonly parts: Part[] = [];
  private readonly machine: Instance;

  constructor(
    readonly endpoint: Http2Endpoint,
    readonly exchange: Http2Exchange,
    definition: Definition,
    public sendWindow: number,
    private readonly credit: FlowCredit,
    private readonly isClient: boolean,
    /** Of a gRPC stream with any number of messages. */
    private readonly hop: StreamHop | undefined,
  ) {
    this.machine = definition.create({}, STREAM_HOOKS);
  }

  /** DATA has come. */
  received(bytes: number): void {
    this.credit.receive(bytes);
    this.unread += bytes;
    if (!this.hop) return this.consume(bytes);
    const reader = this.isClient ? this.hop.client : this.hop.server;
    reader.source = this;
    if (reader.isHungry) this.consume(bytes);
  }

  /** As much of what has come is read: its peer may send more. */
  consume(bytes: number): void {
    const read = Math.min(bytes, this.unread);
    this.unread -= read;
    const due = this.credit.consume(read);
    if (due > 0 && !this.peerHasEnded && !this.isClosed) this.endpoint.giveCredit(this, due);
  }

  get hasMore(): boolean {
    return this.parts.length > 0;
  }

  send(part: Part): void {
    this.parts.push(part);
    this.endpoint.hasToSend(this);
  }

  event(event: number): void {
    this.machine.send(event, this);
  }

  /** The next frame, as far as the windows allow; undefined when they do not, or nothing is left. */
  nextFrame(): Frame | undefined {
    const part = this.parts[0];
    if (!part) return undefined;
    const { endpoint } = this;
    const { events } = endpoint;
    const fields = part.fields ?? (part.bytesLeft === 0 ? part.trailers : undefined);
    const bytes =
      fields || part.bytesLeft === 0 ? 0 : Math.min(part.bytesLeft, endpoint.peerMaxFrame, this.sendWindow, endpoint.sendWindow);
    if (!fields && bytes <= 0 && part.bytesLeft > 0) {
      this.blocked(part);
      return undefined;
    }
    this.isBlocked = false;
    if (this.id === 0) endpoint.streamOpens(this);
    if (part.fields) part.fields = undefined;
    else if (fields) part.trailers = undefined;
    part.bytesLeft -= bytes;
    this.sendWindow -= bytes;
    endpoint.sendWindow -= bytes;
    // The part leaves before the machine hears of its end, which may close the stream.
    if (part.isDone) this.parts.shift();
    const ends = part.endsStream && part.isDone;
    const frame = fields ? new HeadersFrame(this.id, endpoint.encoder.encode(fields), ends) : new DataFrame(this.id, bytes, ends);
    if (part.passage) part.passage.mark(frame, part.isDone);
    if (part.isDone) part.gone?.();
    if (fields) this.event(ends ? events.sendHeadersEnd : events.sendHeaders);
    else this.event(ends ? events.sendDataEnd : events.sendData);
    return frame;
  }

  private blocked({ passage }: Part): void {
    if (this.isBlocked) return;
    this.isBlocked = true;
    this.endpoint.direction.blocked(passage?.message ?? this.exchange.message, this.id, this.sendWindow > 0);
  }

  /** From the machine: this end counts the stream no longer. What it had to send will never go. */
  closed(): void {
    this.isClosed = true;
    for (const { passage } of this.parts.splice(0)) passage?.cancel();
    this.endpoint.streamClosed(this);
  }
}
