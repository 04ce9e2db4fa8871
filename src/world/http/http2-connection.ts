/** One HTTP/2 connection: its two ends, the exchanges on it, and whether anybody still answers. */
import type { Connection, Http2 } from '../../model/kinds/connection';
import type { Timer } from '../../sim/kernel';
import type { Definition } from '../driver';
import { EventKind } from '../event-kind';
import type { Message } from '../message';
import type { ConnectedLinkNode } from '../transport/connected-link-node';
import type { Frame } from '../transport/frame';
import { Passage } from '../transport/passage';
import { TcpConnection, type ConnectionLayer, type ConnectionMachines } from '../transport/tcp-connection';
import type { Wire } from '../transport/wire';
import type { World } from '../world';
import type { Http2Carrier } from './http2-carrier';
import { Http2Endpoint } from './http2-endpoint';
import type { Http2Exchange } from './http2-exchange';
import { ErrorCode } from './http2-frames';
import { streamEvents, type Http2Stream, type StreamEvents } from './http2-stream';
import type { StreamFormat } from './stream-format';
import { tellUnavailable } from './unavailable';

export interface Http2Machines extends ConnectionMachines {
  readonly http2: Definition;
  readonly stream: Definition;
}

/** Until the server's SETTINGS are there, most clients take this many streams for allowed; the RFC sets no limit. */
const ASSUMED_STREAMS = 100;

export class Http2Connection implements ConnectionLayer {
  readonly streamEvents: StreamEvents;
  private readonly tcp: TcpConnection;
  private readonly client: Http2Endpoint;
  private readonly server: Http2Endpoint;
  private readonly exchanges = new Set<Http2Exchange>();
  /** By stream, until its server's end is closed too. */
  private readonly byStream = new Map<number, Http2Exchange>();
  private streamLimit = ASSUMED_STREAMS;
  private isReady = false;
  private keepAlive: Timer | undefined = undefined;

  constructor(
    private readonly world: World,
    private readonly carrier: Http2Carrier,
    readonly machines: Http2Machines,
    model: Connection,
    private readonly http2: Http2,
    private readonly format: StreamFormat,
    wires: { readonly there: Wire; readonly back: Wire },
    number: number,
  ) {
    this.streamEvents = streamEvents(machines.stream);
    this.client = new Http2Endpoint(this, true, http2, () => this.tcp.client);
    this.server = new Http2Endpoint(this, false, http2, () => this.tcp.server);
    this.tcp = new TcpConnection(world, number, machines, model, wires, this);
    this.tcp.open();
  }

  get isUsable(): boolean {
    return !this.client.isGoingAway;
  }

  get canOpen(): boolean {
    return this.isReady && this.isUsable && this.client.active < this.streamLimit;
  }

  /** A client's end of a new stream; its first frame goes when the wire can take it. */
  open(exchange: Http2Exchange): void {
    this.exchanges.add(exchange);
    exchange.connection = this;
    const stream = this.client.newStream(exchange);
    exchange.client = stream;
    stream.send(this.format.request(exchange));
    for (const message of exchange.takeEarly()) this.sendPart(exchange, message, exchange.way);
    this.startKeepAlive();
  }

  answer(exchange: Http2Exchange, reply: Message, way: ConnectedLinkNode): void {
    exchange.reply = new Passage(reply, way);
    exchange.server!.send(this.format.reply(reply, exchange));
  }

  /** A message of a streaming call, from whichever end. */
  sendPart(exchange: Http2Exchange, message: Message, way: ConnectedLinkNode): void {
    const stream = way === exchange.way ? exchange.client : exchange.server;
    stream!.send(this.format.part(message, exchange, exchange.passageOf(message, way)));
  }

  /** The client does not want it any more: RST_STREAM with CANCEL (RFC 9113 §7), unless nothing has gone yet. */
  cancel(stream: Http2Stream): void {
    if (stream.isClosed) return;
    if (stream.id === 0) stream.closed();
    else this.client.reset(stream, ErrorCode.cancel);
    if (stream.exchange.isUnseen) this.again(stream.exchange);
  }

  /** The server will not look at it. A client that has given it up, or will before it hears, closes the books here. */
  unseen(exchange: Http2Exchange): void {
    exchange.isUnseen = true;
    if (exchange.isGone) this.again(exchange);
  }

  /** A stream has its identifier from now on. */
  opened(stream: Http2Stream): void {
    this.byStream.set(stream.id, stream.exchange);
  }

  exchangeOf(stream: number): Http2Exchange | undefined {
    return this.byStream.get(stream);
  }

  streamClosed(exchange: Http2Exchange): void {
    if (exchange.isOver) this.forget(exchange);
    if (!this.client.isGoingAway) this.carrier.pump();
    else if (this.client.active === 0) this.client.tell('drained');
  }

  /** The server's SETTINGS are there. */
  limitKnown(maxConcurrentStreams: number): void {
    this.streamLimit = maxConcurrentStreams;
    this.carrier.pump();
  }

  /** The server takes no more streams, and has not looked at these: they go to the next connection (RFC 9113 §6.8). */
  wentAway(unseen: readonly Http2Stream[]): void {
    for (const stream of unseen) {
      stream.closed();
      this.again(stream.exchange);
    }
    for (const { client } of this.exchanges) if (client?.id === 0) this.again(client.exchange);
    if (this.client.active === 0) this.client.tell('drained');
    this.carrier.pump();
  }

  /** The server has not looked at the request, so the client may send it again. */
  again(exchange: Http2Exchange): void {
    this.forget(exchange);
    if (exchange.client && !exchange.client.isClosed) exchange.client.closed();
    this.carrier.again(exchange);
  }

  close(): void {
    this.stopKeepAlive();
    this.tcp.close();
  }

  /** A PING has found no answer. */
  isDead(): void {
    this.tcp.fail();
  }

  /** The kernel's event: time for a PING. */
  tick(): void {
    this.keepAlive = undefined;
    if (this.client.active === 0) return;
    this.startKeepAlive();
    this.client.tell('pingDue');
  }

  ready(): void {
    this.isReady = true;
    this.client.tell('begin');
    this.carrier.pump();
  }

  failed(): void {
    this.stopKeepAlive();
    this.client.isGoingAway = true;
    const exchanges = this.isReady ? [...this.exchanges] : this.carrier.takeWaiting();
    for (const exchange of exchanges) {
      this.forget(exchange);
      exchange.lose();
    }
    for (const { isGone, message, way } of exchanges) {
      // Its server sees the connection end too.
      if (this.format.speaksGrpc) way.to.calledOff(message);
      if (!isGone) tellUnavailable(message, way, this.world.kernel.now);
    }
    this.carrier.pump();
  }

  clientPull(): Frame | undefined {
    return this.client.pull();
  }

  serverPull(): Frame | undefined {
    return this.server.pull();
  }

  clientReceived(frame: Frame): void {
    this.client.received(frame);
  }

  serverReceived(frame: Frame): void {
    this.server.received(frame);
  }

  private forget(exchange: Http2Exchange): void {
    this.exchanges.delete(exchange);
    if (exchange.client) this.byStream.delete(exchange.client.id);
    this.carrier.forget(exchange);
  }

  private startKeepAlive(): void {
    const { keepAliveMicros } = this.http2;
    if (keepAliveMicros === undefined || this.keepAlive !== undefined) return;
    this.keepAlive = this.world.kernel.schedule(keepAliveMicros, EventKind.tick, this);
  }

  private stopKeepAlive(): void {
    if (this.keepAlive !== undefined) this.world.kernel.cancel(this.keepAlive);
    this.keepAlive = undefined;
  }
}
