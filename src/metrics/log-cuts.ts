/** Where the partitions of a topic were cut off, each time: records that are gone can still be in the hands of those who had fetched them. */
import type { Micros } from '../model/time';

interface Cut {
  readonly end: number;
  readonly atMicros: Micros;
}

export class LogCuts {
  private readonly cuts: (Cut[] | undefined)[] = [];

  /** All at an offset and after it are gone. */
  cut(partition: number, end: number, atMicros: Micros): void {
    (this.cuts[partition] ??= []).push({ end, atMicros });
  }

  /** Whether a record is gone that stood at an offset since an instant. */
  isGone(partition: number, offset: number, sinceMicros: Micros): boolean {
    return this.cuts[partition]?.some(({ end, atMicros }) => offset >= end && sinceMicros < atMicros) ?? false;
  }
}
