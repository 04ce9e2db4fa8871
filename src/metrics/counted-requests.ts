/**
 * Whose requests the formulas are about: those of users. A client that works in the background, such as the relay of an outbox, asks for
 * the system itself; if its looks into an empty outbox counted as requests, N would grow with its clock and T and R would speak of nobody.
 */
import type { LaneResult } from '../model/run-result';
import type { Place, RequestChunk } from '../model/trace';

/** Whether N, T, Q and R count the requests of the client at a place. */
export function isCounted(place: Place | undefined): boolean {
  return place?.kind !== 'client' || place.background !== true;
}

/** The rows that are counted: the chunk itself where all are. */
export function countedRows(chunk: RequestChunk, places: readonly Place[]): RequestChunk {
  if (places.every(isCounted)) return chunk;
  const rows: number[] = [];
  for (let row = 0; row < chunk.count; row++) if (isCounted(places[chunk.client[row]!])) rows.push(row);
  return {
    first: chunk.first,
    count: rows.length,
    request: Int32Array.from(rows, (row) => chunk.request[row]!),
    client: Uint16Array.from(rows, (row) => chunk.client[row]!),
    outcome: Uint8Array.from(rows, (row) => chunk.outcome[row]!),
    started: Float64Array.from(rows, (row) => chunk.started[row]!),
    accepted: Float64Array.from(rows, (row) => chunk.accepted[row]!),
    ended: Float64Array.from(rows, (row) => chunk.ended[row]!),
    held: Float64Array.from(rows, (row) => chunk.held[row]!),
    tr: Float64Array.from(rows, (row) => chunk.tr[row]!),
    td: Float64Array.from(rows, (row) => chunk.td[row]!),
    ts: Float64Array.from(rows, (row) => chunk.ts[row]!),
    tp: Float64Array.from(rows, (row) => chunk.tp[row]!),
  };
}

/** All counted rows of a lane, chunk by chunk. */
export function countedRequests({ requests, places }: LaneResult): readonly RequestChunk[] {
  return requests.map((chunk) => countedRows(chunk, places));
}

/** Names of the clients, those whose requests count and those who work in the background, over all lanes. */
export function clientsOf(lanes: readonly Pick<LaneResult, 'places'>[]): { readonly counted: string[]; readonly background: string[] } {
  const clients = lanes.flatMap(({ places }) => places.filter((place) => place.kind === 'client'));
  const names = (counts: boolean): string[] => [...new Set(clients.filter((place) => isCounted(place) === counts).map(({ id }) => id))];
  return { counted: names(true), background: names(false) };
}
