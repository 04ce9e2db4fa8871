/**
 * Where the time of one request went: the chain of causes behind its end, followed back through the trace. The steps follow each other
 * without gaps from its start to its end. They are given only where they agree with the four parts that the simulator has counted by
 * itself: Ts to the microsecond, and no more of Tr and Tp than was spent on links (a message may wait on its link, which is Td).
 */
import { Outcome } from '../model/outcome';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { ARRIVES_LATER, MessageKind, RecordKind } from '../model/trace';
import { givenBack, type Direction } from './carriage-books';
import { Carriages, type CarriageWait } from './carriage';
import type { Pairs } from './pairs';
import type { RequestIndex } from './request-index';
import type { RowTable } from './row-table';
import type { TraceReader, TraceRow } from './trace-reader';

/**
 * `travel`: on a link. `line`: for a worker. `queue`: in a broker. `work`: being worked on. `door`: at a component that is paused.
 * `vain`: an attempt that failed, and the pause after it. `pause`: everything else a handler waits for.
 * What keeps a message on a connection from travelling has names of its own.
 */
export type PathAct = 'travel' | 'line' | 'queue' | 'work' | 'door' | 'vain' | 'pause' | CarriageWait;

export interface PathStep {
  readonly act: PathAct;
  readonly place: number;
  readonly fromMicros: Micros;
  readonly toMicros: Micros;
}

/** Something that was over at an instant, and that what follows may have waited for. */
interface Ended {
  readonly row: TraceRow;
  /** Index among the records of the request. */
  readonly index: number;
  readonly endMicros: Micros;
}

interface Cursor {
  readonly place: number;
  readonly timeMicros: Micros;
  /** Only records before this one of the request can be causes. */
  readonly before: number;
  /** What the component has in hand, when it is known. */
  readonly message: number | undefined;
}

/** Steps of a path longer than this are not followed. */
const MOST_STEPS = 10_000;

export class CriticalPaths {
  private readonly wayFrom: Int32Array;
  private readonly wayTo: Int32Array;
  private readonly carriages: Carriages;

  constructor(
    private readonly lane: LaneResult,
    private readonly trace: TraceReader,
    private readonly pairs: Pairs,
    private readonly records: RequestIndex,
  ) {
    const { places } = lane;
    this.carriages = new Carriages(lane, trace);
    const placeOf = new Map(
      places.flatMap((place, at) => ('id' in place && place.kind !== 'part' && place.kind !== 'attacker' ? [[place.id, at]] : [])),
    );
    const end = (which: 'from' | 'to'): Int32Array =>
      Int32Array.from(places, (place) => (place.kind === 'link' ? (placeOf.get(place[which]) ?? -1) : -1));
    this.wayFrom = end('from');
    this.wayTo = end('to');
  }

  /** The steps of the request of a row, in the order of time; undefined where the trace does not prove them, and for one that failed. */
  of(rows: RowTable, row: number): readonly PathStep[] | undefined {
    const started = rows.started[row]!;
    if (started < this.lane.keptFrom.micros || rows.outcome[row] !== Outcome.ok) return undefined;
    const all = Array.from(this.records.of(rows.request[row]!), (record) => this.trace.row(record));
    const steps = this.follow(all, rows.client[row]!, rows.ended[row]!);
    if (!steps) return undefined;
    const there = givenBack(steps, rows.tr[row]!, direction(asks));
    const both = givenBack(
      there,
      rows.tp[row]!,
      direction((kind) => !asks(kind)),
    );
    return agrees(both, rows, row) ? both.map(({ act, place, fromMicros, toMicros }) => ({ act, place, fromMicros, toMicros })) : undefined;
  }

