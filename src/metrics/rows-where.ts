import type { RequestChunk } from '../model/trace';

/** The rows of a chunk that are wanted, in their order. */
export function rowsWhere(chunk: RequestChunk, isWanted: (row: number) => boolean): RequestChunk {
  const rows: number[] = [];
  for (let row = 0; row < chunk.count; row++) if (isWanted(row)) rows.push(row);
  const float = (column: Float64Array): Float64Array<ArrayBuffer> => Float64Array.from(rows, (row) => column[row]!);
  return {
    first: chunk.first,
    count: rows.length,
    request: Int32Array.from(rows, (row) => chunk.request[row]!),
    client: Uint16Array.from(rows, (row) => chunk.client[row]!),
    outcome: Uint8Array.from(rows, (row) => chunk.outcome[row]!),
    started: float(chunk.started),
    accepted: float(chunk.accepted),
    ended: float(chunk.ended),
    held: float(chunk.held),
    tr: float(chunk.tr),
    td: float(chunk.td),
    ts: float(chunk.ts),
    tp: float(chunk.tp),
  };
}
