/** The numbers of a run up to an instant, by the definitions of its summary: at the end of the run they are the summary. */
import type { LaneResult } from '../model/run-result';
import type { RequestsSummary } from '../model/summary';
import type { Micros } from '../model/time';
import type { RequestChunk } from '../model/trace';
import { Outcome } from '../model/outcome';
import { countedRequests } from './counted-requests';
import { RequestCounts } from './request-counts';

/** From the end of the warm-up up to and including the instant. What is decided later is still under way. */
export function requestsUpTo(lane: LaneResult, untilMicros: Micros): RequestsSummary {
  const counts = new RequestCounts(lane.warmupMicros);
  for (const chunk of countedRequests(lane)) counts.add(untilMicros >= lane.endMicros ? chunk : asOf(chunk, untilMicros));
  return counts.summary(Math.max(0, Math.min(untilMicros, lane.endMicros) - lane.warmupMicros));
}

/** The rows as they stood at an instant: only those that had started, and only what had happened to them. */
function asOf(chunk: RequestChunk, untilMicros: Micros): RequestChunk {
  const known: number[] = [];
  for (let at = 0; at < chunk.count; at++) if (chunk.started[at]! <= untilMicros) known.push(at);
  const pick = <Column extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>>(column: Column): Column =>
    column.filter((_, at) => at < chunk.count && chunk.started[at]! <= untilMicros) as Column;
  const hasEnded = (at: number): boolean => chunk.ended[at]! <= untilMicros;
  return {
    first: chunk.first,
    count: known.length,
    request: pick(chunk.request),
    client: pick(chunk.client),
    outcome: Uint8Array.from(known, (at) => (hasEnded(at) ? chunk.outcome[at]! : Outcome.inFlight)),
    started: pick(chunk.started),
    accepted: Float64Array.from(known, (at) => (chunk.accepted[at]! <= untilMicros ? chunk.accepted[at]! : -1)),
    ended: pick(chunk.ended),
    held: pick(chunk.held),
    tr: pick(chunk.tr),
    td: pick(chunk.td),
    ts: pick(chunk.ts),
    tp: pick(chunk.tp),
  };
}