  /** Back from the end, one cause at a time. Undefined when the thread is lost. */
  private follow(all: readonly TraceRow[], client: number, endMicros: Micros): TracedStep[] | undefined {
    const steps: TracedStep[] = [];
    const last = all.findLastIndex(({ kind }) => kind === RecordKind.requestEnded);
    const book: Book = (act, place, fromMicros, toMicros, kind) => {
      if (toMicros > fromMicros) steps.push({ act, place, fromMicros, toMicros, kind });
    };
    let cursor: Cursor = this.whereItEnded(all, last, client, endMicros);
    for (let step = 0; step < MOST_STEPS; step++) {
      const { place, timeMicros } = cursor;
      const failed = this.failedAttempts(all, cursor);
      if (failed) {
        book('vain', failed.way, failed.sentMicros, timeMicros);
        cursor = { place, timeMicros: failed.sentMicros, before: failed.index, message: undefined };
        continue;
      }
      // A service that sends an answer of its own accord gives it another number than what it has in hand.
      const cause = this.lastEnded(all, cursor) ?? this.lastEnded(all, { ...cursor, message: undefined });
      if (!cause) return undefined;
      const { row, endMicros: causeMicros, index } = cause;
      book(this.pauseAt(place), place, causeMicros, timeMicros);
      switch (row.kind) {
        case RecordKind.requestStarted:
          return steps.reverse();
        case RecordKind.messageDelivered: {
          const sent = this.pairs.opener[row.record - this.trace.first] ?? -1;
          const sentIndex = sent < 0 ? -1 : all.findIndex(({ record }) => record === sent);
          if (sentIndex < 0) return undefined;
          const from = this.wayFrom[row.place]!;
          const left = this.carried(all, sentIndex, row, book);
          cursor = { place: from, timeMicros: left.timeMicros, before: left.before, message: inHandAt(row) };
          break;
        }
        case RecordKind.workStarted:
          book('work', place, row.timeMicros, causeMicros);
          cursor = { place, timeMicros: row.timeMicros, before: index, message: row.subject };
          break;
        default: {
          const since = row.timeMicros - row.value;
          book(WAITS[row.kind] ?? 'pause', place, since, causeMicros);
          cursor = { place, timeMicros: since, before: index, message: row.subject };
        }
      }
    }
    return undefined;
  }

  /** Books the way of a message, back to when its sender handed it over. */
  private carried(all: readonly TraceRow[], sentIndex: number, row: TraceRow, book: Book): Pick<Cursor, 'timeMicros' | 'before'> {
    const sent = all[sentIndex]!;
    const { place } = row;
    const kind = row.detail as MessageKind;
    let at = row.timeMicros;
    const isOnConnection = sent.value === ARRIVES_LATER;
    if (isOnConnection) {
      for (const { wait, fromMicros, toMicros } of this.carriages.during(sent, row, all).toReversed()) {
        book('travel', place, toMicros, at, kind);
        book(wait, place, fromMicros, toMicros, kind);
        at = fromMicros;
      }
    }
    book('travel', place, sent.timeMicros, at, kind);
    return isOnConnection ? this.boarded(all, sentIndex, book) : { timeMicros: sent.timeMicros, before: sentIndex };
  }

  /** Books what a message waited before it went, and its goings before that to a server which did not look at it. */
  private boarded(all: readonly TraceRow[], sentIndex: number, book: Book): Pick<Cursor, 'timeMicros' | 'before'> {
    const sent = all[sentIndex]!;
    const { place, subject } = sent;
    const findBefore = (index: number, kind: RecordKind, timeMicros?: Micros): number =>
      all.findLastIndex(
        (row, at) =>
          at < index &&
          row.kind === kind &&
          row.place === place &&
          row.subject === subject &&
          row.timeMicros === (timeMicros ?? row.timeMicros),
      );
    const letOn = findBefore(sentIndex, RecordKind.letOn);
    const goes = all[letOn];
    if (!goes || goes.detail === 1) return { timeMicros: sent.timeMicros, before: sentIndex };
    for (const { wait, fromMicros, toMicros } of this.carriages.before(goes, sent, all).toReversed())
      book(wait, place, fromMicros, toMicros);
    const timeMicros = goes.timeMicros - goes.value;
    const held = findBefore(letOn, RecordKind.heldBack, timeMicros);
    const cancelled = findBefore(held, RecordKind.messageCancelled, timeMicros);
    if (cancelled < 0) return { timeMicros, before: held < 0 ? letOn : held };
    const unseen = findBefore(cancelled, RecordKind.messageSent, all[cancelled]!.value);
    if (unseen < 0) return { timeMicros, before: held };
    book('vain', place, all[unseen]!.timeMicros, timeMicros);
    return this.boarded(all, unseen, book);
  }

  /** At its client; or where the last of its effects came about, which the client need not hear of. */
  private whereItEnded(all: readonly TraceRow[], last: number, client: number, timeMicros: Micros): Cursor {
    for (let index = last - 1; index >= 0 && all[index]!.timeMicros === timeMicros; index--) {
      const { kind, place, subject } = all[index]!;
      if (kind === RecordKind.messageDelivered) return { place: this.wayTo[place]!, timeMicros, before: last, message: undefined };
      if (kind === RecordKind.workerFreed) return { place, timeMicros, before: last, message: subject };
    }
    return { place: client, timeMicros, before: last, message: undefined };
  }

  /** What was over last at the component before the cursor, and not later than it. */
  private lastEnded(all: readonly TraceRow[], { place, timeMicros, before, message }: Cursor): Ended | undefined {
    let best: Ended | undefined;
    for (let index = before - 1; index >= 0; index--) {
      const row = all[index]!;
      const endMicros = this.endOf(row, place, message);
      if (endMicros === undefined || endMicros > timeMicros) continue;
      if (!best || endMicros > best.endMicros) best = { row, index, endMicros };
      // What began earlier may still be over later, but no other kind of record can.
    }
    return best;
  }

