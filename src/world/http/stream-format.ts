/** What a protocol on HTTP/2 puts on the stream of a request. */
import type { Message } from '../message';
import type { Passage } from '../transport/passage';
import type { Http2Exchange } from './http2-exchange';
import type { Part } from './http2-stream';

export interface StreamFormat {
  /** Whether calls are called off at their service when their caller gives up, by RST_STREAM, even without a deadline that travels. */
  readonly cancelsCalls: boolean;
  request(exchange: Http2Exchange): Part;
  reply(reply: Message, passage: Passage): Part;
}
