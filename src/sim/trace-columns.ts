/**
 * The columns of one trace chunk and one request chunk, each over a single ArrayBuffer, so that a chunk moves between threads as one
 * transfer. Wide columns come first, which keeps every column aligned.
 */
import { CHUNK_RECORDS, type RequestChunk, type TraceChunk } from '../model/trace';

/** Rows of a full request chunk. */
export const CHUNK_REQUESTS = 8_192;

const RECORD_BYTES = 29;
const REQUEST_BYTES = 71;

export type TraceColumns = Omit<TraceChunk, 'first' | 'count'>;
export type RequestColumns = Omit<RequestChunk, 'first' | 'count'>;

export function makeTraceColumns(records = CHUNK_RECORDS): TraceColumns {
  const buffer = new ArrayBuffer(records * RECORD_BYTES);
  return {
    time: new Float64Array(buffer, 0, records),
    value: new Float64Array(buffer, records * 8, records),
    request: new Int32Array(buffer, records * 16, records),
    subject: new Int32Array(buffer, records * 20, records),
    place: new Uint16Array(buffer, records * 24, records),
    detail: new Uint16Array(buffer, records * 26, records),
    kind: new Uint8Array(buffer, records * 28, records),
  };
}

export function makeRequestColumns(rows = CHUNK_REQUESTS): RequestColumns {
  const buffer = new ArrayBuffer(rows * REQUEST_BYTES);
  const wide = (column: number): Float64Array<ArrayBuffer> => new Float64Array(buffer, rows * 8 * column, rows);
  return {
    started: wide(0),
    accepted: wide(1),
    ended: wide(2),
    held: wide(3),
    tr: wide(4),
    td: wide(5),
    ts: wide(6),
    tp: wide(7),
    request: new Int32Array(buffer, rows * 64, rows),
    client: new Uint16Array(buffer, rows * 68, rows),
    outcome: new Uint8Array(buffer, rows * 70, rows),
  };
}

// Written out, because spread copies get a new shape each, and every loop over chunks would be compiled again for it.

export function traceChunk({ time, value, request, subject, place, detail, kind }: TraceColumns, first: number, count: number): TraceChunk {
  return { first, count, time, value, request, subject, place, detail, kind };
}

export function requestChunk(columns: RequestColumns, first: number, count: number): RequestChunk {
  const { request, client, outcome, started, accepted, ended, held, tr, td, ts, tp } = columns;
  return { first, count, request, client, outcome, started, accepted, ended, held, tr, td, ts, tp };
}

/** The first `records` records in columns of exactly that length. */
export function copyTraceColumns(from: TraceColumns, records: number): TraceColumns {
  const to = makeTraceColumns(records);
  to.time.set(from.time.subarray(0, records));
  to.value.set(from.value.subarray(0, records));
  to.request.set(from.request.subarray(0, records));
  to.subject.set(from.subject.subarray(0, records));
  to.place.set(from.place.subarray(0, records));
  to.detail.set(from.detail.subarray(0, records));
  to.kind.set(from.kind.subarray(0, records));
  return to;
}

/** The first `rows` rows in columns of exactly that length. */
export function copyRequestColumns(from: RequestColumns, rows: number): RequestColumns {
  const to = makeRequestColumns(rows);
  for (const name of WIDE_REQUEST_COLUMNS) to[name].set(from[name].subarray(0, rows));
  to.request.set(from.request.subarray(0, rows));
  to.client.set(from.client.subarray(0, rows));
  to.outcome.set(from.outcome.subarray(0, rows));
  return to;
}

const WIDE_REQUEST_COLUMNS = ['started', 'accepted', 'ended', 'held', 'tr', 'td', 'ts', 'tp'] as const;
