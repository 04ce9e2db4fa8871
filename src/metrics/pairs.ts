/** Which record ends what another began. With the pairs known, what is going on after record `r` is plain: all that began up to `r` and ends later. */
import { Pairing } from './pairing';
import type { TraceReader } from './trace-reader';

/** The end of what never ends. */
export const OPEN = 2 ** 31 - 1;
/** Nothing was begun by another record. */
export const NONE = -1;
/** Stands as the `opener` of a messageSent whose message is lost on the way. */
export const LOST = -2;

/** Both are indexed by record minus the first record kept, and hold indices of records. */
export interface Pairs {
  readonly closer: Int32Array;
  readonly opener: Int32Array;
}

/** Records between two rests of what is made in steps. */
export const STEP_RECORDS = 256;

/** One pass over the trace, with a rest every `STEP_RECORDS`. What began before its first record stays without its beginning. */
export function* pairInSteps(trace: TraceReader): Generator<undefined, Pairs> {
  const { first } = trace;
  const closer = new Int32Array(trace.end - first).fill(OPEN);
  const opener = new Int32Array(trace.end - first).fill(NONE);
  const losses: number[] = [];
  const pairing = new Pairing({
    began: () => undefined,
    ended: (begun, record, paired) => {
      closer[begun - first] = record;
      if (paired) opener[record - first] = begun;
    },
    lost: (sent, record) => {
      opener[record - first] = sent;
      opener[sent - first] = LOST;
      losses.push(sent);
    },
    timeOf: (record) => trace.timeOf(record),
  });
  for (const chunk of trace.chunks) {
    const isPrologue = chunk.first < trace.kept;
    for (let at = 0; at < chunk.count; at++) {
      pairing.take(chunk, at, isPrologue);
      if (at % STEP_RECORDS === 0) yield;
    }
  }
  for (const sent of losses) closer[sent - first] = trace.after(trace.row(sent).value);
  return { closer, opener };
}
