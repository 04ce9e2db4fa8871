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

/** The `detail` of a record of a frame. */
export function frameDetail(type: FrameType, flags: number): number {
  return type | (flags << 8);
}

/** The `value` of a record of a frame: its length and the number of its stream or, without streams, of its connection. */
export function frameValue(bytes: number, stream: number): number {
  return stream * BYTES_RANGE + bytes;
}

export interface FrameRecord {
  readonly type: FrameType;
  readonly flags: number;
  /** Frame header included, TLS and TCP not. */
  readonly bytes: number;
  readonly stream: number;
}

export function readFrame(detail: number, value: number): FrameRecord {
  const stream = Math.floor(value / BYTES_RANGE);
  return { type: (detail & 0xff) as FrameType, flags: detail >> 8, bytes: value - stream * BYTES_RANGE, stream };
}
