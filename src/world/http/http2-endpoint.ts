/**
 * One end of an HTTP/2 connection (RFC 9113): its settings and those of its peer, its windows, its header tables, its streams, and whose
 * frame is next. New streams go first, then those with something to send take turns frame by frame.
 * Not modelled: CONTINUATION, padding, push, priorities (RFC 9218), extension frames.
 */
import { ACK, FrameType } from '../../model/frame';
import { FIRST_HEADER_TABLE, FIRST_MAX_FRAME, FIRST_WINDOW } from '../../model/http2-start';
import type { Http2 } from '../../model/kinds/connection';
import type { Instance } from '../driver';
import { Line } from '../line';
import type { Frame } from '../transport/frame';
import type { TcpDirection } from '../transport/tcp-direction';
import { FlowCredit } from './flow-credit';
import { HpackDecoder } from './hpack-decoder';
import { HpackEncoder } from './hpack-encoder';
import type { Http2Connection } from './http2-connection';
import type { Http2Exchange } from './http2-exchange';
import {
  DataFrame,
  endsStream,
  ErrorCode,
  GoAwayFrame,
  HeadersFrame,
  PingFrame,
  PrefaceFrame,
  ResetFrame,
  SettingsFrame,
  WindowUpdateFrame,
  type Settings,
} from './http2-frames';
import { Http2Stream, type StreamEvents } from './http2-stream';

export class Http2Endpoint {
  readonly encoder = new HpackEncoder(FIRST_HEADER_TABLE, true);
  readonly events: StreamEvents;
  sendWindow = FIRST_WINDOW;
  peerMaxFrame = FIRST_MAX_FRAME;
  /** Streams that count against the limit of the server. */
  active = 0;
  lastStream = 0;
  isGoingAway = false;
  private readonly decoder: HpackDecoder;
  private readonly credit: FlowCredit;
  private readonly streams = new Map<number, Http2Stream>();
  private readonly control = new Line<Frame>();
  private readonly opening = new Line<Http2Stream>();
  private readonly sending = new Line<Http2Stream>();
  private readonly machine: Instance;
  private peerWindow = FIRST_WINDOW;

  constructor(
    private readonly connection: Http2Connection,
    private readonly isClient: boolean,
    private readonly model: Http2,
    private readonly directionOf: () => TcpDirection,
  ) {
    const { machines } = connection;
    this.events = connection.streamEvents;
    this.decoder = new HpackDecoder(Math.max(FIRST_HEADER_TABLE, model.headerTableBytes), FIRST_HEADER_TABLE);
    this.credit = new FlowCredit(model.connectionWindowBytes, model.connectionWindowBytes, model.windowUpdateAt);
    this.machine = machines.http2.create(
      {},
      {
        actions: {
          sendSettings: () => this.sendSettings(),
          applySettings: (settings) => this.applySettings(settings as Settings),
          acknowledgeSettings: () => this.sendControl(new SettingsFrame(undefined)),
          ping: () => this.sendControl(new PingFrame(false)),
          answerPing: () => this.sendControl(new PingFrame(true)),
          dead: () => connection.isDead(),
          sendGoAway: () => this.sendControl(new GoAwayFrame(this.lastStream)),
          stopOpening: () => (this.isGoingAway = true),
          close: () => connection.close(),
        },
      },
    );
  }

  /** An event of the connection's machine. */
  tell(event: string, payload?: unknown): void {
    this.machine.send(this.connection.machines.http2.event(event), payload);
  }

  /** What it sends goes here. */
  get direction(): TcpDirection {
    return this.directionOf();
  }

  newStream(exchange: Http2Exchange): Http2Stream {
    const { initialWindowBytes, windowUpdateAt } = this.model;
    const credit = new FlowCredit(initialWindowBytes, Math.max(FIRST_WINDOW, initialWindowBytes), windowUpdateAt);
    this.active++;
    const { stream } = exchange.message;
    return new Http2Stream(this, exchange, this.connection.machines.stream, this.peerWindow, credit, this.isClient, stream?.hop);
  }

