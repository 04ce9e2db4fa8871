/**
 * Whose requests the formulas are about: those of users. A client that works in the background, such as the relay of an outbox, asks for
 * the system itself; if its looks into an empty outbox counted as requests, N would grow with its clock and T and R would speak of nobody.
 */
import type { LaneResult } from '../model/run-result';
import type { Place, RequestChunk } from '../model/trace';
import { rowsWhere } from './rows-where';

/** Whether N, T, Q and R count the requests of the client at a place. */
export function isCounted(place: Place | undefined): boolean {
  return place?.kind !== 'client' || place.background !== true;
}

/** The rows that are counted: the chunk itself where all are. */
export function countedRows(chunk: RequestChunk, places: readonly Place[]): RequestChunk {
  return places.every(isCounted) ? chunk : rowsWhere(chunk, (row) => isCounted(places[chunk.client[row]!]));
}

/** All counted rows of a lane, chunk by chunk. */
export function countedRequests({ requests, places }: LaneResult): readonly RequestChunk[] {
  return requests.map((chunk) => countedRows(chunk, places));
}
