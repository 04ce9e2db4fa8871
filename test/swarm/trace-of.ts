/** The records of a run one by one, with what the file says about the places they name. */
import type { LaneResult } from '../../src/model/run-result';
import { parseDuration } from '../../src/model/time';
import type { Place } from '../../src/model/trace';
import type { SwarmFile } from './random-scenario';

export interface Entry {
  readonly time: number;
  readonly kind: number;
  readonly place: number;
  readonly request: number;
  readonly subject: number;
  readonly detail: number;
  readonly value: number;
}

export interface Traced {
  readonly file: SwarmFile;
  readonly lane: LaneResult;
  readonly entries: readonly Entry[];
  /** Whether the run went on to its planned end, so that what should have happened by then has. */
  readonly isWhole: boolean;
  /** Writes down what does not hold. */
  readonly broken: (expectation: string, what: string) => void;
}

export function entriesOf(lane: LaneResult): Entry[] {
  return lane.chunks.flatMap(({ count, time, kind, place, request, subject, detail, value }) =>
    Array.from({ length: count }, (_, at) => ({
      time: time[at]!,
      kind: kind[at]!,
      place: place[at]!,
      request: request[at]!,
      subject: subject[at]!,
      detail: detail[at]!,
      value: value[at]!,
    })),
  );
}

type LinkPlace = Extract<Place, { readonly kind: 'link' }>;

export function linkAt(lane: LaneResult, place: number): LinkPlace | undefined {
  const found = lane.places[place];
  return found?.kind === 'link' ? found : undefined;
}

export function placeOf(lane: LaneResult, component: string): number {
  return lane.places.findIndex((place) => place.kind !== 'link' && place.kind !== 'part' && place.id === component);
}

/** µs; undefined for what is not set or drawn anew each time. */
export function fixedMicros(duration: unknown): number | undefined {
  return typeof duration === 'string' ? parseDuration(duration) : undefined;
}

/** Calls `check` after the last record of each instant. */
export function atEachInstant(entries: readonly Entry[], take: (entry: Entry) => void, check: (time: number) => void): void {
  entries.forEach((entry, at) => {
    take(entry);
    const next = entries[at + 1];
    if (next !== undefined && next.time > entry.time) check(entry.time);
  });
}
