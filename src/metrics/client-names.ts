/** Names of the clients, those whose requests the formulas count and those who work in the background, over all lanes. */
import type { LaneResult } from '../model/run-result';
import { isCounted } from './counted-requests';

export function clientsOf(lanes: readonly Pick<LaneResult, 'places'>[]): { readonly counted: string[]; readonly background: string[] } {
  const clients = lanes.flatMap(({ places }) => places.filter((place) => place.kind === 'client'));
  const names = (counts: boolean): string[] => [...new Set(clients.filter((place) => isCounted(place) === counts).map(({ id }) => id))];
  return { counted: names(true), background: names(false) };
}
