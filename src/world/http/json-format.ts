/** Requests and replies as JSON over plain HTTP/2. */
import { serviceOf } from '../../model/replicas';
import type { Message } from '../message';
import type { Topology } from '../topology';
import { bodyBytes } from '../transport/body-bytes';
import type { Passage } from '../transport/passage';
import { replyFields, requestFields } from './header-fields';
import type { Http2Exchange } from './http2-exchange';
import { Part } from './http2-stream';
import type { StreamFormat } from './stream-format';

export class JsonFormat implements StreamFormat {
  readonly cancelsCalls = false;

  constructor(
    private readonly topology: Topology,
    private readonly isSecure: boolean,
  ) {}

  request({ message, way, request }: Http2Exchange): Part {
    const bytes = bodyBytes(message, this.topology);
    return new Part(requestFields(serviceOf(way.to.id), this.isSecure, bytes), bytes, undefined, true, request);
  }

  reply(reply: Message, passage: Passage): Part {
    const bytes = bodyBytes(reply, this.topology);
    return new Part(replyFields(reply, bytes), bytes, undefined, true, passage);
  }
}
