/** How a link carries messages when not each by itself: over TCP connections, with or without TLS, by HTTP/1.1, HTTP/2 or gRPC. */
import * as v from 'valibot';
import { LIMITS } from '../limits';
import { asWritten, problem } from '../problem';
import { readDuration, readSize } from '../resolve';
import { FIRST_HEADER_TABLE, FIRST_MAX_FRAME, FIRST_WINDOW } from '../http2-start';
import { choice, duration, number, object, says, size, wholeNumber } from '../schema-parts';
import type { Reading } from '../scenario-reading';
import type { Micros } from '../time';

/** 2³¹ − 1: windows, stream identifiers and settings of HTTP/2 end here (RFC 9113 §6.5.2, §6.9.1). */
const INT31 = 2 ** 31 - 1;
/** RFC 6298 §2.4: at least one second. Linux takes 200 ms. */
const MIN_RTO: Micros = 1_000_000;
/** What browsers open to one origin, and a usual pool of services. */
const HTTP1_CONNECTIONS = 6;
/** RFC 9113 §6.5.2 asks for no less; many servers say just this. */
const CONCURRENT_STREAMS = 100;
/** Half a window is credited at once, as nghttp2 does. */
const WINDOW_UPDATE_AT = 0.5;

const transport = v.union(
  [choice('message', 'tcp'), object({ tcp: object({ minRto: v.optional(duration(LIMITS.delayMicros, 1)) }) })],
  says('problem.transport'),
);
const maxRequests = v.optional(wholeNumber(1, LIMITS.requestsOfConnection));
const http2Entries = {
  maxConcurrentStreams: v.optional(wholeNumber(1, LIMITS.connectionStreams)),
  initialWindowSize: v.optional(size(INT31, 1)),
  connectionWindowSize: v.optional(size(INT31, FIRST_WINDOW)),
  maxFrameSize: v.optional(size(2 ** 24 - 1, FIRST_MAX_FRAME)),
  headerTableSize: v.optional(size(LIMITS.headerTableBytes)),
  windowUpdateAt: v.optional(number(0, 1)),
  keepAlive: v.optional(duration(LIMITS.delayMicros, 1)),
  maxRequests,
};
const http2Settings = object(http2Entries);
const protocol = v.union(
  [
    choice('http1', 'http2', 'grpc'),
    object({ http1: object({ connections: v.optional(wholeNumber(1, LIMITS.connections)), maxRequests }) }),
    object({ http2: http2Settings }),
    object({ grpc: object({ codec: v.optional(choice('proto', 'json')), ...http2Entries }) }),
  ],
  says('problem.protocol'),
);

export const connectionEntries = {
  transport: v.optional(transport),
  protocol: v.optional(protocol),
  tls: v.optional(choice('none', 'tls', 'mtls')),
};

/** One connection or several over TCP between the ends of a link. */
export interface Connection {
  /**
   * `tls`: who is on the link sees sizes and times only, and whatever they change, make up or send again ends the connection; who connects
   * may claim any name. `mtls`: both ends have shown a certificate as well, so the name of who calls is proved.
   */
  readonly tls: 'none' | 'tls' | 'mtls';
  /** Shortest retransmission timeout. */
  readonly minRtoMicros: Micros;
  readonly protocol: Plain | Http1 | Http2 | Grpc;
}

/** One connection, one message behind the other. */
export interface Plain {
  readonly kind: 'plain';
}

export interface Http1 {
  readonly kind: 'http1';
  /** Most connections at once; each carries one request at a time. */
  readonly connections: number;
  /** After so many the server closes a connection. */
  readonly maxRequests: number;
}

/** What says how much may be under way on a connection of HTTP/2. */
export interface FlowSettings {
  /** SETTINGS_MAX_CONCURRENT_STREAMS of the server. */
  readonly maxConcurrentStreams: number;
  /** SETTINGS_INITIAL_WINDOW_SIZE: what may be on its way on one stream. */
  readonly initialWindowBytes: number;
  /** What may be on its way on all streams of a connection. */
  readonly connectionWindowBytes: number;
}

/** Settings that both ends announce, as far as they are theirs to announce. */
export interface Http2 extends FlowSettings {
  readonly kind: 'http2';
  /** SETTINGS_MAX_FRAME_SIZE. */
  readonly maxFrameBytes: number;
  /** SETTINGS_HEADER_TABLE_SIZE. */
  readonly headerTableBytes: number;
  /** A receiver gives credit back when this share of a window is used up; 0: for every frame. */
  readonly windowUpdateAt: number;
  /** The client sends a PING so often while streams are open; unanswered for as long again, the connection counts as dead. */
  readonly keepAliveMicros: Micros | undefined;
  /** After so many the server sends GOAWAY. */
  readonly maxRequests: number;
}

