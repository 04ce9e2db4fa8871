/** The header fields of requests and replies, the same for HTTP/1.1 and HTTP/2 (RFC 9110, RFC 9113 §8.3). */
import type { Message } from '../message';
import type { Status } from '../status';
import type { HeaderField } from './hpack-table';

/** As `google.rpc.Code` maps its codes to HTTP. */
const HTTP_STATUS: Readonly<Record<Status, string>> = {
  CANCELLED: '499',
  UNKNOWN: '500',
  INVALID_ARGUMENT: '400',
  DEADLINE_EXCEEDED: '504',
  NOT_FOUND: '404',
  ALREADY_EXISTS: '409',
  PERMISSION_DENIED: '403',
  RESOURCE_EXHAUSTED: '429',
  FAILED_PRECONDITION: '400',
  ABORTED: '409',
  OUT_OF_RANGE: '400',
  UNIMPLEMENTED: '501',
  INTERNAL: '500',
  UNAVAILABLE: '503',
  DATA_LOSS: '500',
  UNAUTHENTICATED: '401',
};

export function requestFields(server: string, isSecure: boolean, bodyBytes: number): HeaderField[] {
  return [
    [':method', 'POST'],
    [':scheme', isSecure ? 'https' : 'http'],
    [':path', '/'],
    [':authority', server],
    ['user-agent', 'async-lab'],
    ['accept', 'application/json'],
    ['content-type', 'application/json'],
    ['content-length', String(bodyBytes)],
  ];
}

export function replyFields(reply: Message, bodyBytes: number): HeaderField[] {
  return [
    [':status', reply.status === undefined ? '200' : HTTP_STATUS[reply.status]],
    ['content-type', 'application/json'],
    ['content-length', String(bodyBytes)],
  ];
}

/** Octets of the head of an HTTP/1.1 message with these fields: start line, field lines and the empty line (RFC 9112 §2.1). */
export function headBytes(fields: readonly HeaderField[]): number {
  let bytes = 2;
  for (const [name, value] of fields) {
    switch (name) {
      case ':method':
        bytes += value.length + 1;
        break;
      case ':path':
        bytes += value.length + ' HTTP/1.1\r\n'.length;
        break;
      case ':status':
        bytes += 'HTTP/1.1 '.length + value.length + ' \r\n'.length;
        break;
      case ':scheme':
        break;
      default:
        bytes += (name === ':authority' ? 'host' : name).length + ': \r\n'.length + value.length;
    }
  }
  return bytes;
}
