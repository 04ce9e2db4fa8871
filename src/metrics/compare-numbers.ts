/** The numbers of a run up to an instant, by the definitions of its summary: at the end of the run they are the summary. */
import type { LaneResult } from '../model/run-result';
import type { RequestsSummary } from '../model/summary';
import type { Micros } from '../model/time';
import type { RequestChunk } from '../model/trace';
import { Outcome } from '../model/outcome';
import { countedRequests } from './counted-requests';
import { RequestCounts } from './request-counts';
import { rowsWhere } from './rows-where';

/** From the end of the warm-up up to and including the instant. What is decided later is still under way. */
export function requestsUpTo(lane: LaneResult, untilMicros: Micros): RequestsSummary {
  const counts = new RequestCounts(lane.warmupMicros);
  for (const chunk of countedRequests(lane)) counts.add(untilMicros >= lane.endMicros ? chunk : asOf(chunk, untilMicros));
  return counts.summary(Math.max(0, Math.min(untilMicros, lane.endMicros) - lane.warmupMicros));
}

/** The rows as they stood at an instant: only those that had started, and only what had happened to them. */
function asOf(chunk: RequestChunk, untilMicros: Micros): RequestChunk {
  const known = rowsWhere(chunk, (row) => chunk.started[row]! <= untilMicros);
  return {
    ...known,
    outcome: known.outcome.map((outcome, row) => (known.ended[row]! <= untilMicros ? outcome : Outcome.inFlight)),
    accepted: known.accepted.map((accepted) => (accepted <= untilMicros ? accepted : -1)),
  };
}