  /** When what this record is about was over at the component; undefined when it is no cause of anything there. */
  private endOf(row: TraceRow, place: number, message: number | undefined): Micros | undefined {
    const { kind, timeMicros, subject } = row;
    if (kind === RecordKind.messageDelivered) {
      if (this.wayTo[row.place] !== place) return undefined;
      // What the component was asked to do is a cause of what it does for it; what answers it, of whatever it does.
      return message === undefined || subject === message || !asks(row.detail as MessageKind) ? timeMicros : undefined;
    }
    if (row.place !== place) return undefined;
    if (kind === RecordKind.requestStarted) return timeMicros;
    if (message !== undefined && subject !== message) return undefined;
    if (kind === RecordKind.workStarted) {
      const closer = this.pairs.closer[row.record - this.trace.first]!;
      return Math.min(row.value, closer < this.trace.end ? this.trace.timeOf(closer) : Infinity);
    }
    return kind in WAITS ? timeMicros : undefined;
  }

  /** The first sending of the call that is tried again, or given up, at the cursor: the time since then was in vain. */
  private failedAttempts(
    all: readonly TraceRow[],
    { place, timeMicros, before }: Cursor,
  ): { way: number; sentMicros: Micros; index: number } | undefined {
    for (let index = before - 1; index >= 0 && all[index]!.timeMicros === timeMicros; index--) {
      const { kind, place: at, subject: call } = all[index]!;
      if (at !== place || (kind !== RecordKind.retried && kind !== RecordKind.timedOut)) continue;
      const first = all.findIndex((row) => row.subject === call && (row.kind === RecordKind.timedOut || row.kind === RecordKind.retried));
      // Before its first trouble, the call was the last to be sent from here the same way.
      const again = all.find((row, later) => later > index && row.kind === RecordKind.messageSent && this.wayFrom[row.place] === place);
      const isSending = ({ kind: sent, place: way, detail }: TraceRow): boolean =>
        sent === RecordKind.messageSent &&
        asks(detail as MessageKind) &&
        this.wayFrom[way] === place &&
        (kind === RecordKind.timedOut || way === again?.place);
      const sending = all.findLastIndex((row, earlier) => earlier < first && isSending(row));
      const sent = all[sending];
      return sent && { way: sent.place, sentMicros: sent.timeMicros, index: sending };
    }
    return undefined;
  }

  private pauseAt(place: number): PathAct {
    const kind = this.lane.places[place]?.kind;
    return kind === 'queue' || kind === 'topic' ? 'queue' : 'pause';
  }
}

interface TracedStep extends PathStep {
  /** Of a message under way. */
  readonly kind: MessageKind | undefined;
}

type Book = (act: PathAct, place: number, fromMicros: Micros, toMicros: Micros, kind?: MessageKind) => void;

/** Records of a wait that is over, with its length as their value. */
const WAITS: Readonly<Partial<Record<RecordKind, PathAct>>> = {
  [RecordKind.workerTaken]: 'line',
  [RecordKind.resumed]: 'line',
  [RecordKind.dispatched]: 'queue',
  [RecordKind.unblocked]: 'queue',
  [RecordKind.letIn]: 'door',
};

/** Going away from the client: the component at the end has then something to do. */
function asks(kind: MessageKind): boolean {
  return kind === MessageKind.request || kind === MessageKind.message || kind === MessageKind.records || kind === MessageKind.part;
}

/** What a component had in hand when it sent this: an answer has the number of what it answers, a queue hands on what it has taken in. */
function inHandAt({ detail, subject }: TraceRow): number | undefined {
  return detail === MessageKind.reply || detail === MessageKind.message || detail === MessageKind.confirm || detail === MessageKind.nack
    ? subject
    : undefined;
}

function direction(isOf: (kind: MessageKind) => boolean): Direction<TracedStep> {
  return {
    roleOf: ({ act, kind }) => (kind === undefined || !isOf(kind) ? undefined : act === 'travel' ? 'travel' : 'wait'),
    travelling: (wait) => ({ ...wait, act: 'travel' }),
  };
}

function agrees(steps: readonly TracedStep[], rows: RowTable, row: number): boolean {
  let [ts, tr, tp] = [0, 0, 0];
  for (const { act, fromMicros, toMicros, kind } of steps) {
    const micros = toMicros - fromMicros;
    if (act === 'work') ts += micros;
    else if (act === 'travel' && kind !== undefined && asks(kind)) tr += micros;
    else if (act === 'travel') tp += micros;
  }
  return ts === rows.ts[row]! && tr >= rows.tr[row]! && tp >= rows.tp[row]!;
}
