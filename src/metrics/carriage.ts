/**
 * What keeps a message on a connection from travelling, as far as the records prove it: before it goes, because no connection or stream is
 * free or one is being set up; and under way, because a window is used up or a lost segment holds back what came behind it.
 */
import { BY_CONNECTION, endCode, endOf, FrameType, readFrame } from '../model/frame';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { RecordKind, type LinkPlace } from '../model/trace';
import type { TraceReader, TraceRow } from './trace-reader';

/**
 * `freeConnection`, `freeStream`: for one that another gives free, because there may be no more. `tcp`, `tls`: for the handshakes of the
 * connection that it goes on. `turn`: it may go, and others have the wire. `streamWindow`, `connectionWindow`: its receiver has not yet let it
 * go on. `resent`: a segment before its end is lost, until it is sent again.
 */
export type CarriageWait = 'freeConnection' | 'freeStream' | 'tcp' | 'tls' | 'turn' | 'streamWindow' | 'connectionWindow' | 'resent';

export interface CarriageStretch {
  readonly wait: CarriageWait;
  /** The record that begins it, or proves it. */
  readonly record: number;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** Records that belong to no message alone, by way, in the order of the run. */
interface WayRecords {
  readonly syns: TraceRow[];
  readonly answers: TraceRow[];
  readonly closings: TraceRow[];
  readonly losses: TraceRow[];
}

export class Carriages {
  private made: ReadonlyMap<number, WayRecords> | undefined;

  constructor(
    private readonly lane: LaneResult,
    private readonly trace: TraceReader,
  ) {}

  /** From being held back until it is sent, without a gap. @param own the records of its request */
  before(letOn: TraceRow, sent: TraceRow, own: readonly TraceRow[]): readonly CarriageStretch[] {
    const { timeMicros: onMicros, place, subject, record } = letOn;
    const heldMicros = onMicros - letOn.value;
    const stretches = new Stretches(record, heldMicros);
    const frame = own.find((row) => row.record > record && isFrameOf(row, place, subject));
    if (frame) this.setUp(stretches, place, frame, heldMicros, onMicros);
    stretches.until((this.lane.places[place] as LinkPlace).http2 ? 'freeStream' : 'freeConnection', onMicros);
    stretches.until('turn', sent.timeMicros);
    return stretches.all;
  }

  /** While it is under way: apart from each other, in the order of time. Of `resent` no more counts than the books hold for waiting. */
  during(sent: TraceRow, delivered: TraceRow, own: readonly TraceRow[]): readonly CarriageStretch[] {
    const { place, subject } = delivered;
    const isUnderWay = ({ record }: TraceRow): boolean => record > sent.record && record < delivered.record;
    const frames = own.filter((row) => isUnderWay(row) && isFrameOf(row, place, subject));
    const found = own.flatMap((row): CarriageStretch[] => {
      if (row.kind !== RecordKind.windowBlocked || row.place !== place || row.subject !== subject || !isUnderWay(row)) return [];
      const next = frames.find(({ record }) => record > row.record);
      if (!next) return [];
      const wait = readFrame(row.detail, 0).type === BY_CONNECTION ? 'connectionWindow' : 'streamWindow';
      return [{ wait, record: row.record, fromMicros: row.timeMicros, toMicros: next.timeMicros }];
    });
    const resent = this.resent(sent, delivered);
    if (resent) found.push(resent);
    found.sort((one, other) => one.fromMicros - other.fromMicros);
    let at = sent.timeMicros;
    return found.flatMap((stretch) => {
      const fromMicros = Math.max(at, stretch.fromMicros);
      if (fromMicros >= stretch.toMicros) return [];
      at = stretch.toMicros;
      return [{ ...stretch, fromMicros }];
    });
  }

  /** The handshakes of the connection that a frame goes on, as far as they were waited for. */
  private setUp(stretches: Stretches, way: number, frame: TraceRow, heldMicros: Micros, onMicros: Micros): void {
    const isOn = connectionOf(frame);
    const steps = (rows: readonly TraceRow[] | undefined, type: FrameType): TraceRow | undefined =>
      rows?.findLast((row) => row.timeMicros <= onMicros && readFrame(row.detail, row.value).type === type && isOn(row));
    const syn = steps(this.of(way)?.syns, FrameType.syn);
    const answers = this.of(this.oppositeOf(way))?.answers;
    const synAck = steps(answers, FrameType.synAck);
    const finished = steps(answers, FrameType.serverFinished);
    if (!syn || !synAck || synAck.record < syn.record) return;
    const secured = finished && finished.record > synAck.record ? finished : undefined;
    const readyMicros = (secured ?? synAck).timeMicros;
    if (readyMicros <= heldMicros) return;
    if (endOf(frame.detail) === 0) {
      // A connection of HTTP/1.1 that was ready before has served another in between.
      if (readyMicros < onMicros) return;
      const closed = this.of(way)?.closings.findLast(({ timeMicros }) => timeMicros > heldMicros && timeMicros <= syn.timeMicros);
      if (closed) stretches.until('freeConnection', closed.timeMicros);
    }
    stretches.until('tcp', synAck.timeMicros);
    if (secured) stretches.until('tls', secured.timeMicros);
  }

