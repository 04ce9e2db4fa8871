/**
 * Writes the trace and the request rows of a run into chunks and hands full chunks on. Whoever gets a chunk owns it; a run that keeps
 * no trace gives chunks back with `recycle`, and then allocates nothing any more.
 */
import type { Micros } from '../model/time';
import type { Outcome } from '../model/outcome';
import { CHUNK_RECORDS, type RecordKind, type RequestChunk, type TraceChunk } from '../model/trace';
import { Digest, DOUBLES } from './digest';
import {
  CHUNK_REQUESTS,
  copyRequestColumns,
  copyTraceColumns,
  makeRequestColumns,
  makeTraceColumns,
  requestChunk,
  traceChunk,
  type RequestColumns,
  type TraceColumns,
} from './trace-columns';

/** Columns kept for reuse. One is being filled and one is on its way; more would only wait. */
const SPARES = 4;

export class Recorder {
  private columns: TraceColumns = makeTraceColumns();
  // The columns once more, one property each: the hot path saves a step on the way to every one of them.
  private time = this.columns.time;
  private value = this.columns.value;
  private requestOf = this.columns.request;
  private subject = this.columns.subject;
  private place = this.columns.place;
  private detail = this.columns.detail;
  private kind = this.columns.kind;
  private first = 0;
  private count = 0;
  private readonly spares: TraceColumns[] = [];

  private rows: RequestColumns = makeRequestColumns();
  private firstRow = 0;
  private rowCount = 0;
  private readonly spareRows: RequestColumns[] = [];

  private readonly recordDigest = new Digest();
  private readonly requestDigest = new Digest();

  constructor(private readonly options: { onChunk(chunk: TraceChunk): void; onRequests(chunk: RequestChunk): void }) {}

  /** Records written so far. */
  get records(): number {
    return this.first + this.count;
  }

  /** Appends a record; `model/trace` says what the columns mean for each kind. Ids fit 32 bits, place and detail 16. */
  record(time: Micros, kind: RecordKind, place: number, request: number, subject: number, detail: number, value: number): void {
    if (this.count === CHUNK_RECORDS) this.handOver();
    const at = this.count++;
    this.time[at] = time;
    this.value[at] = value;
    this.requestOf[at] = request;
    this.subject[at] = subject;
    this.place[at] = place;
    this.detail[at] = detail;
    this.kind[at] = kind;
    DOUBLES[0] = time;
    DOUBLES[1] = value;
    this.recordDigest.absorbRecord(kind, place, request, subject, detail);
  }

  /** Appends the row of a request that is decided, or still in flight at the end. `accepted` is −1 when that never came. */
  request(
    request: number,
    client: number,
    outcome: Outcome,
    started: Micros,
    accepted: Micros,
    ended: Micros,
    held: Micros,
    tr: Micros,
    td: Micros,
    ts: Micros,
    tp: Micros,
  ): void {
    if (this.rowCount === CHUNK_REQUESTS) this.handOverRows();
    const at = this.rowCount++;
    const { rows } = this;
    rows.request[at] = request;
    rows.client[at] = client;
    rows.outcome[at] = outcome;
    rows.started[at] = started;
    rows.accepted[at] = accepted;
    rows.ended[at] = ended;
    rows.held[at] = held;
    rows.tr[at] = tr;
    rows.td[at] = td;
    rows.ts[at] = ts;
    rows.tp[at] = tp;
    DOUBLES[0] = started;
    DOUBLES[1] = accepted;
    DOUBLES[2] = ended;
    DOUBLES[3] = held;
    DOUBLES[4] = tr;
    DOUBLES[5] = td;
    DOUBLES[6] = ts;
    DOUBLES[7] = tp;
    this.requestDigest.absorbRequest(request, client, outcome);
  }

  /** What is written and not handed over yet; only to look at, at once. */
  unfinished(): TraceChunk {
    return traceChunk(this.columns, this.first, this.count);
  }

  /** Hands over what is written and not handed over yet. A partly filled chunk is copied to its own length. */
  flush(): void {
    if (this.count > 0) this.handOver();
    if (this.rowCount > 0) this.handOverRows();
  }

  /** Takes back a chunk that nobody needs any more. Chunks that were transferred away or are not full size are left to the collector. */
  recycle(chunk: TraceChunk): void {
    if (this.spares.length < SPARES && chunk.time.length === CHUNK_RECORDS) this.spares.push(chunk);
  }

  /** Like `recycle`, for request chunks. */
  recycleRequests(chunk: RequestChunk): void {
    if (this.spareRows.length < SPARES && chunk.started.length === CHUNK_REQUESTS) this.spareRows.push(chunk);
  }

  /**
   * 16 hexadecimal digits over every column of all records and request rows so far, in order. Equal digests mean equal runs; when
   * chunks were handed over makes no difference.
   */
  digest(): string {
    return Digest.toHex([this.recordDigest, this.requestDigest], [this.records, this.firstRow + this.rowCount]);
  }

  private handOver(): void {
    const { columns, first, count } = this;
    this.first += count;
    this.count = 0;
    if (count < CHUNK_RECORDS) {
      this.options.onChunk(traceChunk(copyTraceColumns(columns, count), first, count));
      return;
    }
    this.options.onChunk(traceChunk(columns, first, count));
    this.columns = this.spares.pop() ?? makeTraceColumns();
    this.time = this.columns.time;
    this.value = this.columns.value;
    this.requestOf = this.columns.request;
    this.subject = this.columns.subject;
    this.place = this.columns.place;
    this.detail = this.columns.detail;
    this.kind = this.columns.kind;
  }

  private handOverRows(): void {
    const { rows, firstRow, rowCount } = this;
    this.firstRow += rowCount;
    this.rowCount = 0;
    if (rowCount < CHUNK_REQUESTS) {
      this.options.onRequests(requestChunk(copyRequestColumns(rows, rowCount), firstRow, rowCount));
      return;
    }
    this.options.onRequests(requestChunk(rows, firstRow, rowCount));
    this.rows = this.spareRows.pop() ?? makeRequestColumns();
  }
}
