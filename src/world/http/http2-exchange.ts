/** A request over HTTP/2 and what becomes of it: a stream with two ends. */
import type { Message } from '../message';
import type { ConnectedLinkNode } from '../transport/connected-link-node';
import { Passage } from '../transport/passage';
import type { Http2Connection } from './http2-connection';
import type { Http2Stream } from './http2-stream';

export class Http2Exchange {
  connection: Http2Connection | undefined = undefined;
  client: Http2Stream | undefined = undefined;
  /** From the instant the request's HEADERS is there. */
  server: Http2Stream | undefined = undefined;
  readonly request: Passage;
  reply: Passage | undefined = undefined;
  /** Nobody waits any more for what comes of it. */
  isGone = false;

  constructor(
    readonly message: Message,
    readonly way: ConnectedLinkNode,
  ) {
    this.request = new Passage(message, way);
  }

  /** No end of its stream is open any more. */
  get isOver(): boolean {
    if (!this.client) return this.isGone;
    return this.client.isClosed && (this.client.id === 0 || this.server?.isClosed === true);
  }
}
