/** What the stage says of the HTTP/2 connections of a link at an instant: their phase, their streams and what their windows still allow. */
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

export interface ConnectionStrip {
  /** The way of its link whose first end opened it. */
  readonly place: number;
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly phase: ConnectionPhase;
  /** For each open stream, the oldest first: why it may not send what it has, or null. */
  readonly streams: readonly ('stream' | 'connection' | null)[];
  /** Undefined as long as the client has not heard of it. */
  readonly limit: number | undefined;
  /** Requests that have neither connection nor stream. */
  readonly waiting: number;
  /** Older connections that end with the requests they have. */
  readonly others: number;
  /** Frames on their way, from the client and to it. */
  readonly frames: readonly [number, number];
  /** From the client on, and back. */
  readonly windows: readonly [WindowLeft, WindowLeft];
}

/** One for each way of a link that has a connection now: the newest one. */
export function connectionStrips(lane: LaneResult, scene: Scene): readonly ConnectionStrip[] {
  return scene.places.flatMap(({ connections, counts }, place) => {
    const newest = connections.at(-1);
    const way = lane.places[place];
    if (!newest || way?.kind !== 'link' || !way.http2) return [];
    const waiting = (counts[RecordKind.heldBack] ?? 0) - (counts[RecordKind.letOn] ?? 0);
    return [stripOf(newest, way, way.http2, waiting, connections.length - 1)];
  });
}

function stripOf(
  { place, number, phase, knowsLimit, ends, streams }: ConnectionState,
  { from, to }: LinkPlace,
  { maxConcurrentStreams, connectionWindowBytes, initialWindowBytes }: NonNullable<LinkPlace['http2']>,
  waiting: number,
  others: number,
): ConnectionStrip {
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
    ...{ place, number, from, to, phase, waiting, others },
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
    return [{ strip, x: (a.x + b.x) / 2, y: Math.max(a.y, b.y) + 8 + before * STRIP_HEIGHT, points }];
  });
}

/** How full a bar is, 0 to 1: a window may be less than nothing after a smaller setting. */
export function shareLeft(bytes: number, ofBytes: number): number {
  return Math.min(1, Math.max(0, bytes / ofBytes));
}

/** Which window keeps how many streams from sending. */
export function blockedStreams({ streams }: ConnectionStrip): { readonly by: 'stream' | 'connection'; readonly count: number } | undefined {
  const count = streams.filter((by) => by !== null).length;
  if (count === 0) return undefined;
  return { by: streams.includes('connection') ? 'connection' : 'stream', count };
}