  /** The first HEADERS of a client's stream is about to go: identifiers are odd and grow (RFC 9113 §5.1.1). */
  streamOpens(stream: Http2Stream): void {
    this.lastStream = this.lastStream === 0 ? 1 : this.lastStream + 2;
    stream.id = this.lastStream;
    // While it waited for the wire, SETTINGS may have come.
    stream.sendWindow = this.peerWindow;
    this.streams.set(stream.id, stream);
    this.connection.opened(stream);
  }

  streamClosed(stream: Http2Stream): void {
    this.streams.delete(stream.id);
    this.active--;
    this.connection.streamClosed(stream.exchange);
  }

  reset(stream: Http2Stream, code: ErrorCode): void {
    stream.event(this.events.sendReset);
    this.sendAbout(stream, new ResetFrame(stream.id, code));
  }

  hasToSend(stream: Http2Stream): void {
    if (stream.isInLine) return;
    stream.isInLine = true;
    (stream.id === 0 ? this.opening : this.sending).push(stream);
    this.direction.wake();
  }

  /** The next frame to go. */
  pull(): Frame | undefined {
    const control = this.nextControl();
    if (control) return control;
    for (const line of [this.opening, this.sending]) {
      for (let turns = line.length; turns > 0; turns--) {
        const frame = this.pullFrom(line.shift()!);
        if (frame) return frame;
      }
    }
    return undefined;
  }

  received(frame: Frame): void {
    if (frame instanceof HeadersFrame) this.headersReceived(frame);
    else if (frame instanceof DataFrame) this.dataReceived(frame);
    else if (frame instanceof WindowUpdateFrame) this.windowUpdateReceived(frame);
    else if (frame instanceof ResetFrame) this.resetReceived(frame);
    else if (frame instanceof SettingsFrame) {
      if (frame.settings) this.tell('settingsReceived', frame.settings);
      else this.tell('settingsAcked');
    } else if (frame.type === FrameType.ping) this.tell(frame.flags === ACK ? 'pongReceived' : 'pingReceived');
    else if (frame instanceof GoAwayFrame) {
      this.tell('goAwayReceived');
      this.connection.wentAway([...this.streams.values()].filter(({ id }) => id > frame.lastStream));
    } else if (frame.type === FrameType.preface) this.tell('begin');
  }

  /** Credit for a stream that has ended meanwhile is of no use, and nothing may be sent on a closed stream (RFC 9113 §5.1). */
  private nextControl(): Frame | undefined {
    for (;;) {
      const frame = this.control.shift();
      if (!(frame instanceof WindowUpdateFrame) || frame.stream === 0) return frame;
      const stream = this.streams.get(frame.stream);
      if (!stream || stream.peerHasEnded) continue;
      stream.event(this.events.sendWindowUpdate);
      return frame;
    }
  }

  /** A stream whose own window is used up leaves the line until there is credit; one that waits for the connection's keeps its turn. */
  private pullFrom(stream: Http2Stream): Frame | undefined {
    stream.isInLine = false;
    const frame = stream.nextFrame();
    if (stream.hasMore && (frame || stream.sendWindow > 0)) {
      stream.isInLine = true;
      this.sending.push(stream);
    }
    return frame;
  }

  private headersReceived(frame: HeadersFrame): void {
    this.decoder.decode(frame.block);
    const stream = this.streams.get(frame.stream) ?? this.accept(frame.stream);
    if (!stream) return this.discard(frame);
    stream.peerHasEnded = endsStream(frame);
    stream.event(endsStream(frame) ? this.events.receiveHeadersEnd : this.events.receiveHeaders);
    if (stream.isRefused) {
      this.reset(stream, ErrorCode.refusedStream);
      return this.discard(frame);
    }
    frame.passage?.take(frame);
    // The status of a call ends it, whatever its client still wants to send.
    if (this.isClient && endsStream(frame) && stream.exchange.message.stream && !stream.isClosed) this.reset(stream, ErrorCode.noError);
  }

