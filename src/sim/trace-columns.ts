/**
 * The columns of one trace chunk and one request chunk, each over a single ArrayBuffer, so that a chunk moves between threads as one
 * transfer. Wide columns come first, which keeps every column aligned.
 */
import { CHUNK_RECORDS, type RequestChunk, type TraceChunk } from '../model/trace';
import type { Digest } from './digest';

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

/** The words of a double column, low and high in the machine's order; every machine that runs this is little-endian. */
const wordsOf = (column: Float64Array<ArrayBuffer>): Int32Array => new Int32Array(column.buffer, column.byteOffset, column.length * 2);

/** Lets a digest absorb the records from `from` up to `to`, record by record. */
export function absorbRecords(digest: Digest, columns: TraceColumns, from: number, to: number): void {
  const { request, subject, place, detail, kind } = columns;
  const time = wordsOf(columns.time);
  const value = wordsOf(columns.value);
  let { one, two } = digest;
  for (let at = from; at < to; at++) {
    // Odd factors keep every single difference; the two halves take different words and then feed each other.
    const left = (Math.imul(time[2 * at]!, 0x9e3779b1) + Math.imul(value[2 * at]!, 0x85ebca77) + Math.imul(request[at]!, 0xc2b2ae3d)) | 0;
    const right =
      (Math.imul(time[2 * at + 1]!, 0x27d4eb2f) +
        Math.imul(value[2 * at + 1]!, 0x165667b1) +
        Math.imul(subject[at]!, 0xd3a2646d) +
        Math.imul(place[at]! | (detail[at]! << 16), 0xfd7046c5) +
        Math.imul(kind[at]!, 0xb55a4f09)) |
      0;
    one = Math.imul(((one << 13) | (one >>> 19)) ^ left, 0xcc9e2d51) ^ right;
    two = (Math.imul(((two << 15) | (two >>> 17)) ^ right, 0x1b873593) + one) | 0;
  }
  digest.one = one;
  digest.two = two;
}

/** Lets a digest absorb the request rows from `from` up to `to`, row by row. */
export function absorbRequests(digest: Digest, columns: RequestColumns, from: number, to: number): void {
  const { request, client, outcome } = columns;
  const rows = columns.started.length;
  // The wide columns lie one behind the other at the start of the buffer.
  const wide = new Int32Array(columns.started.buffer, 0, rows * 2 * WIDE_REQUEST_COLUMNS.length);
  let { one, two } = digest;
  for (let at = from; at < to; at++) {
    let left = Math.imul(request[at]!, 0xc2b2ae3d);
    let right = Math.imul(client[at]! | (outcome[at]! << 16), 0xfd7046c5);
    let factor = 0x9e3779b1;
    for (let word = 2 * at; word < wide.length; word += 2 * rows) {
      left = (left + Math.imul(wide[word]!, factor)) | 0;
      right = (right + Math.imul(wide[word + 1]!, factor)) | 0;
      // Twice an odd number plus one is odd again, and another factor for each column.
      factor = (Math.imul(factor, 0x85ebca76) + 1) | 0;
    }
    one = Math.imul(((one << 13) | (one >>> 19)) ^ left, 0xcc9e2d51) ^ right;
    two = (Math.imul(((two << 15) | (two >>> 17)) ^ right, 0x1b873593) + one) | 0;
  }
  digest.one = one;
  digest.two = two;
}
