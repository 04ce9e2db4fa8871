/**
 * How an HTTP connection stands at an instant, as plain data. Of a pair of ends, the first is the client: who opened it. What there is of
 * windows, limits and frames is of HTTP/2 alone.
 */
import type { FrameType } from './frame';
import type { Micros } from './time';

/** `goingAway`: GOAWAY has come, so it takes no more requests and ends with those it has. */
export const CONNECTION_PHASES = ['connecting', 'securing', 'open', 'goingAway'] as const;
export type ConnectionPhase = (typeof CONNECTION_PHASES)[number];

/** One end of a stream (RFC 9113 §5.1). */
export interface StreamEndState {
  /** Bytes of DATA that it may send; less than 0 after a smaller SETTINGS_INITIAL_WINDOW_SIZE. */
  readonly windowBytes: number;
  /** It has more to send than a window allows: its own, or that of the connection. */
  readonly blockedBy: 'stream' | 'connection' | null;
  /** END_STREAM has gone from here, and has come here. */
  readonly hasEnded: boolean;
  readonly peerHasEnded: boolean;
  readonly isClosed: boolean;
}

export interface StreamState {
  /** Its number; over HTTP/1.1, which has no streams, the id of the message that the connection carries there, or its answer back. */
  readonly stream: number;
  readonly request: number;
  readonly sinceMicros: Micros;
  readonly ends: readonly [StreamEndState, StreamEndState];
}

export interface ConnectionEndState {
  /** Bytes of DATA that it may send on all streams together. */
  readonly windowBytes: number;
  /** What it may send on a new stream, as far as it has heard from its peer. */
  readonly streamWindowBytes: number;
  /** What it has sent and its peer has not got whole, in the order in which it comes. */
  readonly underWay: readonly FrameUnderWay[];
}

/** A frame of HTTP/2 on its way. */
export interface FrameUnderWay {
  readonly type: FrameType;
  readonly stream: number;
  readonly request: number;
  readonly sinceMicros: Micros;
}

export interface ConnectionState {
  /** The way of a link whose first end opened it. */
  readonly place: number;
  /** Counts from 1 on this way. */
  readonly number: number;
  readonly phase: ConnectionPhase;
  readonly sinceMicros: Micros;
  /** The server's limit of concurrent streams has reached the client. */
  readonly knowsLimit: boolean;
  readonly ends: readonly [ConnectionEndState, ConnectionEndState];
  /** Those that have not ended for both ends, the oldest first. Over HTTP/1.1 one at most. */
  readonly streams: readonly StreamState[];
}