/** gRPC on HTTP/2: the settings are those of its connection. */
export interface Grpc {
  readonly kind: 'grpc';
  readonly http2: Http2;
  /** How messages are written: Protocol Buffers, or JSON. */
  readonly codec: 'proto' | 'json';
}

/** What there is to know of a way's connections where they are of HTTP; gRPC's are of HTTP/2. */
export interface HttpSettings {
  readonly http1?: Pick<Http1, 'connections'>;
  readonly http2?: FlowSettings;
}

export function httpSettingsOf(connection: Connection | undefined): HttpSettings {
  const protocol = connection?.protocol;
  if (protocol?.kind === 'http1') return { http1: { connections: protocol.connections } };
  const http2 = protocol?.kind === 'grpc' ? protocol.http2 : protocol;
  if (http2?.kind !== 'http2') return {};
  const { maxConcurrentStreams, initialWindowBytes, connectionWindowBytes } = http2;
  return { http2: { maxConcurrentStreams, initialWindowBytes, connectionWindowBytes } };
}

interface ConnectionFile {
  readonly transport?: v.InferOutput<typeof transport> | undefined;
  readonly protocol?: v.InferOutput<typeof protocol> | undefined;
  readonly tls?: Connection['tls'] | undefined;
}

/** Undefined when each message travels by itself. */
export function resolveConnection(link: ConnectionFile): Connection | undefined {
  if ((link.transport ?? 'message') === 'message' && link.protocol === undefined && (link.tls ?? 'none') === 'none') return undefined;
  const tcp = typeof link.transport === 'object' ? link.transport.tcp : {};
  return {
    tls: link.tls ?? 'none',
    minRtoMicros: tcp.minRto === undefined ? MIN_RTO : readDuration(tcp.minRto),
    protocol: resolveProtocol(link.protocol),
  };
}

function resolveProtocol(given: ConnectionFile['protocol']): Connection['protocol'] {
  if (given === undefined) return { kind: 'plain' };
  if (given === 'http1' || (typeof given === 'object' && 'http1' in given)) {
    const { connections, maxRequests } = given === 'http1' ? {} : given.http1;
    return { kind: 'http1', connections: connections ?? HTTP1_CONNECTIONS, maxRequests: maxRequests ?? LIMITS.requestsOfConnection };
  }
  if (given === 'grpc' || (typeof given === 'object' && 'grpc' in given)) {
    const { codec, ...http2 } = given === 'grpc' ? {} : given.grpc;
    return { kind: 'grpc', codec: codec ?? 'proto', http2: resolveHttp2(http2) };
  }
  return resolveHttp2(given === 'http2' ? {} : given.http2);
}

function resolveHttp2(http2: v.InferOutput<typeof http2Settings>): Http2 {
  const bytes = (text: string | undefined, standard: number): number => (text === undefined ? standard : readSize(text));
  return {
    kind: 'http2',
    maxConcurrentStreams: http2.maxConcurrentStreams ?? CONCURRENT_STREAMS,
    initialWindowBytes: bytes(http2.initialWindowSize, FIRST_WINDOW),
    connectionWindowBytes: bytes(http2.connectionWindowSize, FIRST_WINDOW),
    maxFrameBytes: bytes(http2.maxFrameSize, FIRST_MAX_FRAME),
    headerTableBytes: bytes(http2.headerTableSize, FIRST_HEADER_TABLE),
    windowUpdateAt: http2.windowUpdateAt ?? WINDOW_UPDATE_AT,
    keepAliveMicros: http2.keepAlive === undefined ? undefined : readDuration(http2.keepAlive),
    maxRequests: http2.maxRequests ?? LIMITS.requestsOfConnection,
  };
}

const HTTP_KINDS: readonly string[] = ['client', 'service', 'balancer'];

/** HTTP and gRPC ask and answer, so they are no protocol of a broker; and they need TCP, like TLS. */
export function checkConnections({ problems, components, links }: Reading): void {
  for (const [index, link] of links.entries()) {
    for (const key of ['protocol', 'tls'] as const) {
      const isUsed = link[key] !== undefined && link[key] !== 'none';
      if (isUsed && link['transport'] === 'message') problems.push(problem(`links[${index}].transport`, 'problem.needsTcp', { key }));
    }
    if (link['protocol'] === undefined) continue;
    for (const end of ['from', 'to']) {
      const id = link[end];
      const kind = typeof id === 'string' ? components.get(id)?.['kind'] : undefined;
      if (typeof kind !== 'string' || HTTP_KINDS.includes(kind)) continue;
      problems.push(problem(`links[${index}].protocol`, 'problem.httpEnds', { value: asWritten(id), kind }));
    }
  }
}
