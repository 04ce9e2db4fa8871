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
  const counts = (row: number): boolean => row < chunk.count && isCounted(places[chunk.client[row]!]);
  const pick = <Column extends Float64Array | Int32Array | Uint16Array | Uint8Array>(column: Column): Column =>
    column.filter((_, row) => counts(row)) as Column;
  const request = pick(chunk.request);
  return {
    first: chunk.first,
    count: request.length,
    request,
    client: pick(chunk.client),
    outcome: pick(chunk.outcome),
    started: pick(chunk.started),
    accepted: pick(chunk.accepted),
    ended: pick(chunk.ended),
    held: pick(chunk.held),
    tr: pick(chunk.tr),
    td: pick(chunk.td),
    ts: pick(chunk.ts),
    tp: pick(chunk.tp),
  };
}

/** All counted rows of a lane, chunk by chunk. */
export function countedRequests({ requests, places }: LaneResult): readonly RequestChunk[] {
  return requests.map((chunk) => countedRows(chunk, places));
}
