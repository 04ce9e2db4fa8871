/**
 * gRPC over HTTP/2 (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md): a message is DATA with a prefix of five octets, its status comes in
 * trailers. A reply that is only a status has no DATA: its one HEADERS is both header and trailers ("Trailers-Only").
 */
import type { Grpc } from '../../model/kinds/connection';
import { serviceOf } from '../../model/replicas';
import { MessageKind } from '../../model/trace';
import { STATUS_CODES } from '../../model/status-codes';
import type { HeaderField } from '../http/hpack-table';
import type { Http2Exchange } from '../http/http2-exchange';
import { Part } from '../http/http2-stream';
import type { StreamFormat } from '../http/stream-format';
import type { Message } from '../message';
import { givenBytes, jsonBytes } from '../transport/body-bytes';
import type { Passage } from '../transport/passage';
import type { World } from '../world';
import { grpcTimeout } from './grpc-timeout';
import { protobufBytes } from './protobuf-size';

/** Compressed-Flag and Message-Length before each message. */
const PREFIX = 5;

export class GrpcFormat implements StreamFormat {
  readonly speaksGrpc = true;
  private readonly contentType: HeaderField;
  private readonly bytesOf: (body: unknown) => number;

  constructor(
    private readonly world: World,
    { codec }: Grpc,
    private readonly isSecure: boolean,
  ) {
    this.contentType = ['content-type', codec === 'json' ? 'application/grpc+json' : 'application/grpc'];
    this.bytesOf = codec === 'json' ? jsonBytes : protobufBytes;
  }

  request({ message, way, request }: Http2Exchange): Part {
    const service = serviceOf(way.to.id);
    if (message.stream) return new Part(this.requestFields(message, service, 'OnStream'), 0, undefined, false, request);
    return new Part(this.requestFields(message, service, 'OnRequest'), this.framed(message), undefined, true, request);
  }

  reply(message: Message, { reply, isAnswered, message: { stream } }: Http2Exchange): Part {
    if (isAnswered) return new Part(undefined, 0, trailers(message), true, reply);
    const isOnlyStatus = message.status !== undefined || stream !== undefined;
    if (isOnlyStatus) return new Part([...this.replyFields(), ...trailers(message)], 0, undefined, true, reply);
    return new Part(this.replyFields(), this.framed(message), trailers(message), true, reply);
  }

  part(message: Message, exchange: Http2Exchange, passage: Passage): Part {
    const part = message.stream!.part!;
    part.bytes = part.hasBody ? this.framed(message) : 0;
    const isFirstReply = message.kind === MessageKind.replyPart && !exchange.isAnswered;
    if (isFirstReply) exchange.isAnswered = true;
    return new Part(isFirstReply ? this.replyFields() : undefined, part.bytes, undefined, part.isLast, passage, part.gone);
  }

  /** "Call-Definition" in its order; the service is the component, the method its handler. */
  private requestFields({ attempt }: Message, service: string, method: string): HeaderField[] {
    const { world, isSecure, contentType } = this;
    const deadlineAt = attempt?.deadlineAt ?? -1;
    return [
      [':method', 'POST'],
      [':scheme', isSecure ? 'https' : 'http'],
      [':path', `/${service}/${method}`],
      [':authority', service],
      ['te', 'trailers'],
      ...(deadlineAt < 0 ? [] : [['grpc-timeout', grpcTimeout(deadlineAt - world.kernel.now)] as const]),
      contentType,
      ['user-agent', 'grpc-async-lab'],
    ];
  }

  private replyFields(): HeaderField[] {
    return [[':status', '200'], this.contentType];
  }

  /** "Length-Prefixed-Message". */
  private framed(message: Message): number {
    const { body } = message;
    return PREFIX + (body === undefined ? givenBytes(message, this.world.topology) : this.bytesOf(body));
  }
}

function trailers({ status, errorText }: Message): HeaderField[] {
  if (status === undefined) return [['grpc-status', '0']];
  return [
    ['grpc-status', String(STATUS_CODES[status])],
    ['grpc-message', percentEncoded(errorText)],
  ];
}

/** "Percent-Encoded": octets of UTF-8 that are no printable ASCII, and the percent sign itself. */
export function percentEncoded(text: string): string {
  const wellFormed = text.replace(/[\uD800-\uDFFF]/gu, '\uFFFD');
  return wellFormed.replace(/[^ -$&-~]+/gu, encodeURIComponent);
}
