/** What a protocol on HTTP/2 puts on the stream of a request. */
import type { Message } from '../message';
import type { Passage } from '../transport/passage';
import type { Http2Exchange } from './http2-exchange';
import type { Part } from './http2-stream';

export interface StreamFormat {
  /** Whether calls are called off at their service when their caller gives up, by RST_STREAM, even without a deadline that travels. */
  readonly speaksGrpc: boolean;
  request(exchange: Http2Exchange): Part;
  reply(message: Message, exchange: Http2Exchange): Part;
  /** A message of a streaming call, after the request or before the reply. */
  part(message: Message, exchange: Http2Exchange, passage: Passage): Part;
}
