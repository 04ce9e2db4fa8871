/** One HTTP/1.1 connection at work: a request there, its response back. The `http1Connection` machine decides what comes when. */
import { FrameType } from '../../model/frame';
import type { Http1 } from '../../model/kinds/connection';
import type { Instance } from '../driver';
import { serviceOf } from '../../model/replicas';
import type { Message } from '../message';
import type { ConnectedLinkNode } from '../transport/connected-link-node';
import { Frame } from '../transport/frame';
import { Passage } from '../transport/passage';
import type { TcpConnection, ConnectionLayer } from '../transport/tcp-connection';
import type { Http1Carrier } from './http1-carrier';
import type { HeaderField } from './hpack-table';
import { WaitingExchange } from './waiting-exchanges';
import { headBytes, replyFields, requestFields } from './header-fields';

/** Bodies are written in pieces of this size, so that connections take turns on a narrow link. */
const CHUNK = 16_384;

/** A message that is written piece by piece. */
class Writing {
  private headBytes: number;

  constructor(
    private readonly passage: Passage,
    fields: readonly HeaderField[],
    private bodyLeft: number,
    private readonly connection: number,
  ) {
    this.headBytes = headBytes(fields);
  }

  get isDone(): boolean {
    return this.headBytes === 0 && this.bodyLeft === 0;
  }

  next(): Frame {
    const isHead = this.headBytes > 0;
    const bytes = isHead ? this.headBytes : Math.min(CHUNK, this.bodyLeft);
    if (isHead) this.headBytes = 0;
    else this.bodyLeft -= bytes;
    return this.passage.mark(new Frame(isHead ? FrameType.head : FrameType.body, bytes, this.connection), this.isDone);
  }
}

/** A request and what becomes of it. */
export class Http1Exchange extends WaitingExchange {
  connection: Http1Connection | undefined = undefined;
  readonly request: Passage;
  reply: Passage | undefined = undefined;

  constructor(
    message: Message,
    way: ConnectedLinkNode,
    readonly bytes: number,
  ) {
    super(message, way);
    this.request = new Passage(message, way);
  }
}

type EventName = 'request' | 'requestSent' | 'response' | 'responseReceived' | 'lastResponseReceived' | 'abort';

export class Http1Connection implements ConnectionLayer {
  tcp!: TcpConnection;
  exchange: Http1Exchange | undefined = undefined;
  private readonly machine: Instance;
  private readonly events: Readonly<Record<EventName, number>>;
  private request: Writing | undefined = undefined;
  private response: Writing | undefined = undefined;
  private requests = 0;
  private isResponding = false;

  constructor(
    private readonly carrier: Http1Carrier,
    private readonly model: Http1,
    private readonly isSecure: boolean,
  ) {
    const { http1 } = carrier.machines;
    const event = (name: EventName) => http1.event(name);
    this.events = {
      request: event('request'),
      requestSent: event('requestSent'),
      response: event('response'),
      responseReceived: event('responseReceived'),
      lastResponseReceived: event('lastResponseReceived'),
      abort: event('abort'),
    };
    const actions = { free: () => carrier.freed(this), close: () => this.close() };
    this.machine = http1.create({}, { actions });
  }

  assign(exchange: Http1Exchange): void {
    exchange.connection = this;
    this.exchange = exchange;
    this.requests++;
    this.isResponding = false;
    this.machine.send(this.events.request);
    const fields = requestFields(serviceOf(exchange.request.way.to.id), this.isSecure, exchange.bytes);
    this.request = new Writing(exchange.request, fields, exchange.bytes, this.tcp.number);
    this.tcp.client.wake();
  }

  respond(reply: Message, bytes: number, way: ConnectedLinkNode): void {
    const passage = new Passage(reply, way);
    this.exchange!.reply = passage;
    const fields = replyFields(reply, bytes);
    if (this.isLast) fields.push(['connection', 'close']);
    this.response = new Writing(passage, fields, bytes, this.tcp.number);
    this.tcp.server.wake();
  }

  abort(): void {
    this.machine.send(this.events.abort);
  }

  ready(): void {
    this.carrier.connected(this);
  }

  failed(): void {
    this.carrier.failed(this);
  }

  clientPull(): Frame | undefined {
    const frame = this.request?.next();
    if (this.request?.isDone) {
      this.request = undefined;
      this.machine.send(this.events.requestSent);
    }
    return frame;
  }

  serverPull(): Frame | undefined {
    const frame = this.response?.next();
    if (this.response?.isDone) this.response = undefined;
    return frame;
  }

  serverReceived(frame: Frame): void {
    frame.passage!.take(frame);
  }

  clientReceived(frame: Frame): void {
    if (!this.isResponding) this.machine.send(this.events.response);
    this.isResponding = true;
    if (frame.endsPassage) {
      this.carrier.ended(this.exchange!);
      this.exchange = undefined;
      this.machine.send(this.isLast ? this.events.lastResponseReceived : this.events.responseReceived);
    }
    frame.passage!.take(frame);
  }

  private get isLast(): boolean {
    return this.requests >= this.model.maxRequests;
  }

  private close(): void {
    this.tcp.close();
    this.carrier.closed();
  }
}
