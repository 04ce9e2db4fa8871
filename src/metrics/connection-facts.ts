/**
 * How the HTTP connections of a run stand: their handshakes, what they carry, and over HTTP/2 what each end may still send. Windows follow
 * from the frames alone (RFC 9113 §5.2, §6.9): DATA that goes takes from them, WINDOW_UPDATE and SETTINGS that come add to them. A connection
 * of HTTP/1.1 is taken from the head of a request until its response is there (RFC 9112 §9.3).
 */
import type { ConnectionPhase, ConnectionState } from '../model/connection-state';
import { ACK, BY_CONNECTION, END_STREAM, endCode, endOf, FRAME_HEADER, FrameType, readFrame, type FrameRecord } from '../model/frame';
import { FIRST_WINDOW } from '../model/http2-start';
import { RecordKind, type LinkPlace, type Place, type TraceChunk } from '../model/trace';

type Changing<State> = State extends object ? { -readonly [Key in keyof State]: Changing<State[Key]> } : State;
type Connection = Changing<ConnectionState>;
type Stream = Connection['streams'][number];

/** The two ends of a connection, in the order of `ConnectionState`. */
type End = 0 | 1;
const CLIENT = 0;

const NONE: readonly ConnectionState[] = [];

export class ConnectionFacts {
  private constructor(
    private readonly places: readonly Place[],
    /** By the way of the link, the oldest first. */
    private readonly connections: Map<number, Connection[]>,
  ) {}

  /** @param known how they stood when the trace begins */
  static of(places: readonly Place[], known: readonly ConnectionState[]): ConnectionFacts {
    const facts = new ConnectionFacts(places, new Map());
    for (const connection of known) facts.listOn(connection.place).push(copyOf(connection));
    return facts;
  }

  copy(): ConnectionFacts {
    return new ConnectionFacts(this.places, new Map([...this.connections].map(([place, list]) => [place, list.map(copyOf)])));
  }

  /** The connections that the first end of a way has opened, as they stand now, the oldest first. */
  on(place: number): readonly ConnectionState[] {
    return this.connections.get(place)?.map(copyOf) ?? NONE;
  }

  get all(): readonly ConnectionState[] {
    return [...this.connections.keys()].flatMap((place) => this.on(place));
  }

  /** Takes in the record at this position of a chunk, in the order of the run; only frames, what closes or blocks, and over HTTP/1.1 what comes whole changes anything. */
  take(chunk: TraceChunk, at: number): void {
    const place = chunk.place[at]!;
    const detail = chunk.detail[at]!;
    const value = chunk.value[at]!;
    switch (chunk.kind[at]) {
      case RecordKind.frameSent:
      case RecordKind.frameReceived:
        this.frame(chunk, at, readFrame(detail, value));
        break;
      case RecordKind.windowBlocked: {
        const stream = this.connectionOf(place, detail)?.streams.find((one) => one.stream === value);
        if (stream) stream.ends[endIn(detail)].blockedBy = readFrame(detail, 0).type === BY_CONNECTION ? 'connection' : 'stream';
        break;
      }
      case RecordKind.messageDelivered: {
        if (!(this.places[place] as LinkPlace).http1) break;
        const taken = this.carrying(this.oppositeOf(place), chunk.subject[at]!);
        if (taken) taken.streams = [];
        break;
      }
      case RecordKind.connectionClosed: {
        const open = this.connections.get(place);
        const closed = open?.findIndex(({ number }) => number === value) ?? -1;
        if (closed >= 0) open!.splice(closed, 1);
      }
    }
  }

  private frame(chunk: TraceChunk, at: number, frame: FrameRecord): void {
    const place = chunk.place[at]!;
    const detail = chunk.detail[at]!;
    const { http1, http2 } = this.places[place] as LinkPlace;
    if (!http1 && !http2) return;
    const isSent = chunk.kind[at] === RecordKind.frameSent;
    const now = chunk.time[at]!;
    if (frame.type === FrameType.syn) {
      if (isSent) this.listOn(place).push(begun(place, frame.stream, now));
      return;
    }
    if (frame.type === FrameType.clientHello) {
      const connection = this.connections.get(place)?.findLast(({ number }) => number === frame.stream);
      if (connection) enter(connection, 'securing', now);
      return;
    }
    if (!http2) return this.exchanged(place, frame, chunk.subject[at]!, chunk.request[at]!, isSent, now);
    const connection = this.connectionOf(place, detail);
    if (!connection) return;
    const sender = endIn(detail);
    // TCP hands frames on in the order in which they were sent.
    const { underWay } = connection.ends[sender];
    if (isSent) underWay.push({ type: frame.type, stream: frame.stream, request: chunk.request[at]!, sinceMicros: now });
    else underWay.shift();
    if (isSent && frame.type === FrameType.preface) enter(connection, 'open', now);
    else if (isSent) sent(connection, sender, frame, chunk.request[at]!, now);
    else received(connection, sender === CLIENT ? 1 : 0, frame, http2.initialWindowBytes, now);
  }

  /** A frame of HTTP/1.1 names its connection by number; of both ends' connections with it, only one has the other step to take, or the message. */
  private exchanged(place: number, { type, stream: number }: FrameRecord, message: number, request: number, isSent: boolean, now: number) {
    const opened = (way: number): Connection | undefined => this.connections.get(way)?.findLast((one) => one.number === number);
    if (type === FrameType.synAck && !isSent) {
      // Where TLS follows, its first step goes at the same instant.
      const connection = opened(this.oppositeOf(place));
      if (connection?.phase === 'connecting') enter(connection, 'open', now);
    } else if (type === FrameType.clientFinished && isSent) {
      const connection = opened(place);
      if (connection) enter(connection, 'open', now);
    } else if (type === FrameType.head && isSent && !this.carrying(this.oppositeOf(place), message)) {
      const connection = opened(place);
      if (connection) connection.streams = [begunStream(connection, message, request, now)];
    }
  }

