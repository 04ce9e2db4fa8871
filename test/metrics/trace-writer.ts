import type { RecordKind, TraceChunk } from '../../src/model/trace';

type Row = readonly [kind: RecordKind, place: number, request: number, subject: number, detail: number, value: number];

/** Writes records into chunks of a size, as the recorder does. */
export class TraceWriter {
  private readonly chunks: TraceChunk[] = [];
  private written = 0;

  constructor(private readonly size: number) {}

  write(time: number, ...[kind, place, request, subject, detail, value]: Row): void {
    const at = this.written % this.size;
    if (at === 0) this.chunks.push(emptyChunk(this.written, this.size));
    const chunk = this.chunks.at(-1)! as { -readonly [Key in keyof TraceChunk]: TraceChunk[Key] };
    chunk.time[at] = time;
    chunk.kind[at] = kind;
    chunk.place[at] = place;
    chunk.request[at] = request;
    chunk.subject[at] = subject;
    chunk.detail[at] = detail;
    chunk.value[at] = value;
    chunk.count++;
    this.written++;
  }

  finish(): readonly TraceChunk[] {
    return this.chunks;
  }
}

function emptyChunk(first: number, size: number): TraceChunk {
  return {
    first,
    count: 0,
    time: new Float64Array(size),
    value: new Float64Array(size),
    request: new Int32Array(size),
    subject: new Int32Array(size),
    place: new Uint16Array(size),
    detail: new Uint16Array(size),
    kind: new Uint8Array(size),
  };
}
