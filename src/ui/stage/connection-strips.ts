/**
 * What the stage says of the connections of a link at an instant: of HTTP/2, the phase of the newest one, its streams and what its windows
 * still allow; of HTTP/1.1, how many of the pool are taken, free, and being set up.
 */
import { pointOnPath } from '../../geometry/path';
import type { Topology } from '../../geometry/topology';
import type { ConnectionPhase, ConnectionState } from '../../model/connection-state';
import type { LaneResult } from '../../model/run-result';
import { RecordKind, type LinkPlace } from '../../model/trace';
import type { Scene } from '../../metrics/scene';

/** Px from one strip of a link to the next. */
const STRIP_HEIGHT = 54;

/** What one end may still send. */
export interface WindowLeft {
  readonly from: string;
  readonly to: string;
  /** On the connection, of the whole window as the other end gives it. */
  readonly bytes: number;
  readonly ofBytes: number;
  /** Of the open stream that may send least; `ofBytes` is the same for each. Undefined when none is open. */
  readonly streamBytes: number | undefined;
  readonly streamOfBytes: number;
}

interface Strip {
  /** The way of its link whose first end opens its connections. */
  readonly place: number;
  readonly from: string;
  readonly to: string;
  /** Requests that have neither connection nor stream. */
  readonly waiting: number;
}

/** A pool of HTTP/1.1. */
export interface PoolStrip extends Strip {
  readonly protocol: 'http1';
  /** Connections on which a request goes, is worked on, or is answered; those that have none; and those that still shake hands. */
  readonly busy: number;
  readonly idle: number;
  readonly settingUp: number;
  /** Most at once. */
  readonly limit: number;
}

/** A connection of HTTP/2. */
export interface Http2Strip extends Strip {
  readonly protocol: 'http2';
  readonly number: number;
  readonly phase: ConnectionPhase;
  /** For each open stream, the oldest first: why it may not send what it has, or null. */
  readonly streams: readonly ('stream' | 'connection' | null)[];
  /** Undefined as long as the client has not heard of it. */
  readonly limit: number | undefined;
  /** Older connections that end with the requests they have. */
  readonly others: number;
  /** Frames on their way, from the client and to it. */
  readonly frames: readonly [number, number];
  /** From the client on, and back. */
  readonly windows: readonly [WindowLeft, WindowLeft];
}

export type ConnectionStrip = PoolStrip | Http2Strip;

/** One for each way of a link that has a connection now: with all of HTTP/1.1, or the newest one of HTTP/2. */
export function connectionStrips(lane: LaneResult, scene: Scene): readonly ConnectionStrip[] {
  return scene.places.flatMap(({ connections, counts }, place): readonly ConnectionStrip[] => {
    const newest = connections.at(-1);
    const way = lane.places[place];
    if (!newest || way?.kind !== 'link') return [];
    const waiting = (counts[RecordKind.heldBack] ?? 0) - (counts[RecordKind.letOn] ?? 0);
    if (way.http1) return [poolOf(connections, way, way.http1.connections, waiting)];
    return way.http2 ? [stripOf(newest, way, way.http2, waiting, connections.length - 1)] : [];
  });
}

function poolOf(connections: readonly ConnectionState[], { from, to }: LinkPlace, limit: number, waiting: number): PoolStrip {
  const open = connections.filter(({ phase }) => phase === 'open');
  const busy = open.filter(({ streams }) => streams.length > 0).length;
  const { place } = connections[0]!;
  return {
    protocol: 'http1',
    place,
    from,
    to,
    waiting,
    busy,
    idle: open.length - busy,
    settingUp: connections.length - open.length,
    limit,
  };
}