  /** The connection of HTTP/1.1 from this way that has this message, or its answer. */
  private carrying(place: number, message: number): Connection | undefined {
    return this.connections.get(place)?.find(({ streams }) => streams[0]?.stream === message);
  }

  /** The connection that a frame on a way belongs to: opened by the end that sends it, or by the other one. */
  private connectionOf(place: number, detail: number): Connection | undefined {
    if (endOf(detail) === 0) return undefined;
    const opener = endIn(detail) === CLIENT ? place : this.oppositeOf(place);
    return this.connections.get(opener)?.findLast(({ number }) => (endCode(number, false) | 1) === (endOf(detail) | 1));
  }

  private oppositeOf(place: number): number {
    const { link, way } = this.places[place] as LinkPlace;
    // The ways of a link have places side by side.
    const beside = place + (way === 'forth' ? 1 : -1);
    const other = this.places[beside];
    return other?.kind === 'link' && other.link === link ? beside : -1;
  }

  private listOn(place: number): Connection[] {
    const list = this.connections.get(place) ?? [];
    this.connections.set(place, list);
    return list;
  }
}

function begun(place: number, number: number, sinceMicros: number): Connection {
  const end = (): Connection['ends'][0] => ({ windowBytes: FIRST_WINDOW, streamWindowBytes: FIRST_WINDOW, underWay: [] });
  return { place, number, phase: 'connecting', sinceMicros, knowsLimit: false, ends: [end(), end()], streams: [] };
}

function enter(connection: Connection, phase: ConnectionPhase, now: number): void {
  connection.phase = phase;
  connection.sinceMicros = now;
}

function sent(connection: Connection, end: End, frame: FrameRecord, request: number, now: number): void {
  const { type } = frame;
  if (type !== FrameType.headers && type !== FrameType.data && type !== FrameType.resetStream) return;
  const content = type === FrameType.data ? frame.bytes - FRAME_HEADER : 0;
  connection.ends[end].windowBytes -= content;
  let stream = connection.streams.find((one) => one.stream === frame.stream);
  if (!stream && type === FrameType.headers && end === CLIENT) {
    stream = begunStream(connection, frame.stream, request, now);
    connection.streams.push(stream);
  }
  if (!stream) return;
  const own = stream.ends[end];
  own.windowBytes -= content;
  own.blockedBy = null;
  if (type === FrameType.resetStream) own.isClosed = true;
  else if ((frame.flags & END_STREAM) !== 0) own.hasEnded = true;
  settle(connection, stream);
}

function received(connection: Connection, end: End, frame: FrameRecord, initialWindow: number, now: number): void {
  const { type, flags } = frame;
  const own = connection.ends[end];
  if (type === FrameType.windowUpdate && frame.stream === 0) own.windowBytes += frame.increment;
  else if (type === FrameType.settings && (flags & ACK) === 0) {
    const change = initialWindow - own.streamWindowBytes;
    own.streamWindowBytes = initialWindow;
    for (const { ends } of connection.streams) ends[end].windowBytes += change;
    if (end === CLIENT) connection.knowsLimit = true;
  } else if (type === FrameType.goAway) {
    enter(connection, 'goingAway', now);
    connection.streams = connection.streams.filter(({ stream }) => stream <= frame.stream);
  } else {
    const stream = connection.streams.find((one) => one.stream === frame.stream);
    if (!stream || stream.ends[end].isClosed) return;
    const half = stream.ends[end];
    if (type === FrameType.windowUpdate) half.windowBytes += frame.increment;
    else if (type === FrameType.resetStream) half.isClosed = true;
    else if ((flags & END_STREAM) !== 0) half.peerHasEnded = true;
    settle(connection, stream);
  }
}

function begunStream({ ends }: Connection, stream: number, request: number, sinceMicros: number): Stream {
  const half = ({ streamWindowBytes }: Connection['ends'][0]): Stream['ends'][0] => ({
    windowBytes: streamWindowBytes,
    blockedBy: null,
    hasEnded: false,
    peerHasEnded: false,
    isClosed: false,
  });
  return { stream, request, sinceMicros, ends: [half(ends[0]), half(ends[1])] };
}

/** An end is closed when END_STREAM has gone and come, the stream is forgotten when both ends are. */
function settle(connection: Connection, stream: Stream): void {
  for (const half of stream.ends) {
    if (half.hasEnded && half.peerHasEnded) half.isClosed = true;
    if (half.isClosed) half.blockedBy = null;
  }
  if (stream.ends.every(({ isClosed }) => isClosed)) connection.streams.splice(connection.streams.indexOf(stream), 1);
}

function endIn(detail: number): End {
  return (endOf(detail) & 1) as End;
}

function copyOf({ ends, streams, ...rest }: ConnectionState): Connection {
  return {
    ...rest,
    ends: [copyOfEnd(ends[0]), copyOfEnd(ends[1])],
    streams: streams.map((stream) => ({ ...stream, ends: [{ ...stream.ends[0] }, { ...stream.ends[1] }] })),
  };
}

function copyOfEnd({ underWay, ...rest }: ConnectionState['ends'][0]): Connection['ends'][0] {
  return { ...rest, underWay: [...underWay] };
}
