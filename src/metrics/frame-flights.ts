/** The frames of HTTP/2 that are on their way at an instant, with the instants at which they come: their receipts are looked for ahead. */
import type { FrameUnderWay } from '../model/connection-state';
import { endCode, endOf, FrameType } from '../model/frame';
import type { Micros } from '../model/time';
import { RecordKind, type LinkPlace } from '../model/trace';
import type { Scene, SceneReader } from './scene';

export interface FrameFlight extends FrameUnderWay {
  /** The way of the link that it goes. */
  readonly place: number;
  readonly arrivesMicros: Micros;
}

/** Records looked through for receipts; what comes later than in these is not told. */
const MOST_AHEAD = 4_000;

/** How many frames are on their way, on all links. */
export function framesUnderWay({ places }: Scene): number {
  let count = 0;
  for (const { connections } of places) for (const { ends } of connections) count += ends[0].underWay.length + ends[1].underWay.length;
  return count;
}

/** @param scene of this reader */
export function frameFlights({ trace, lane }: SceneReader, { places, nextRecord }: Scene): readonly FrameFlight[] {
  /** By way and sender: those whose receipt is still to be found, the next one first. */
  const open = new Map<string, FrameUnderWay[]>();
  for (const { connections } of places) {
    for (const { place, number, ends } of connections) {
      const way = lane.places[place] as LinkPlace;
      const ways = [place, place + (way.way === 'forth' ? 1 : -1)] as const;
      for (const end of [0, 1] as const) {
        if (ends[end].underWay.length > 0) open.set(`${ways[end]} ${endCode(number, end === 1)}`, [...ends[end].underWay]);
      }
    }
  }
  const flights: FrameFlight[] = [];
  const until = Math.min(trace.end, nextRecord + MOST_AHEAD);
  for (let record = nextRecord; record < until && open.size > 0; record++) {
    if (trace.kindOf(record) !== RecordKind.frameReceived) continue;
    const { place, detail, timeMicros } = trace.row(record);
    const key = `${place} ${endOf(detail)}`;
    const next = open.get(key)?.shift();
    if (!next) continue;
    flights.push({ ...next, place, arrivesMicros: timeMicros });
    if (open.get(key)!.length === 0) open.delete(key);
  }
  return flights;
}

/** What a frame carries: part of a message, or something about the connection and its streams. */
export function carriesMessage(type: FrameType): boolean {
  return type === FrameType.headers || type === FrameType.data;
}
