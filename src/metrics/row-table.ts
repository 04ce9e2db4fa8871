/** The requests that the formulas count as one table: the chunks of rows one after the other, in the order in which they were written. */
import type { LaneResult } from '../model/run-result';
import type { RequestChunk } from '../model/trace';
import { countedRequests } from './counted-requests';

type Column = Exclude<keyof RequestChunk, 'first' | 'count'>;
export type RowTable = Readonly<{ [Name in Column]: RequestChunk[Name] }> & { readonly count: number };

export function rowTable(lane: LaneResult): RowTable {
  const chunks = countedRequests(lane);
  const count = chunks.reduce((sum, chunk) => sum + chunk.count, 0);
  const rows = {
    count,
    request: new Int32Array(count),
    client: new Uint16Array(count),
    outcome: new Uint8Array(count),
    started: new Float64Array(count),
    accepted: new Float64Array(count),
    ended: new Float64Array(count),
    held: new Float64Array(count),
    tr: new Float64Array(count),
    td: new Float64Array(count),
    ts: new Float64Array(count),
    tp: new Float64Array(count),
  } satisfies RowTable;
  let at = 0;
  for (const chunk of chunks) {
    for (const name of COLUMNS) rows[name].set(chunk[name].subarray(0, chunk.count), at);
    at += chunk.count;
  }
  return rows;
}

const COLUMNS = [
  ...(['request', 'client', 'outcome', 'started', 'accepted', 'ended'] as const),
  ...(['held', 'tr', 'td', 'ts', 'tp'] as const),
] satisfies readonly Column[];