  /** Its last frame came together with one before it on the connection, or was itself one, of which a segment was lost and sent again. */
  private resent(sent: TraceRow, delivered: TraceRow): CarriageStretch | undefined {
    const lost = this.of(delivered.place)?.losses;
    if (!lost || lost.length === 0) return undefined;
    let last: TraceRow | undefined;
    let missing: TraceRow | undefined;
    for (let record = delivered.record - 1; record > sent.record; record--) {
      const row = this.trace.row(record);
      if (row.timeMicros !== delivered.timeMicros) break;
      if (row.kind !== RecordKind.frameReceived || row.place !== delivered.place) continue;
      last ??= row;
      if (sharesOrder(row, last)) missing = row;
    }
    const subject = missing?.subject ?? 0;
    if (subject === 0) return undefined;
    const own = lost.filter((row) => row.subject === subject && row.record < delivered.record);
    const again = own.findLast(({ kind }) => kind === RecordKind.segmentResent);
    const loss = own.find(({ kind }) => kind === RecordKind.segmentLost);
    if (!again || !loss || again.timeMicros <= sent.timeMicros || loss.record > again.record) return undefined;
    return {
      wait: 'resent',
      record: loss.record,
      fromMicros: Math.max(sent.timeMicros, loss.timeMicros),
      toMicros: again.timeMicros,
    };
  }

  private of(way: number): WayRecords | undefined {
    return (this.made ??= wayRecords(this.trace)).get(way);
  }

  private oppositeOf(way: number): number {
    // The ways of a link have places side by side.
    return way + ((this.lane.places[way] as LinkPlace).way === 'forth' ? 1 : -1);
  }
}

/** Stretches that follow on each other. */
class Stretches {
  readonly all: CarriageStretch[] = [];

  constructor(
    private readonly record: number,
    private atMicros: Micros,
  ) {}

  until(wait: CarriageWait, toMicros: Micros): void {
    if (toMicros <= this.atMicros) return;
    this.all.push({ wait, record: this.record, fromMicros: this.atMicros, toMicros });
    this.atMicros = toMicros;
  }
}

function isFrameOf(row: TraceRow, place: number, message: number): boolean {
  return row.kind === RecordKind.frameSent && row.place === place && row.subject === message;
}

/** Whether a record of a frame is of the same connection: its end says so in HTTP/2, and its number without streams. */
function connectionOf(frame: TraceRow): (row: TraceRow) => boolean {
  const numberIn = ({ detail, value }: TraceRow): number => readFrame(detail, value).stream;
  const codeOf = (row: TraceRow): number => (endOf(row.detail) === 0 ? endCode(numberIn(row), false) : endOf(row.detail)) | 1;
  return endOf(frame.detail) === 0
    ? (row) => endOf(row.detail) === 0 && numberIn(row) === numberIn(frame)
    : (row) => codeOf(row) === (endOf(frame.detail) | 1);
}

/** Whether TCP holds back the one frame for the other: they go the same way on the same connection. */
function sharesOrder(frame: TraceRow, other: TraceRow): boolean {
  if (endOf(frame.detail) !== endOf(other.detail)) return false;
  const [one, two] = [readFrame(frame.detail, frame.value), readFrame(other.detail, other.value)];
  // A connection of HTTP/1.1 has one message under way at a time.
  if (one.type === FrameType.head || one.type === FrameType.body) return frame.subject === other.subject;
  return endOf(frame.detail) !== 0 || one.stream === two.stream;
}

/** One pass over the trace. */
function wayRecords(trace: TraceReader): ReadonlyMap<number, WayRecords> {
  const ways = new Map<number, WayRecords>();
  const on = (row: TraceRow): WayRecords => {
    let found = ways.get(row.place);
    if (!found) ways.set(row.place, (found = { syns: [], answers: [], closings: [], losses: [] }));
    return found;
  };
  for (const { first, kind, detail, count } of trace.chunks) {
    for (let at = 0; at < count; at++) {
      const list = listOf(kind[at]!, detail[at]!);
      if (!list) continue;
      const row = trace.row(first + at);
      on(row)[list].push(row);
    }
  }
  return ways;
}

function listOf(kind: number, detail: number): keyof WayRecords | undefined {
  switch (kind) {
    case RecordKind.frameSent:
      return readFrame(detail, 0).type === FrameType.syn ? 'syns' : undefined;
    case RecordKind.frameReceived: {
      const { type } = readFrame(detail, 0);
      return type === FrameType.synAck || type === FrameType.serverFinished ? 'answers' : undefined;
    }
    case RecordKind.connectionClosed:
      return 'closings';
    case RecordKind.segmentLost:
    case RecordKind.segmentResent:
      return 'losses';
    default:
      return undefined;
  }
}
