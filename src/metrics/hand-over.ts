/** Which clock the end of a request is on. */
import type { Place } from '../model/trace';

/**
 * Whether requests end when a broker has what they send: a client sends to a queue or a topic, and none leads back to it. What is still to be
 * done for them is then in no number of theirs, and a screen that said "completed" would show acceptance as completion.
 */
export function endsAtHandOver(places: readonly Place[]): boolean {
  const clients = new Set<string>();
  const brokers = new Set<string>();
  for (const place of places) {
    if (place.kind === 'client') clients.add(place.id);
    else if (place.kind === 'queue' || place.kind === 'topic') brokers.add(place.id);
  }
  const ways = places.flatMap((place) => (place.kind === 'link' && place.way === 'forth' ? [place] : []));
  const answered = new Set(ways.flatMap(({ from, to }) => (brokers.has(from) ? [to] : [])));
  return ways.some(({ from, to }) => clients.has(from) && brokers.has(to) && !answered.has(from));
}
