/** The instants at which something happens in any lane, found by halving: traces hold millions of records. */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import type { TraceChunk } from '../model/trace';
import type { Instants } from './playhead.svelte';

/** Events of one instant are one step. Where the trace of a lane begins or ends before its run does, that edge counts as one too. */
export function instantsOf(lanes: readonly LaneResult[]): Instants {
  return {
    after: (timeMicros) => least(lanes.map((lane) => firstAfter(lane.chunks, timeMicros) ?? endAfter(lane, timeMicros))),
    before: (timeMicros) => greatest(lanes.map((lane) => lastBefore(keptChunks(lane), timeMicros) ?? edgeBefore(lane, timeMicros))),
  };
}

/** Without the prologue, whose records say what is open and not what happened when. */
function keptChunks({ chunks, keptFrom }: LaneResult): readonly TraceChunk[] {
  return chunks.filter(({ first }) => first >= keptFrom.record);
}

function endAfter({ endMicros }: LaneResult, timeMicros: Micros): Micros | undefined {
  return endMicros > timeMicros ? endMicros : undefined;
}

/** The last instant before the kept part: what happens up to there is found once it is there again. */
function edgeBefore({ keptFrom }: LaneResult, timeMicros: Micros): Micros | undefined {
  return keptFrom.record > 0 && keptFrom.micros - 1 < timeMicros ? keptFrom.micros - 1 : undefined;
}

function firstAfter(chunks: readonly TraceChunk[], timeMicros: Micros): Micros | undefined {
  const chunk = chunks.find(({ time, count }) => count > 0 && time[count - 1]! > timeMicros);
  return chunk && chunk.time[countUntil(chunk, (time) => time <= timeMicros)];
}

function lastBefore(chunks: readonly TraceChunk[], timeMicros: Micros): Micros | undefined {
  const chunk = chunks.findLast(({ time, count }) => count > 0 && time[0]! < timeMicros);
  return chunk && chunk.time[countUntil(chunk, (time) => time < timeMicros) - 1];
}

/** How many records at the front of a chunk fulfil a condition that, once false, stays false. */
function countUntil({ time, count }: TraceChunk, holds: (time: Micros) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(time[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function least(values: readonly (Micros | undefined)[]): Micros | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length > 0 ? Math.min(...found) : undefined;
}

function greatest(values: readonly (Micros | undefined)[]): Micros | undefined {
  const found = values.filter((value) => value !== undefined);
  return found.length > 0 ? Math.max(...found) : undefined;
}
