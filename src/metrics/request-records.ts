/** The records of each request among those of a whole trace, found without reading the rest. */
import type { TraceReader } from './trace-reader';

export class RequestRecords {
  private readonly from: number;
  /** Where the records of each request begin in `records`, and one more. */
  private readonly starts: Int32Array;
  private readonly records: Int32Array;

  private constructor(from: number, starts: Int32Array, records: Int32Array) {
    this.from = from;
    this.starts = starts;
    this.records = records;
  }

  /** Two passes over the trace, with a rest after each chunk. */
  static *inSteps(trace: TraceReader): Generator<undefined, RequestRecords> {
    let [least, most] = [Infinity, 0];
    for (const { request, count } of trace.chunks) {
      for (let at = 0; at < count; at++) {
        const id = request[at]!;
        if (id === 0) continue;
        if (id < least) least = id;
        if (id > most) most = id;
      }
      yield;
    }
    const from = Math.min(least, most);
    const starts = new Int32Array(most - from + 2);
    for (const { request, count } of trace.chunks) {
      for (let at = 0; at < count; at++) if (request[at]! > 0) starts[request[at]! - from + 1]!++;
      yield;
    }
    for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
    const records = new Int32Array(starts.at(-1) ?? 0);
    const next = starts.slice();
    for (const { first, request, count } of trace.chunks) {
      for (let at = 0; at < count; at++) if (request[at]! > 0) records[next[request[at]! - from]!++] = first + at;
      yield;
    }
    return new RequestRecords(from, starts, records);
  }

  /** Indices of the records of a request, oldest first; none when nothing of it is kept. */
  of(request: number): Int32Array {
    const at = request - this.from;
    return at < 0 || at + 1 >= this.starts.length ? new Int32Array(0) : this.records.subarray(this.starts[at], this.starts[at + 1]);
  }
}
