import { LIMITS } from '../model/limits';
import type { TraceChunk } from '../model/trace';

/** The trace of a run as far as memory goes: the newest chunks up to a number of bytes. What is dropped can be executed again. */
export class TraceStore {
  private readonly kept: TraceChunk[] = [];
  private bytesKept = 0;
  private end = 0;

  /** `onDrop` gets each chunk that has to make room, for instance to recycle it. */
  constructor(
    private readonly bytesMax: number = LIMITS.traceBytes,
    private readonly onDrop?: (chunk: TraceChunk) => void,
  ) {}

  /** The chunks kept, oldest first, without gaps. */
  get chunks(): readonly TraceChunk[] {
    return this.kept;
  }

  get bytes(): number {
    return this.bytesKept;
  }

  /** Index of the first record kept; the number of records seen when none is kept. */
  get firstKept(): number {
    return this.kept[0]?.first ?? this.end;
  }

  /** Takes the next chunk and drops the oldest ones that no longer fit. The newest stays, however large it is. */
  add(chunk: TraceChunk): void {
    this.kept.push(chunk);
    this.bytesKept += chunk.time.buffer.byteLength;
    this.end = chunk.first + chunk.count;
    while (this.bytesKept > this.bytesMax && this.kept.length > 1) {
      const oldest = this.kept.shift()!;
      this.bytesKept -= oldest.time.buffer.byteLength;
      this.onDrop?.(oldest);
    }
  }
}
