/** Who came to a lane or to a place in it, and when they left. Made once for each run and place. */
import type { Viewport } from '../../geometry/time-scale';
import { placeStaysInSteps, requestStaysInSteps, type Stays } from '../../metrics/stays';
import type { LaneResult } from '../../model/run-result';
import type { Micros } from '../../model/time';
import { PerLane } from '../shell/per-lane';
import { stationsOf, type ChartedLane } from './lane-courses';

const ofRequests = new PerLane(requestStaysInSteps);
const ofPlaces = new PerLane<Stays | undefined, number>(placeStaysInSteps);

/** All requests of the lane, or those at one place of it; undefined when the lane lacks the place, or the beginning of its trace. */
export function staysOf(lane: LaneResult, placeId: string | undefined): Stays | undefined {
  if (placeId === undefined) return ofRequests.of(lane);
  const place = stationsOf(lane).find(({ id }) => id === placeId)?.index;
  return place === undefined ? undefined : ofPlaces.of(lane, place);
}

/** `staysOf` is there then. */
export async function staysSoon(lane: LaneResult, placeId: string | undefined): Promise<Stays | undefined> {
  if (placeId === undefined) return ofRequests.soon(lane);
  const place = stationsOf(lane).find(({ id }) => id === placeId)?.index;
  return place === undefined ? undefined : ofPlaces.soon(lane, place);
}

/** So few that each can be seen by itself. */
const FEW = 24;

/** From the beginning on until a few have come. */
export function firstFew(lanes: readonly ChartedLane[], placeId: string | undefined, endMicros: Micros): Viewport {
  const ends = lanes.flatMap(({ lane }) => staysOf(lane, placeId)?.arrived[FEW] ?? []);
  return { fromMicros: 0, toMicros: Math.max(1, Math.min(endMicros, ...ends)) };
}

export function placeIdsOf(lanes: readonly ChartedLane[]): readonly string[] {
  return [...new Set(lanes.flatMap(({ lane }) => stationsOf(lane).map(({ id }) => id)))];
}
