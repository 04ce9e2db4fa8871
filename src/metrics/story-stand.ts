/**
 * Where something stands in the story of a request: the hop that led there, and how the time since the request started was spent. Nothing
 * of it ever changes, so whatever goes on from one place may share its past.
 */
import type { DelayPart } from '../model/delay-part';
import type { Micros } from '../model/time';

/** A stretch of time that counts as one part, and the hop that it was spent on. */
export interface Spent {
  readonly part: DelayPart;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
  /** Index of a hop. */
  readonly hop: number;
}

interface Past {
  readonly spent: Spent;
  readonly before: Past | undefined;
}

export interface Stand {
  /** The hop that led here. */
  readonly hop: number;
  /** The instant up to which the time is counted. */
  readonly atMicros: Micros;
  readonly past: Past | undefined;
}

/** The same, after the time until `now` was spent on a hop. */
export function spend(stand: Stand, part: DelayPart, now: Micros, hop: number): Stand {
  if (now <= stand.atMicros) return hop === stand.hop ? stand : { ...stand, hop };
  const spent: Spent = { part, fromMicros: stand.atMicros, toMicros: now, hop };
  return { hop, atMicros: now, past: { spent, before: stand.past } };
}

/** The same time, because of another hop that took none. */
export function because(stand: Stand, hop: number): Stand {
  return { ...stand, hop };
}

/** All that was spent, from the first to the last. */
export function pathOf(stand: Stand): readonly Spent[] {
  const path: Spent[] = [];
  for (let past = stand.past; past; past = past.before) path.push(past.spent);
  return path.reverse();
}

export type Parts = Readonly<Record<DelayPart, Micros>>;

export function partsOf(path: readonly Spent[]): Parts {
  const parts = { Tr: 0, Td: 0, Ts: 0, Tp: 0 };
  for (const { part, fromMicros, toMicros } of path) parts[part] += toMicros - fromMicros;
  return parts;
}
