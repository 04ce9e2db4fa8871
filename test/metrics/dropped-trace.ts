/** A lane as it is when its oldest chunks had to make room. */
import { OpenRecords } from '../../src/metrics/open-records';
import type { Scene } from '../../src/metrics/scene';
import type { LaneResult } from '../../src/model/run-result';
import type { TraceChunk } from '../../src/model/trace';
import { makeTraceColumns, traceChunk } from '../../src/sim/trace-columns';

export function withoutOldest(lane: LaneResult, dropped: number): LaneResult {
  const open = new OpenRecords(lane.places);
  for (const chunk of lane.chunks.slice(0, dropped)) open.add(chunk);
  const kept = lane.chunks.slice(dropped);
  const { prologue, start } = open.before(kept);
  return { ...lane, chunks: [...prologue, ...kept], keptFrom: start };
}

const COLUMNS = ['time', 'value', 'request', 'subject', 'place', 'detail', 'kind'] as const;

/** The same trace in chunks so small that a short run has many. */
export function inChunksOf(records: number, lane: LaneResult): LaneResult {
  const chunks: TraceChunk[] = [];
  for (const chunk of lane.chunks) {
    for (let from = 0; from < chunk.count; from += records) {
      const count = Math.min(records, chunk.count - from);
      const columns = makeTraceColumns(count);
      for (const name of COLUMNS) columns[name].set(chunk[name].subarray(from, from + count));
      chunks.push(traceChunk(columns, chunk.first + from, count));
    }
  }
  return { ...lane, chunks };
}

/** All that a scene says but the indices of records: those of the prologue are others than before. */
export function said(scene: Scene): string {
  return JSON.stringify(scene, (name, value: unknown) =>
    name === 'record' ? undefined : ArrayBuffer.isView(value) ? [...(value as Int32Array)] : value,
  );
}
