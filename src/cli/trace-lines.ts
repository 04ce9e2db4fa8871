/**
 * The trace as JSON lines: one object a record, kinds and places by name, times in milliseconds. The spans come last, each with its ids and
 * all that is known of it.
 */
import type { LaneResult } from '../model/run-result';
import { placeName } from '../model/place-name';
import { RecordKind } from '../model/trace';

const KIND_NAMES = new Map<number, string>(Object.entries(RecordKind).map(([name, kind]) => [kind, name]));

export function traceLines(lane: LaneResult): string {
  const places = lane.places.map((place) => placeName(place, lane.places));
  const lines: string[] = [];
  for (const chunk of lane.chunks) {
    for (let index = 0; index < chunk.count; index++) {
      lines.push(
        JSON.stringify({
          tMs: chunk.time[index]! / 1000,
          kind: KIND_NAMES.get(chunk.kind[index]!),
          place: places[chunk.place[index]!],
          request: chunk.request[index],
          subject: chunk.subject[index],
          detail: chunk.detail[index],
          value: chunk.value[index],
        }),
      );
    }
  }
  for (const { place, startMicros, endMicros, ...span } of lane.spans) {
    const endMs = endMicros < 0 ? null : endMicros / 1000;
    lines.push(JSON.stringify({ ...span, place: places[place], kind: 'span', spanKind: span.kind, startMs: startMicros / 1000, endMs }));
  }
  return `${lines.join('\n')}\n`;
}
