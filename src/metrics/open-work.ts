/**
 * What is going on at one instant of a trace, as indices of the records that began it, with counts. It can be carried forward record by
 * record; keyframes hold copies of it so that a seek never starts from the beginning.
 */
import { isLogRecord } from '../model/log-records';
import { MARKED_KINDS, MARKS_SHOWN } from '../model/marks';
import { Abandoned, RECORD_KINDS, RecordKind, type TraceChunk } from '../model/trace';
import type { ConnectionFacts } from './connection-facts';
import type { LogFacts } from './log-facts';
import { LOST, NONE, OPEN, type Pairs } from './pairs';
import type { TraceReader } from './trace-reader';

/** Rows of a line, messages in flight and marks that are kept for drawing; counts go on beyond them. */
export const KEPT = { waiting: 200, unacknowledged: 200, flights: 2_000, marks: MARKS_SHOWN } as const;

/** Lists hold indices of records, oldest first; a line is in the order of the line. Some of them may have ended already. */
export interface OpenLists {
  flights: number[];
  readonly waiting: number[][];
  readonly unacknowledged: number[][];
  /** Of the waiting ones of a queue: those that are not ready yet. */
  readonly delayed: number[][];
  readonly taken: number[][];
  readonly works: number[][];
  /** Faults that are on, and messages at the door of a paused component. */
  readonly faults: number[][];
  readonly atDoor: number[][];
  marks: number[];
}

export interface Counts {
  /** Records of each kind at each place: `place * RECORD_KINDS + kind`. */
  readonly records: Int32Array;
  readonly waiting: Int32Array;
  readonly unacknowledged: Int32Array;
  /** Publishes that a full queue holds back. */
  readonly blocked: Int32Array;
  readonly delayed: Int32Array;
  readonly busy: Int32Array;
  /** On each way of a link, the lost ones not counted. */
  readonly inFlight: Int32Array;
  /** Instances in each configuration: `offset of the place + configuration`. */
  readonly configurations: Int32Array;
  /** How the logs of topics stand, place after place; `LogFacts` says where what is. */
  readonly logs: Float64Array;
}

/** The state of the fold after some record: lists and counts for every place. */
export class OpenWork {
  readonly lists: OpenLists;
  readonly counts: Counts;

  private constructor(
    lists: OpenLists,
    counts: Counts,
    readonly connections: ConnectionFacts,
  ) {
    this.lists = lists;
    this.counts = counts;
  }

  /** @param places how many */
  static nothing(places: number, configurations: number, logFacts: LogFacts, connections: ConnectionFacts): OpenWork {
    const empty = (): number[][] => Array.from({ length: places }, () => []);
    return new OpenWork(
      {
        flights: [],
        waiting: empty(),
        unacknowledged: empty(),
        delayed: empty(),
        taken: empty(),
        works: empty(),
        faults: empty(),
        atDoor: empty(),
        marks: [],
      },
      {
        records: new Int32Array(places * RECORD_KINDS),
        waiting: new Int32Array(places),
        unacknowledged: new Int32Array(places),
        blocked: new Int32Array(places),
        delayed: new Int32Array(places),
        busy: new Int32Array(places),
        inFlight: new Int32Array(places),
        configurations: new Int32Array(configurations),
        logs: logFacts.initial(),
      },
      connections,
    );
  }

  /** A copy that can go on from `record` by itself up to `until`: rows no view can come to see before `until` are left out. */
  copy(pairs: Pairs, first: number, record: number, until: number): OpenWork {
    const kept = (list: readonly number[], limit: number): number[] => keep(list, pairs.closer, first, record, until, limit);
    const { lists, counts } = this;
    return new OpenWork(
      {
        flights: kept(lists.flights, KEPT.flights),
        waiting: lists.waiting.map((list) => kept(list, KEPT.waiting)),
        unacknowledged: lists.unacknowledged.map((list) => kept(list, KEPT.unacknowledged)),
        delayed: lists.delayed.map((list) => kept(list, KEPT.waiting)),
        taken: lists.taken.map((list) => kept(list, OPEN)),
        works: lists.works.map((list) => kept(list, OPEN)),
        faults: lists.faults.map((list) => kept(list, OPEN)),
        atDoor: lists.atDoor.map((list) => kept(list, KEPT.waiting)),
        marks: lists.marks.slice(-KEPT.marks),
      },
      {
        records: counts.records.slice(),
        waiting: counts.waiting.slice(),
        unacknowledged: counts.unacknowledged.slice(),
        blocked: counts.blocked.slice(),
        delayed: counts.delayed.slice(),
        busy: counts.busy.slice(),
        inFlight: counts.inFlight.slice(),
        configurations: counts.configurations.slice(),
        logs: counts.logs.slice(),
      },
      this.connections.copy(),
    );
  }

  /** Forgets what has ended before `record`. */
  compact(pairs: Pairs, first: number, record: number): void {
    const { lists } = this;
    lists.flights = stillOpen(lists.flights, pairs.closer, first, record);
    const { waiting, unacknowledged, delayed, taken, works, faults, atDoor } = lists;
    for (const family of [waiting, unacknowledged, delayed, taken, works, faults, atDoor]) {
      for (let place = 0; place < family.length; place++) family[place] = stillOpen(family[place]!, pairs.closer, first, record);
    }
    if (lists.marks.length > KEPT.marks) lists.marks = lists.marks.slice(-KEPT.marks);
  }

