/** Which records of a trace belong to which request: found once, so that the story of one of a hundred thousand requests reads its own records only. */
import type { TraceChunk } from '../model/trace';

export class RequestIndex {
  /** Records of all requests, those of one after those of another, each in the order of the run. */
  private readonly records: Int32Array;
  /** Where the records of a request begin, by its id. */
  private readonly begins: Int32Array;

  /** Two passes over one column: sorting by counting. */
  constructor(chunks: readonly TraceChunk[]) {
    let highest = 0;
    for (const { request, count } of chunks) for (let at = 0; at < count; at++) if (request[at]! > highest) highest = request[at]!;
    const begins = new Int32Array(highest + 2);
    for (const { request, count } of chunks) for (let at = 0; at < count; at++) begins[request[at]! + 1]!++;
    for (let id = 1; id < begins.length; id++) begins[id] = begins[id]! + begins[id - 1]!;
    const next = begins.slice();
    this.records = new Int32Array(begins.at(-1)!);
    for (const { request, count, first } of chunks) {
      for (let at = 0; at < count; at++) this.records[next[request[at]!]!++] = first + at;
    }
    this.begins = begins;
  }

  /** Indices of the records of a request, in the order of the run; none of a request that the trace does not know. */
  of(request: number): Int32Array {
    if (request < 0 || request + 1 >= this.begins.length) return new Int32Array(0);
    return this.records.subarray(this.begins[request], this.begins[request + 1]);
  }
}