function stripOf(
  { place, number, phase, knowsLimit, ends, streams }: ConnectionState,
  { from, to }: LinkPlace,
  { maxConcurrentStreams, connectionWindowBytes, initialWindowBytes }: NonNullable<LinkPlace['http2']>,
  waiting: number,
  others: number,
): Http2Strip {
  // A stream that the client has closed is free for another, whatever its server still does.
  const open = streams.filter((stream) => !stream.ends[0].isClosed);
  const left = (end: 0 | 1): WindowLeft => {
    const sending = open.filter((stream) => !stream.ends[end].isClosed && !stream.ends[end].hasEnded);
    const least = sending.reduce((bytes, stream) => Math.min(bytes, stream.ends[end].windowBytes), Infinity);
    return {
      ...(end === 0 ? { from, to } : { from: to, to: from }),
      bytes: ends[end].windowBytes,
      ofBytes: Math.max(connectionWindowBytes, ends[end].windowBytes),
      streamBytes: sending.length > 0 ? least : undefined,
      streamOfBytes: Math.max(initialWindowBytes, ends[end].streamWindowBytes),
    };
  };
  return {
    ...{ protocol: 'http2' as const, place, number, from, to, phase, waiting, others },
    streams: open.map((stream) => stream.ends[0].blockedBy ?? stream.ends[1].blockedBy),
    frames: [ends[0].underWay.length, ends[1].underWay.length],
    limit: knowsLimit ? maxConcurrentStreams : undefined,
    windows: [left(0), left(1)],
  };
}

/** A strip with its place on the stage. */
export interface PlacedStrip {
  readonly strip: ConnectionStrip;
  /** Its middle, and its upper edge. */
  readonly x: number;
  readonly y: number;
  /** −1 when the client's frames go to the left. */
  readonly points: 1 | -1;
}

/** Below the middle of the link; the second of a link, opened from its other end, below the first. */
export function placeStrips(strips: readonly ConnectionStrip[], { places }: LaneResult, { paths }: Topology): readonly PlacedStrip[] {
  const onLink = new Map<number, number>();
  return strips.flatMap((strip) => {
    const way = places[strip.place] as LinkPlace;
    const [there, home] = [strip.place, strip.place + (way.way === 'forth' ? 1 : -1)].map((place) => paths.get(place));
    if (!there || !home) return [];
    const [a, b] = [pointOnPath(there, 0.5), pointOnPath(home, 0.5)];
    const before = onLink.get(way.link) ?? 0;
    onLink.set(way.link, before + 1);
    const points = there.points.at(-1)!.x >= there.points[0]!.x ? 1 : -1;
    return [{ strip, x: (a.x + b.x) / 2, y: Math.max(a.y, b.y) + 4 + before * STRIP_HEIGHT, points }];
  });
}

/** What a strip draws for each stream, or each connection of a pool: `none` is one that may still be opened. */
export type Slot = 'taken' | 'blocked' | 'free' | 'settingUp' | 'none';

/** @param most more are not drawn, the free ones first */
export function slotsOf(strip: ConnectionStrip, most: number): readonly Slot[] {
  const slots = strip.protocol === 'http1' ? poolSlots(strip) : streamSlots(strip);
  return slots.slice(0, most);
}

function poolSlots({ busy, idle, settingUp, limit }: PoolStrip): readonly Slot[] {
  const times = (count: number, slot: Slot): Slot[] => Array.from({ length: count }, () => slot);
  return [
    ...times(busy, 'taken'),
    ...times(settingUp, 'settingUp'),
    ...times(idle, 'free'),
    ...times(Math.max(0, limit - busy - idle - settingUp), 'none'),
  ];
}

function streamSlots({ streams, limit = 0 }: Http2Strip): readonly Slot[] {
  return Array.from({ length: Math.max(streams.length, limit) }, (_, at) => {
    const by = streams[at];
    return by === undefined ? 'free' : by === null ? 'taken' : 'blocked';
  });
}

/** How full a bar is, 0 to 1: a window may be less than nothing after a smaller setting. */
export function shareLeft(bytes: number, ofBytes: number): number {
  return Math.min(1, Math.max(0, bytes / ofBytes));
}

/** Which window keeps how many streams from sending. */
export function blockedStreams({ streams }: Http2Strip): { readonly by: 'stream' | 'connection'; readonly count: number } | undefined {
  const count = streams.filter((by) => by !== null).length;
  if (count === 0) return undefined;
  return { by: streams.includes('connection') ? 'connection' : 'stream', count };
}