  /** Takes in the records `from` up to, not including, `to`, which lie in this chunk. */
  advance(
    trace: TraceReader,
    chunk: TraceChunk,
    from: number,
    to: number,
    pairs: Pairs,
    configurationOffset: Int32Array,
    logFacts: LogFacts,
  ): void {
    const { first } = trace;
    const { lists, counts } = this;
    const { kind: kinds, place: places, detail: details, value: values } = chunk;
    const { records, waiting, unacknowledged, blocked, delayed, busy, inFlight, configurations } = counts;
    for (let record = from; record < to; record++) {
      const at = record - chunk.first;
      const kind = kinds[at]!;
      const place = places[at]!;
      const began = pairs.opener[record - first]!;
      const slot = place * RECORD_KINDS + kind;
      records[slot] = records[slot]! + 1;
      switch (kind) {
        case RecordKind.messageSent:
          lists.flights.push(record);
          if (began !== LOST) inFlight[place] = inFlight[place]! + 1;
          break;
        case RecordKind.messageDuplicated:
          lists.flights.push(record);
          inFlight[place] = inFlight[place]! + 1;
          break;
        case RecordKind.messageCancelled:
        case RecordKind.messageDelivered:
          if (began >= 0) inFlight[place] = inFlight[place]! - 1;
          this.connections.take(chunk, at);
          break;
        case RecordKind.joined:
          if (details[at] === 0) lists.waiting[place]!.push(record);
          else insertByPriority(lists.waiting[place]!, record, details[at]!, trace, false);
          waiting[place] = waiting[place]! + 1;
          break;
        case RecordKind.woken:
          lists.waiting[place]!.push(record);
          waiting[place] = waiting[place]! + 1;
          break;
        case RecordKind.returned:
          // A message given back goes to the front of the line of its priority.
          insertByPriority(lists.waiting[place]!, record, values[at]!, trace, true);
          waiting[place] = waiting[place]! + 1;
          if (began !== NONE) unacknowledged[place] = unacknowledged[place]! - 1;
          break;
        case RecordKind.workerTaken:
        case RecordKind.resumed:
          if (began !== NONE) waiting[place] = waiting[place]! - 1;
          lists.taken[place]!.push(record);
          busy[place] = busy[place]! + 1;
          break;
        case RecordKind.workStarted:
          lists.works[place]!.push(record);
          break;
        case RecordKind.workerFreed:
        case RecordKind.yielded:
          if (began !== NONE) busy[place] = busy[place]! - 1;
          break;
        case RecordKind.dispatched:
          if (began !== NONE) waiting[place] = waiting[place]! - 1;
          lists.unacknowledged[place]!.push(record);
          unacknowledged[place] = unacknowledged[place]! + 1;
          break;
        case RecordKind.acknowledged:
          if (began !== NONE) unacknowledged[place] = unacknowledged[place]! - 1;
          break;
        case RecordKind.dropped:
        case RecordKind.expired:
        case RecordKind.deadLettered:
          if (began !== NONE) waiting[place] = waiting[place]! - 1;
          break;
        case RecordKind.blocked:
          blocked[place] = blocked[place]! + 1;
          break;
        case RecordKind.unblocked:
          if (began !== NONE) blocked[place] = blocked[place]! - 1;
          break;
        case RecordKind.delayed:
          lists.delayed[place]!.push(record);
          delayed[place] = delayed[place]! + 1;
          break;
        case RecordKind.delayEnded:
          if (began !== NONE) delayed[place] = delayed[place]! - 1;
          break;
        case RecordKind.abandoned:
          if (began === NONE) break;
          if (details[at] === Abandoned.waiting || details[at] === Abandoned.woken) waiting[place] = waiting[place]! - 1;
          else busy[place] = busy[place]! - 1;
          break;
        case RecordKind.faultStarted:
          lists.faults[place]!.push(record);
          break;
        case RecordKind.heldAtDoor:
          lists.atDoor[place]!.push(record);
          break;
        case RecordKind.stateChanged: {
          const now = configurationOffset[place]! + details[at]!;
          configurations[now] = configurations[now]! + 1;
          if (began === NONE) break;
          const before = configurationOffset[place]! + trace.detailOf(began);
          configurations[before] = configurations[before]! - 1;
          break;
        }
        case RecordKind.frameSent:
        case RecordKind.frameReceived:
        case RecordKind.windowBlocked:
        case RecordKind.connectionClosed:
          this.connections.take(chunk, at);
          break;
        default:
          if (isLogRecord(kind)) logFacts.take(counts.logs, place, kind, details[at]!, chunk.subject[at]!, chunk.value[at]!);
      }
      if (MARKED_KINDS.has(kind)) lists.marks.push(record);
    }
  }
}

/** Puts a message into a line in which the highest priority stands first: behind its equals, or before them. */
function insertByPriority(line: number[], record: number, priority: number, trace: TraceReader, isFirst: boolean): void {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = priorityOf(line[middle]!, trace);
    if (isFirst ? there > priority : there >= priority) low = middle + 1;
    else high = middle;
  }
  line.splice(low, 0, record);
}

/** The priority of the message that a `joined` or a `returned` put into a line. */
function priorityOf(record: number, trace: TraceReader): number {
  const { kind, detail, value } = trace.row(record);
  return kind === RecordKind.joined ? detail : value;
}

function stillOpen(list: readonly number[], closer: Int32Array, first: number, record: number): number[] {
  return list.filter((begun) => closer[begun - first]! >= record);
}

/** The open ones, cut after `limit` that stay open until `until`: whatever ends before, the first `limit` stay known. */
function keep(list: readonly number[], closer: Int32Array, first: number, record: number, until: number, limit: number): number[] {
  const kept: number[] = [];
  let staying = 0;
  for (const begun of list) {
    const end = closer[begun - first]!;
    if (end < record) continue;
    kept.push(begun);
    if (end >= until && ++staying >= limit) break;
  }
  return kept;
}
