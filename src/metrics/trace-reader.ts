/** Random access to the records of a trace by their index in the whole run, whichever chunks they lie in. */
import type { Micros } from '../model/time';
import type { RecordKind, TraceChunk } from '../model/trace';

/** One record as an object, for views that show a few of them. */
export interface TraceRow {
  /** Index in the whole run. */
  readonly record: number;
  readonly timeMicros: Micros;
  readonly kind: RecordKind;
  readonly place: number;
  readonly request: number;
  readonly subject: number;
  readonly detail: number;
  readonly value: number;
}

export class TraceReader {
  /** Index of the first record, those of the prologue included. */
  readonly first: number;
  /** One more than the index of the last record. */
  readonly end: number;
  private lastFound = 0;

  /** `kept` is the first record after the prologue. */
  constructor(
    readonly chunks: readonly TraceChunk[],
    readonly kept = 0,
  ) {
    const last = chunks.at(-1);
    this.first = chunks[0]?.first ?? 0;
    this.end = last ? last.first + last.count : 0;
  }

  /** Position in `chunks` of the chunk with this record, which must be one of the kept. */
  chunkOf(record: number): number {
    const recent = this.chunks[this.lastFound];
    if (recent && record >= recent.first && record < recent.first + recent.count) return this.lastFound;
    let low = 0;
    let high = this.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.chunks[middle]!.first <= record) low = middle;
      else high = middle - 1;
    }
    this.lastFound = low;
    return low;
  }

  timeOf(record: number): Micros {
    const chunk = this.chunks[this.chunkOf(record)]!;
    return chunk.time[record - chunk.first]!;
  }

  kindOf(record: number): number {
    const chunk = this.chunks[this.chunkOf(record)]!;
    return chunk.kind[record - chunk.first]!;
  }

  placeOf(record: number): number {
    const chunk = this.chunks[this.chunkOf(record)]!;
    return chunk.place[record - chunk.first]!;
  }

  requestOf(record: number): number {
    const chunk = this.chunks[this.chunkOf(record)]!;
    return chunk.request[record - chunk.first]!;
  }

  detailOf(record: number): number {
    const chunk = this.chunks[this.chunkOf(record)]!;
    return chunk.detail[record - chunk.first]!;
  }

  row(record: number): TraceRow {
    const chunk = this.chunks[this.chunkOf(record)]!;
    const at = record - chunk.first;
    return {
      record,
      timeMicros: chunk.time[at]!,
      kind: chunk.kind[at] as RecordKind,
      place: chunk.place[at]!,
      request: chunk.request[at]!,
      subject: chunk.subject[at]!,
      detail: chunk.detail[at]!,
      value: chunk.value[at]!,
    };
  }

  /** Index of the first record later than the instant; `end` when there is none. */
  after(timeMicros: Micros): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.chunks[middle]!.time[0]! <= timeMicros) low = middle + 1;
      else high = middle;
    }
    const chunk = this.chunks[low - 1];
    if (!chunk) return this.first;
    low = 0;
    high = chunk.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunk.time[middle]! <= timeMicros) low = middle + 1;
      else high = middle;
    }
    return chunk.first + low;
  }

  /** The next instant at which something happens; undefined after the last. */
  nextEvent(timeMicros: Micros): Micros | undefined {
    const record = this.after(timeMicros);
    return record < this.end ? this.timeOf(record) : undefined;
  }

  /** The latest earlier instant at which something happens; undefined before the first. */
  previousEvent(timeMicros: Micros): Micros | undefined {
    let record = this.after(timeMicros) - 1;
    const oldest = Math.max(this.first, this.kept);
    while (record >= oldest && this.timeOf(record) === timeMicros) record--;
    return record >= oldest ? this.timeOf(record) : undefined;
  }
}
