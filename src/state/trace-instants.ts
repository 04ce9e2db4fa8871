/** The instants at which something happens in any lane, found by halving: traces hold millions of records. */
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import type { TraceChunk } from '../model/trace';
import type { Instants } from './playhead.svelte';

/** Events of one instant are one step. Only what the kept trace holds is found. */
export function instantsOf(lanes: readonly LaneResult[]): Instants {
  return {
    after: (timeMicros) => least(lanes.map(({ chunks }) => firstAfter(chunks, timeMicros))),
    before: (timeMicros) => greatest(lanes.map(({ chunks }) => lastBefore(chunks, timeMicros))),
  };
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
