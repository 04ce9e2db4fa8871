/**
 * What happens in a stretch of time: messages with both their ends, waiting and work as spans, and counts in columns. Only the records of the
 * stretch are read; when these are too many to be told apart, the columns are all there is.
 */
import { RecordKind, type MessageKind } from '../model/trace';
import type { Micros } from '../model/time';
import { LOST, OPEN } from './pairs';
import type { SceneReader } from './scene';

export interface Stretch {
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

export interface Arrow {
  readonly record: number;
  readonly request: number;
  readonly message: number;
  readonly kind: MessageKind;
  /** The way of the link. */
  readonly place: number;
  readonly sentMicros: Micros;
  /** For a lost message: when it would have arrived. */
  readonly arrivesMicros: Micros;
  readonly lost: boolean;
}

export interface Span {
  readonly record: number;
  readonly request: number;
  readonly message: number;
  readonly place: number;
  /** Waiting is Td, work is Ts. `held`: the worker is taken; its work is drawn over it. */
  readonly part: 'waiting' | 'work' | 'held';
  /** The worker; or, among those who wait, a row that is free. */
  readonly row: number;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** What goes on in columns of equal time: `place * count + column`. */
export interface Columns {
  readonly count: number;
  /** At the start of the column. */
  readonly waiting: Float64Array;
  readonly busy: Float64Array;
  /** During the column. */
  readonly sent: Float64Array;
  readonly lost: Float64Array;
}

export interface StretchContent {
  /** Undefined when there are too many to be told apart. */
  readonly detail: { readonly arrows: readonly Arrow[]; readonly spans: readonly Span[] } | undefined;
  readonly columns: Columns;
}

/** More arrows than this are not drawn one by one. */
export const MOST_ARROWS = 1_500;
/** Records that are looked at one by one to find out; more are too many for arrows anyway. */
const MOST_RECORDS = 40_000;
/** Beyond this many records, columns come from the profile of the run. */
const MOST_SCANNED = 60_000;

/** Reads what happens in a stretch of time, in so many columns. */
export function readStretch(reader: SceneReader, stretch: Stretch, columns: number): StretchContent {
  const { trace } = reader;
  const from = trace.after(stretch.fromMicros);
  const to = trace.after(stretch.toMicros);
  const detail = to - from <= MOST_RECORDS ? detailOf(reader, stretch, from, to) : undefined;
  return { detail, columns: columnsOf(reader, stretch, from, to, columns) };
}

function detailOf(reader: SceneReader, view: Stretch, from: number, to: number): StretchContent['detail'] {
  const { trace, pairs, lane } = reader;
  const arrows: Arrow[] = [];
  const spans: Span[] = [];
  const endOf = (record: number): Micros => {
    const closer = pairs.closer[record - trace.first]!;
    return closer === OPEN || closer >= trace.end ? lane.endMicros : trace.timeOf(closer);
  };
  /** Work that a pause interrupts, or that goes on at another speed, is written again; the first of these records says that it stands still. */
  const standsStill = (record: number): Micros => {
    const closer = pairs.closer[record - trace.first]!;
    if (closer === OPEN || closer >= trace.end || trace.kindOf(closer) !== RecordKind.workStarted) return Infinity;
    const { timeMicros, value } = trace.row(closer);
    return value === timeMicros ? timeMicros : Infinity;
  };
  const waitingRows = new Map<number, number[]>();
  const span = (record: number, part: Span['part'], toMicros: Micros, row: number | undefined): void => {
    const { place, request, subject, timeMicros } = trace.row(record);
    spans.push({
      record,
      request,
      message: subject,
      place,
      part,
      fromMicros: timeMicros,
      toMicros,
      row: row ?? freeRow(waitingRows, place, timeMicros, toMicros),
    });
  };
  const take = (record: number): void => {
    const row = trace.row(record);
    switch (row.kind) {
      case RecordKind.messageSent:
      case RecordKind.messageDuplicated: {
        const lost = pairs.opener[record - trace.first] === LOST;
        const { request, subject, place, timeMicros } = row;
        arrows.push({
          record,
          request,
          message: subject,
          kind: row.detail as MessageKind,
          place,
          sentMicros: timeMicros,
          arrivesMicros: reader.arrivalOf(row),
          lost,
        });
        return;
      }
      case RecordKind.joined:
      case RecordKind.woken:
      case RecordKind.returned: {
        const end = endOf(record);
        if (end > row.timeMicros) span(record, 'waiting', end, undefined);
        return;
      }
      case RecordKind.workerTaken:
      case RecordKind.resumed:
        return span(record, 'held', endOf(record), row.detail);
      case RecordKind.workStarted:
        return span(record, 'work', Math.min(row.value, standsStill(record), lane.endMicros), row.detail);
    }
  };
  // What is going on when the stretch begins began before it: the scene at that instant knows it.
  const scene = reader.at(view.fromMicros);
  for (const flight of scene.flights) take(flight.record);
  for (const place of scene.places) {
    for (const { record } of place.waitingMessages) take(record);
  }
  for (const record of reader.openWorkers()) take(record);
  for (let record = from; record < to; record++) {
    take(record);
    if (arrows.length > MOST_ARROWS) return undefined;
  }
  return { arrows, spans };
}

/** The first row of a band that is free from an instant on; it is taken until `toMicros`. */
function freeRow(rows: Map<number, number[]>, place: number, fromMicros: Micros, toMicros: Micros): number {
  let ends = rows.get(place);
  if (!ends) rows.set(place, (ends = []));
  const free = ends.findIndex((end) => end <= fromMicros);
  const row = free < 0 ? ends.length : free;
  ends[row] = toMicros;
  return row;
}

function columnsOf(reader: SceneReader, stretch: Stretch, from: number, to: number, count: number): Columns {
  const cells = (): Float64Array => new Float64Array(reader.lane.places.length * count);
  const columns = { count, waiting: cells(), busy: cells(), sent: cells(), lost: cells() };
  if (to - from > MOST_SCANNED) fromProfile(reader, stretch, columns);
  else fromRecords(reader, stretch, from, to, columns);
  return columns;
}

function fromRecords(reader: SceneReader, stretch: Stretch, from: number, to: number, { count, waiting, busy, sent, lost }: Columns): void {
  const { trace, lane } = reader;
  const width = (stretch.toMicros - stretch.fromMicros) / count;
  for (let column = 0; column < count; column++) {
    const counts = reader.countsAt(stretch.fromMicros + column * width);
    for (let place = 0; place < lane.places.length; place++) {
      waiting[place * count + column] = counts.waiting[place]!;
      busy[place * count + column] = counts.busy[place]!;
    }
  }
  for (let record = from; record < to; record++) {
    const chunk = trace.chunks[trace.chunkOf(record)]!;
    const at = record - chunk.first;
    const kind = chunk.kind[at]!;
    if (kind !== RecordKind.messageSent && kind !== RecordKind.messageLost) continue;
    const column = Math.min(count - 1, Math.floor((chunk.time[at]! - stretch.fromMicros) / width));
    const cell = chunk.place[at]! * count + column;
    if (kind === RecordKind.messageSent) sent[cell] = sent[cell]! + 1;
    else lost[cell] = lost[cell]! + 1;
  }
}

/** With very many records, the samples of the profile are close enough. */
function fromProfile(reader: SceneReader, stretch: Stretch, { count, waiting, busy, sent, lost }: Columns): void {
  const { profile, lane } = reader;
  const places = lane.places.length;
  const width = (stretch.toMicros - stretch.fromMicros) / count;
  let sample = sampleAt(reader, stretch.fromMicros);
  for (let column = 0; column < count; column++) {
    const next = sampleAt(reader, stretch.fromMicros + (column + 1) * width);
    for (let place = 0; place < places; place++) {
      const [here, there, cell] = [sample * places + place, next * places + place, place * count + column];
      waiting[cell] = profile.waiting[here]!;
      busy[cell] = profile.busy[here]!;
      sent[cell] = profile.sent[there]! - profile.sent[here]!;
      lost[cell] = profile.lost[there]! - profile.lost[here]!;
    }
    sample = next;
  }
}

/** The last sample of the profile at or before an instant. */
function sampleAt({ profile }: SceneReader, atMicros: Micros): number {
  let low = 0;
  let high = profile.timeMicros.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (profile.timeMicros[middle]! <= atMicros) low = middle;
    else high = middle - 1;
  }
  return low;
}
