/**
 * What must be remembered of the dropped part of a trace so that everything after it can be understood: the records whose end is still to
 * come, and the latest of those that views mark. Handed out as a prologue, it lets a fold over the kept trace count right from its start.
 */
import type { Micros } from '../model/time';
import { MARKED_KINDS, MARKS_SHOWN } from '../model/marks';
import { CHUNK_RECORDS, RECORD_KINDS, type Place, type TraceChunk, type TraceStart } from '../model/trace';
import { ConnectionFacts } from './connection-facts';
import { Pairing } from './pairing';

const COLUMNS = ['time', 'value', 'request', 'subject', 'place', 'detail', 'kind'] as const;
/** One record, copied out of its chunk. */
type Row = Readonly<Record<(typeof COLUMNS)[number], number>>;

/** A lost message stays to be seen until it would have arrived. */
interface Lost {
  readonly sent: number;
  readonly lost: number;
  readonly arrivesMicros: Micros;
}

export class OpenRecords {
  private readonly pairing: Pairing;
  private lost: Lost[] = [];
  /** By index in the whole run, in that order. */
  private readonly rows = new Map<number, Row>();
  private marks: (readonly [number, Row])[] = [];
  private counts: Int32Array<ArrayBuffer>;
  /** The chunk being taken in, and which of its records have begun something and not ended it. */
  private chunk: TraceChunk | undefined;
  private readonly openHere = new Uint8Array(CHUNK_RECORDS);

  private readonly connections: ConnectionFacts;

  /** Places may be added while the run goes on. */
  constructor(private readonly places: readonly Place[]) {
    this.counts = new Int32Array(places.length * RECORD_KINDS);
    this.connections = ConnectionFacts.of(places, []);
    this.pairing = new Pairing({
      began: (record) => (this.openHere[record - this.first] = 1),
      ended: (begun) => this.forget(begun),
      lost: (sent, record, arrivesMicros) => {
        this.openHere[record - this.first] = 1;
        this.lost.push({ sent, lost: record, arrivesMicros });
      },
      timeOf: (record) => this.rows.get(record)?.time ?? this.chunk!.time[record - this.first]!,
    });
  }

  /** Takes in the next chunk, in the order of the run, before it is gone. */
  add(chunk: TraceChunk): void {
    const { kind, place, time, count } = chunk;
    this.chunk = chunk;
    this.growCounts();
    for (let at = 0; at < count; at++) {
      const slot = place[at]! * RECORD_KINDS + kind[at]!;
      this.counts[slot] = this.counts[slot]! + 1;
      this.pairing.take(chunk, at);
      this.connections.take(chunk, at);
    }
    this.forgetArrived(time[count - 1]!);
    for (let at = 0; at < count; at++) if (this.openHere[at] === 1) this.rows.set(chunk.first + at, rowOf(chunk, at));
    this.openHere.fill(0, 0, count);
    this.keepMarks(chunk);
    this.chunk = undefined;
  }

  /** What is remembered, oldest first, with the indices right before the kept chunks, and where these begin. */
  before(kept: readonly TraceChunk[]): { readonly prologue: readonly TraceChunk[]; readonly start: TraceStart } {
    const record = kept[0]?.first ?? 0;
    const rows = [...new Map([...this.rows, ...this.marks])].sort(([one], [other]) => one - other).map(([, row]) => row);
    const prologue: TraceChunk[] = [];
    const missing = this.counts.slice();
    for (const { place, kind } of rows) missing[place * RECORD_KINDS + kind]!--;
    for (let from = 0; from < rows.length; from += CHUNK_RECORDS) {
      prologue.push(chunkOf(rows.slice(from, from + CHUNK_RECORDS), record - rows.length + from));
    }
    const micros = record === 0 ? 0 : kept[0]!.time[0]!;
    return { prologue, start: { micros, record, missing, connections: this.connections.all } };
  }

  private growCounts(): void {
    const wanted = this.places.length * RECORD_KINDS;
    if (this.counts.length >= wanted) return;
    const counts = new Int32Array(wanted);
    counts.set(this.counts);
    this.counts = counts;
  }

  private get first(): number {
    return this.chunk!.first;
  }

  private forget(record: number): void {
    if (record >= this.first) this.openHere[record - this.first] = 0;
    else this.rows.delete(record);
  }

  private forgetArrived(nowMicros: Micros): void {
    if (this.lost.length === 0) return;
    for (const { sent, lost, arrivesMicros } of this.lost) {
      if (arrivesMicros > nowMicros) continue;
      this.forget(sent);
      this.forget(lost);
    }
    this.lost = this.lost.filter(({ arrivesMicros }) => arrivesMicros > nowMicros);
  }

  private keepMarks(chunk: TraceChunk): void {
    const marks: (readonly [number, Row])[] = [];
    for (let at = chunk.count - 1; at >= 0 && marks.length < MARKS_SHOWN; at--) {
      if (MARKED_KINDS.has(chunk.kind[at]!)) marks.push([chunk.first + at, rowOf(chunk, at)]);
    }
    this.marks = [...this.marks, ...marks.reverse()].slice(-MARKS_SHOWN);
  }
}

function rowOf(chunk: TraceChunk, at: number): Row {
  return {
    time: chunk.time[at]!,
    value: chunk.value[at]!,
    request: chunk.request[at]!,
    subject: chunk.subject[at]!,
    place: chunk.place[at]!,
    detail: chunk.detail[at]!,
    kind: chunk.kind[at]!,
  };
}

function chunkOf(rows: readonly Row[], first: number): TraceChunk {
  const count = rows.length;
  const chunk: TraceChunk = {
    first,
    count,
    time: new Float64Array(count),
    value: new Float64Array(count),
    request: new Int32Array(count),
    subject: new Int32Array(count),
    place: new Uint16Array(count),
    detail: new Uint16Array(count),
    kind: new Uint8Array(count),
  };
  rows.forEach((row, at) => {
    for (const name of COLUMNS) chunk[name][at] = row[name];
  });
  return chunk;
}
