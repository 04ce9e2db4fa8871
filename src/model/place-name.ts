/** What a place is called where only text will do: `stock`, `client>stock` for a way of a link, `client/breaker>stock` for a part. */
import type { Place } from './trace';

export function placeName(place: Place, places: readonly Place[]): string {
  if (place.kind === 'link') return `${place.from}>${place.to}`;
  if (place.kind !== 'part') return place.id;
  const owner = places[place.of];
  return `${owner && 'id' in owner ? owner.id : ''}/${place.id}${place.to === undefined ? '' : `>${place.to}`}`;
}
