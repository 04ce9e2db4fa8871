/** Which records of a trace belong to which request: found once, so that the story of one of a hundred thousand requests reads its own records only. */
import type { TraceChunk } from '../model/trace';

export class RequestIndex {
  constructor(
    /** Records of all requests, those of one after those of another, each in the order of the run. */
    private readonly records: Int32Array,
    /** Where the records of a request begin, by its id. */
    private readonly begins: Int32Array,
  ) {}

  /** Indices of the records of a request, in the order of the run; none of a request that the trace does not know. */
  of(request: number): Int32Array {
    if (request < 0 || request + 1 >= this.begins.length) return new Int32Array(0);
    return this.records.subarray(this.begins[request], this.begins[request + 1]);
  }
}

/** Three passes over one column, with rests: sorting by counting. */
export function* requestIndexInSteps(chunks: readonly TraceChunk[]): Generator<undefined, RequestIndex> {
  let highest = 0;
  for (const { request, count } of chunks) {
    for (let at = 0; at < count; at++) if (request[at]! > highest) highest = request[at]!;
    yield;
  }
  const begins = new Int32Array(highest + 2);
  for (const { request, count } of chunks) {
    for (let at = 0; at < count; at++) begins[request[at]! + 1]!++;
    yield;
  }
  for (let id = 1; id < begins.length; id++) begins[id] = begins[id]! + begins[id - 1]!;
  const next = begins.slice();
  const records = new Int32Array(begins.at(-1)!);
  for (const { request, count, first } of chunks) {
    for (let at = 0; at < count; at++) records[next[request[at]!]!++] = first + at;
    yield;
  }
  return new RequestIndex(records, begins);
}
