/** Which records a list shows around the playhead, found without reading the whole trace. */
import { bisectLeft } from 'd3-array';
import type { TraceReader } from '../../metrics/trace-reader';

/** Records looked through in one direction before a filter gives up for now. */
const LOOK_THROUGH = 200_000;

/** Up to `before` fitting records earlier than `at` and `after` from there on, by index, oldest first. */
export function recordsAround(trace: TraceReader, at: number, before: number, after: number, fits: (record: number) => boolean): number[] {
  const earlier: number[] = [];
  const oldest = Math.max(trace.first, trace.kept, at - LOOK_THROUGH);
  for (let record = at - 1; record >= oldest && earlier.length < before; record--) if (fits(record)) earlier.push(record);
  const later: number[] = [];
  const newest = Math.min(trace.end, at + LOOK_THROUGH);
  for (let record = at; record < newest && later.length < after; record++) if (fits(record)) later.push(record);
  return [...earlier.reverse(), ...later];
}

/** The same of records that are found already. */
export function foundAround(found: Float64Array, at: number, before: number, after: number): readonly number[] {
  const middle = bisectLeft(found, at);
  return Array.from(found.subarray(Math.max(0, middle - before), middle + after));
}
