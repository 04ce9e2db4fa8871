/** The records of one partition that are kept: appended at the end, expired at the start. Offsets are dense and never given twice. */
import type { Micros } from '../../model/time';
import type { LogRecord } from './log-record';

const SHRINK_FROM = 1_024;

export class PartitionLog {
  private records: (LogRecord | undefined)[] = [];
  /** Position in `records` of the first that is kept. */
  private head = 0;
  /** The offset of the first record kept, or the next to be given when none is. */
  startOffset = 0;
  /** Where it was cut off, each time. */
  private readonly cuts: number[] = [];

  get endOffset(): number {
    return this.startOffset + this.length;
  }

  /** How often it has been cut off: what Kafka's leader epochs tell a reader. */
  get epoch(): number {
    return this.cuts.length;
  }

  get length(): number {
    return this.records.length - this.head;
  }

  get oldest(): LogRecord | undefined {
    return this.records[this.head];
  }

  /** How many of the oldest were appended at an instant or before. */
  countUntil(micros: Micros): number {
    let count = 0;
    while (this.head + count < this.records.length && this.records[this.head + count]!.appendedAt <= micros) count++;
    return count;
  }

  /** Its offset must be `endOffset`. */
  append(record: LogRecord): void {
    this.records.push(record);
  }

  /** The records from an offset on, at most so many. The offset must be kept or be the end. */
  slice(offset: number, most: number): LogRecord[] {
    const from = this.head + offset - this.startOffset;
    return this.records.slice(from, from + most) as LogRecord[];
  }

  /**
   * Where somebody goes on who has read up to an offset of an epoch: at the first record that may differ from what was read (KIP-320; the
   * "first offset known to diverge" of Kafka's `LogTruncationException`, to which a consumer with a reset policy goes by itself).
   */
  sinceEpoch(epoch: number, offset: number): number {
    let at = offset;
    for (let cut = epoch; cut < this.cuts.length; cut++) at = Math.min(at, this.cuts[cut]!);
    return at;
  }

  /** Forgets what is at an offset and after it, and answers with that. */
  truncate(offset: number): LogRecord[] {
    this.cuts.push(offset);
    const at = this.head + Math.max(0, offset - this.startOffset);
    return this.records.splice(at) as LogRecord[];
  }

  /** Forgets the oldest so many. */
  expire(count: number): void {
    this.records.fill(undefined, this.head, this.head + count);
    this.head += count;
    this.startOffset += count;
    if (this.head < SHRINK_FROM || this.head * 2 < this.records.length) return;
    this.records = this.records.slice(this.head);
    this.head = 0;
  }
}
