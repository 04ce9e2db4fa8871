/** What a component or a part of one is called on the page: `stock`, `breaker (client → stock)`. */
import type { Place } from '../../model/trace';

export function placeTitle(place: Place, places: readonly Place[]): string {
  if (place.kind === 'link') return `${place.from} → ${place.to}`;
  if (place.kind !== 'part') return place.id;
  const owner = places[place.of];
  const whose = owner && 'id' in owner ? owner.id : '';
  return place.to === undefined ? `${place.id} (${whose})` : `${place.id} (${whose} → ${place.to})`;
}
