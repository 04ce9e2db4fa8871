/**
 * The trace as JSON lines: one object a record, kinds and places by name, times in milliseconds. The spans come last, each with its ids and
 * all that is known of it.
 */
import type { LaneResult } from '../model/run-result';
import { ACK, END_STREAM, FRAME_NAMES, FrameType, readFrame } from '../model/frame';
import { placeName } from '../model/place-name';
import { RecordKind } from '../model/trace';

const KIND_NAMES = new Map<number, string>(Object.entries(RecordKind).map(([name, kind]) => [kind, name]));
const FRAME_KEYS = new Map<number, string>(Object.entries(FrameType).map(([name, type]) => [type, name]));

export function* traceLines(lane: LaneResult): Generator<string> {
  const places = lane.places.map((place) => placeName(place, lane.places));
  for (const chunk of lane.chunks) {
    for (let index = 0; index < chunk.count; index++) {
      const kind = chunk.kind[index]!;
      const isFrame = kind === RecordKind.frameSent || kind === RecordKind.frameReceived;
      yield JSON.stringify({
        tMs: chunk.time[index]! / 1000,
        kind: KIND_NAMES.get(kind),
        place: places[chunk.place[index]!],
        request: chunk.request[index],
        subject: chunk.subject[index],
        detail: chunk.detail[index],
        value: chunk.value[index],
        ...(kind === RecordKind.logged && lineOf(lane, chunk.subject[index]!)),
        ...(isFrame && frameOf(chunk.detail[index]!, chunk.value[index]!)),
      });
    }
  }
  for (const { place, startMicros, endMicros, ...span } of lane.spans) {
    const endMs = endMicros < 0 ? null : endMicros / 1000;
    yield JSON.stringify({ ...span, place: places[place], kind: 'span', spanKind: span.kind, startMs: startMicros / 1000, endMs });
  }
}

/** What a handler wrote, and how serious it is. */
function lineOf({ log }: LaneResult, index: number): object {
  const { level, text } = log[index]!;
  return { level, text };
}

/** A frame by its name; the number is that of its stream, or of its connection where there are no streams. */
function frameOf(detail: number, value: number): object {
  const { type, flags, bytes, stream, increment } = readFrame(detail, value);
  const carriesEnd = type === FrameType.data || type === FrameType.headers;
  const answers = type === FrameType.settings || type === FrameType.ping;
  return {
    frame: FRAME_NAMES[type] ?? FRAME_KEYS.get(type),
    bytes,
    stream,
    ...(increment > 0 && { increment }),
    ...(carriesEnd && (flags & END_STREAM) !== 0 && { flag: 'END_STREAM' }),
    ...(answers && (flags & ACK) !== 0 && { flag: 'ACK' }),
  };
}