  /** A server's end of a new stream; a stream above its limit is refused (RFC 9113 §5.1.2, §8.7). */
  private accept(id: number): Http2Stream | undefined {
    const exchange = !this.isClient && id > this.lastStream ? this.connection.exchangeOf(id) : undefined;
    if (!exchange) return undefined;
    if (this.isGoingAway) {
      this.connection.unseen(exchange);
      return undefined;
    }
    this.lastStream = id;
    const stream = this.newStream(exchange);
    stream.id = id;
    stream.isRefused = this.active > this.model.maxConcurrentStreams;
    this.streams.set(id, stream);
    if (stream.isRefused) this.connection.unseen(exchange);
    else exchange.server = stream;
    if ((id + 1) / 2 >= this.model.maxRequests) this.tell('goAway');
    return stream;
  }

  private dataReceived(frame: DataFrame): void {
    const credit = this.credit.take(frame.content);
    if (credit > 0) this.sendControl(new WindowUpdateFrame(0, credit));
    const stream = this.streams.get(frame.stream);
    if (!stream) return this.discard(frame);
    const ends = endsStream(frame);
    stream.peerHasEnded = ends;
    stream.received(frame.content);
    stream.event(ends ? this.events.receiveDataEnd : this.events.receiveData);
    frame.passage?.take(frame);
  }

  /** What has come on a stream is consumed. */
  giveCredit(stream: Http2Stream, bytes: number): void {
    this.sendAbout(stream, new WindowUpdateFrame(stream.id, bytes));
  }

  private windowUpdateReceived({ stream: id, increment }: WindowUpdateFrame): void {
    if (id === 0) {
      this.sendWindow += increment;
      this.direction.wake();
      return;
    }
    const stream = this.streams.get(id);
    if (!stream) return;
    stream.event(this.events.receiveWindowUpdate);
    stream.sendWindow += increment;
    if (stream.hasMore) this.hasToSend(stream);
  }

  private resetReceived(frame: ResetFrame): void {
    const stream = this.streams.get(frame.stream);
    if (!stream) return;
    stream.event(this.events.receiveReset);
    const { exchange } = stream;
    if (frame.code === ErrorCode.cancel) exchange.way.to.calledOff(exchange.message);
    if (frame.code === ErrorCode.refusedStream) this.connection.again(exchange);
  }

  /** The stream is closed here: the frame has counted for the connection, and that is all (RFC 9113 §5.1). */
  private discard(frame: Frame): void {
    // What a client sends in vain it learns by itself.
    if (this.isClient && frame.endsPassage) frame.passage?.cancel();
  }

  private sendAbout(stream: Http2Stream, frame: Frame): void {
    frame.message = stream.exchange.message;
    this.sendControl(frame);
  }

  private sendControl(frame: Frame): void {
    this.control.push(frame);
    this.direction.wake();
  }

  private sendSettings(): void {
    const { headerTableBytes, initialWindowBytes, maxFrameBytes, maxConcurrentStreams, connectionWindowBytes } = this.model;
    if (this.isClient) this.sendControl(new PrefaceFrame());
    const settings: Settings = {
      ...(headerTableBytes !== FIRST_HEADER_TABLE && { headerTableBytes }),
      ...(this.isClient ? { enablePush: false as const } : { maxConcurrentStreams }),
      ...(initialWindowBytes !== FIRST_WINDOW && { initialWindowBytes }),
      ...(maxFrameBytes !== FIRST_MAX_FRAME && { maxFrameBytes }),
    };
    this.sendControl(new SettingsFrame(settings));
    if (connectionWindowBytes > FIRST_WINDOW) this.sendControl(new WindowUpdateFrame(0, connectionWindowBytes - FIRST_WINDOW));
  }

  /** What the peer has announced holds from now on, for streams that are open as well (RFC 9113 §6.9.2). */
  private applySettings({ headerTableBytes, initialWindowBytes, maxFrameBytes, maxConcurrentStreams }: Settings): void {
    if (headerTableBytes !== undefined) this.encoder.resize(headerTableBytes);
    this.peerMaxFrame = maxFrameBytes ?? this.peerMaxFrame;
    if (initialWindowBytes !== undefined) {
      const change = initialWindowBytes - this.peerWindow;
      this.peerWindow = initialWindowBytes;
      for (const stream of this.streams.values()) {
        stream.sendWindow += change;
        if (stream.hasMore) this.hasToSend(stream);
      }
    }
    if (maxConcurrentStreams !== undefined) this.connection.limitKnown(maxConcurrentStreams);
  }
}
