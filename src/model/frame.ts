/**
 * What a connection carries, piece by piece: the frames of HTTP/2 by their codes (RFC 9113 §6), and with codes above theirs the steps of
 * handshakes, the parts of HTTP/1.1 messages and whole messages of other protocols.
 */

export const FrameType = {
  data: 0x0,
  headers: 0x1,
  resetStream: 0x3,
  settings: 0x4,
  ping: 0x6,
  goAway: 0x7,
  windowUpdate: 0x8,
  /** TCP's handshake. */
  syn: 16,
  synAck: 17,
  /** That of TLS: everything that one end sends in one go. */
  clientHello: 18,
  serverFinished: 19,
  clientFinished: 20,
  /** The client's first 24 octets of an HTTP/2 connection. */
  preface: 21,
  /** HTTP/1.1: start line and header fields, then the body in chunks. */
  head: 22,
  body: 23,
  /** Part of a message on a connection without HTTP. */
  message: 24,
} as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** As the standards write them, the same in every language. */
export const FRAME_NAMES: Readonly<Partial<Record<FrameType, string>>> = {
  [FrameType.data]: 'DATA',
  [FrameType.headers]: 'HEADERS',
  [FrameType.resetStream]: 'RST_STREAM',
  [FrameType.settings]: 'SETTINGS',
  [FrameType.ping]: 'PING',
  [FrameType.goAway]: 'GOAWAY',
  [FrameType.windowUpdate]: 'WINDOW_UPDATE',
  [FrameType.syn]: 'SYN',
  [FrameType.synAck]: 'SYN, ACK',
  [FrameType.clientHello]: 'TLS ClientHello',
  [FrameType.serverFinished]: 'TLS ServerHello … Finished',
  [FrameType.clientFinished]: 'TLS Finished',
};

/** Flags of HTTP/2 frames. */
export const END_STREAM = 0x1;
export const ACK = 0x1;
export const END_HEADERS = 0x4;

const BYTES_RANGE = 2 ** 25;
/** Increments of windows end at 2³¹ − 1 (RFC 9113 §6.9). */
const INCREMENT_RANGE = 2 ** 31;
const TYPE_BITS = 5;
const TYPE_MASK = 0x1f;
const FLAGS_MASK = 0x7;
const END_BITS = 8;
/** Octets of the header of every HTTP/2 frame (RFC 9113 §4.1), and of a whole WINDOW_UPDATE (§6.9). */
export const FRAME_HEADER = 9;
export const WINDOW_UPDATE_BYTES = FRAME_HEADER + 4;
/** So many connections of a way are told apart while they live. */
const CONNECTION_RANGE = 128;

/** Those have streams, whose frames do not name their connection by themselves; the rest belongs to connections. */
export function isHttp2(type: FrameType): boolean {
  return type < FrameType.syn || type === FrameType.preface;
}

/** An end of an HTTP/2 connection in 8 bits, at least 2. `connection` counts from 1 on the way of who opened it. */
export function endCode(connection: number, isServer: boolean): number {
  return (1 + (connection % (CONNECTION_RANGE - 1))) * 2 + (isServer ? 1 : 0);
}

/** In the place of a frame's type: which window keeps a stream from sending. */
export const BY_STREAM = 0;
export const BY_CONNECTION = 1;

/** The `detail` of a record of a frame. `end`: who sends it, by `endCode`; 0 for frames that are not of HTTP/2. */
export function frameDetail(type: FrameType, flags: number, end: number): number {
  return type | (flags << TYPE_BITS) | (end << END_BITS);
}

/** Who sends a frame, or is kept from sending it: by `endCode`. */
export function endOf(detail: number): number {
  return detail >> END_BITS;
}

/** The `value` of a record of a frame: its length and the number of its stream or, without streams, of its connection. */
export function frameValue(bytes: number, stream: number): number {
  return stream * BYTES_RANGE + bytes;
}

/** The same of a WINDOW_UPDATE, whose length is always the same: by how many bytes the window grows, and the stream. */
export function windowUpdateValue(increment: number, stream: number): number {
  return stream * INCREMENT_RANGE + increment;
}

export interface FrameRecord {
  readonly type: FrameType;
  readonly flags: number;
  /** Frame header included, TLS and TCP not. */
  readonly bytes: number;
  /** Of GOAWAY: the last stream that is still answered. */
  readonly stream: number;
  /** Of WINDOW_UPDATE: bytes by which the window grows; 0 for all others. */
  readonly increment: number;
}

export function readFrame(detail: number, value: number): FrameRecord {
  const type = (detail & TYPE_MASK) as FrameType;
  const flags = (detail >> TYPE_BITS) & FLAGS_MASK;
  const isUpdate = type === FrameType.windowUpdate;
  const range = isUpdate ? INCREMENT_RANGE : BYTES_RANGE;
  const stream = Math.floor(value / range);
  const rest = value - stream * range;
  return { type, flags, bytes: isUpdate ? WINDOW_UPDATE_BYTES : rest, stream, increment: isUpdate ? rest : 0 };
}
