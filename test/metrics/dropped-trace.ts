/** A lane as it is when its oldest chunks had to make room. */
import { OpenRecords } from '../../src/metrics/open-records';
import type { LaneResult } from '../../src/model/run-result';

export function withoutOldest(lane: LaneResult, dropped: number): LaneResult {
  const open = new OpenRecords(lane.places);
  for (const chunk of lane.chunks.slice(0, dropped)) open.add(chunk);
  const kept = lane.chunks.slice(dropped);
  const { prologue, start } = open.before(kept);
  return { ...lane, chunks: [...prologue, ...kept], keptFrom: start };
}
