/** Requests and replies as JSON over plain HTTP/2. */
import { serviceOf } from '../../model/replicas';
import { InvariantBroken } from '../../sim/assert';
import type { Message } from '../message';
import type { Topology } from '../topology';
import { bodyBytes } from '../transport/body-bytes';
import { replyFields, requestFields } from './header-fields';
import type { Http2Exchange } from './http2-exchange';
import { Part } from './http2-stream';
import type { StreamFormat } from './stream-format';

export class JsonFormat implements StreamFormat {
  readonly speaksGrpc = false;

  constructor(
    private readonly topology: Topology,
    private readonly isSecure: boolean,
  ) {}

  request({ message, way, request }: Http2Exchange): Part {
    const bytes = bodyBytes(message, this.topology);
    return new Part(requestFields(serviceOf(way.to.id), this.isSecure, bytes), bytes, undefined, true, request);
  }

  reply(message: Message, { reply }: Http2Exchange): Part {
    const bytes = bodyBytes(message, this.topology);
    return new Part(replyFields(message, bytes), bytes, undefined, true, reply);
  }

  part(): never {
    throw new InvariantBroken('HTTP/2 without gRPC carries no messages of a stream');
  }
}
