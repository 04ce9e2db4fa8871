/** A request over HTTP/2 and what becomes of it: a stream with two ends. */
import type { Message } from '../message';
import type { ConnectedLinkNode } from '../transport/connected-link-node';
import { Passage } from '../transport/passage';
import type { Http2Connection } from './http2-connection';
import type { Http2Stream } from './http2-stream';
import { WaitingExchange } from './waiting-exchanges';

/** Nobody wants a message of a stream any more that has not gone on its way. */
export function dropPart(message: Message, way: ConnectedLinkNode): void {
  message.stream!.part!.gone();
  way.cancelled(message, false);
}

export class Http2Exchange extends WaitingExchange {
  connection: Http2Connection | undefined = undefined;
  client: Http2Stream | undefined = undefined;
  /** From the instant the request's HEADERS is there. */
  server: Http2Stream | undefined = undefined;
  readonly request: Passage;
  reply: Passage | undefined = undefined;
  /** The header of the reply has gone, before the reply itself: messages of a stream. */
  isAnswered = false;
  /** Messages of the stream that are on their way, and those that wait for it to open. */
  private readonly parts = new Set<Passage>();
  private readonly early: Message[] = [];
  /** The server has refused it, or is going away. */
  isUnseen = false;

  constructor(message: Message, way: ConnectedLinkNode) {
    super(message, way);
    this.request = new Passage(message, way);
  }

  /** A message of the stream on its way: forgotten when it has come to its end. */
  passageOf(message: Message, way: ConnectedLinkNode): Passage {
    const passage = new Passage(message, way, () => this.parts.delete(passage));
    this.parts.add(passage);
    return passage;
  }

  /** The stream is not open yet: the message goes when it is. */
  keep(message: Message): void {
    this.early.push(message);
  }

  takeEarly(): readonly Message[] {
    return this.early.splice(0);
  }

  /** Nothing of it will arrive any more. */
  lose(): void {
    this.request.cancel();
    this.reply?.cancel();
    for (const passage of [...this.parts]) passage.cancel();
    for (const message of this.takeEarly()) dropPart(message, this.way);
  }

  /** No end of its stream is open any more. */
  get isOver(): boolean {
    if (!this.client) return this.isGone;
    return this.client.isClosed && (this.client.id === 0 || this.server?.isClosed === true);
  }
}
