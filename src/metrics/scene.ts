/** What the views show at an instant: who waits, who works, what is on its way. A pure function of the trace and the time. */
import type { ConnectionState } from '../model/connection-state';
import { FAULT_VERBS, type FaultVerb } from '../model/faults/fault';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import { ARRIVES_LATER, RECORD_KINDS, RecordKind, type MessageKind } from '../model/trace';
import { ConnectionFacts } from './connection-facts';
import { KEYFRAME_RECORDS, keyframesInSteps, type Keyframes } from './keyframes';
import type { LogScene } from './log-facts';
import { KEPT, OpenWork, type Counts } from './open-work';
import { LOST } from './pairs';
import { TraceReader } from './trace-reader';
import { requestIndexInSteps, type RequestIndex } from './request-index';
import { atOnce } from './steps';

/** A message in a line, or delivered and not yet acknowledged. */
export interface HeldMessage {
  readonly record: number;
  readonly message: number;
  readonly request: number;
  readonly sinceMicros: Micros;
  /** It has been delivered before. */
  readonly again: boolean;
  /** It is not ready yet. */
  readonly delayed: boolean;
}

export interface WorkerSlot {
  readonly worker: number;
  readonly message: number;
  readonly request: number;
  readonly takenMicros: Micros;
  /** The work going on; undefined while the handler waits for something else. */
  readonly workStartMicros: Micros | undefined;
  readonly workEndMicros: Micros | undefined;
}

export interface Flight {
  readonly record: number;
  readonly message: number;
  readonly request: number;
  /** The way of the link. */
  readonly place: number;
  readonly kind: MessageKind;
  readonly sentMicros: Micros;
  /** For a lost message: the instant it would have arrived. */
  readonly arrivesMicros: Micros;
  readonly lost: boolean;
}

/** Something worth a mark where it happened: lost, refused, dropped, timed out, retried, a handler that threw. */
export interface Mark {
  readonly record: number;
  readonly kind: RecordKind;
  readonly place: number;
  readonly message: number;
  readonly request: number;
  readonly atMicros: Micros;
}

export interface ActiveFault {
  readonly record: number;
  readonly verb: FaultVerb;
  readonly sinceMicros: Micros;
  /** Undefined: until the end of the run. */
  readonly untilMicros: Micros | undefined;
}

export interface PlaceScene {
  /** In the waiting line of a service; in a queue ready or delayed. */
  readonly waiting: number;
  /** The first of them, next to be served first. */
  readonly waitingMessages: readonly HeldMessage[];
  readonly unacknowledged: number;
  readonly unacknowledgedMessages: readonly HeldMessage[];
  /** Of those who wait in a queue: not ready yet. */
  readonly delayed: number;
  /** Publishes that a full queue holds back. */
  readonly blocked: number;
  /** Workers taken. */
  readonly busy: number;
  /** The taken ones, by when they were taken; none for a place with more than 64 workers. */
  readonly workers: readonly WorkerSlot[];
  /** On a way of a link: messages that will arrive. */
  readonly inFlight: number;
  /** Messages at the door of a paused component. */
  readonly atDoor: number;
  /** Faults that are on here, the oldest first. */
  readonly faults: readonly ActiveFault[];
  /** How many records of each kind so far, by `RecordKind`. */
  readonly counts: Int32Array;
  /** Machine instances in each configuration of the place's chart; all 0 before the first change of state, except on links. */
  readonly configurations: Int32Array;
  /** Of a topic only. */
  readonly log: LogScene | undefined;
  /** On a way of a link: the connections of HTTP that its first end has opened, the oldest first. */
  readonly connections: readonly ConnectionState[];
}

export interface Scene {
  readonly timeMicros: Micros;
  /** Index of the first record later than `timeMicros`. */
  readonly nextRecord: number;
  /** One for each place of the lane. */
  readonly places: readonly PlaceScene[];
  /** The first of those on their way, oldest first, the lost ones until they would have arrived. */
  readonly flights: readonly Flight[];
  readonly inFlight: number;
  /** The latest, oldest first. */
  readonly marks: readonly Mark[];
}

const NOBODY: ReadonlySet<number> = new Set();

/** A place with more workers than this shows how many are busy, not which. */
const MOST_SLOTS = 64;

/** Reads scenes from one lane. Building takes two passes over the trace; seeking folds a few thousand records at most, a step forward only what is new. */
export class SceneReader {
  readonly trace: TraceReader;
  private readonly keyframes: Keyframes;
  private work: OpenWork;
  private frame = -1;
  private position = 0;

  /** `keyframes` and `requests` are those of the lane, where they have been made already. */
  constructor(
    readonly lane: LaneResult,
    keyframes?: Keyframes,
    private requestsMade?: RequestIndex,
  ) {
    this.trace = traceOf(lane);
    this.keyframes = keyframes ?? atOnce(keyframesInSteps(this.trace, lane));
    const { configurationOffset, logFacts } = this.keyframes;
    this.work = OpenWork.nothing(lane.places.length, configurationOffset.at(-1)!, logFacts, ConnectionFacts.of(lane.places, []));
  }

  /** The same with rests between steps of a few hundred records, for a thread that has something else to do. */
  static *inSteps(lane: LaneResult): Generator<undefined, SceneReader> {
    return new SceneReader(lane, yield* keyframesInSteps(traceOf(lane), lane), yield* requestIndexInSteps(lane.chunks));
  }

  get profile(): Keyframes['profile'] {
    return this.keyframes.profile;
  }

  /** Which records belong to which request. */
  get requests(): RequestIndex {
    return (this.requestsMade ??= atOnce(requestIndexInSteps(this.lane.chunks)));
  }

  get pairs(): Keyframes['pairs'] {
    return this.keyframes.pairs;
  }

  /** The scene after all that happens up to and at the instant. */
  at(timeMicros: Micros): Scene {
    const next = this.trace.after(timeMicros);
    this.moveTo(next);
    this.work.compact(this.pairs, this.trace.first, next);
    const { lists, counts } = this.work;
    const flights: Flight[] = [];
    for (const record of lists.flights) {
      const flight = this.flight(record);
      if (!flight.lost || flight.arrivesMicros > timeMicros) flights.push(flight);
      if (flights.length >= KEPT.flights) break;
    }
    const places = this.lane.places.map((_, place) => this.place(place));
    let inFlight = 0;
    for (const count of counts.inFlight) inFlight += count;
    return { timeMicros, nextRecord: next, places, flights, inFlight, marks: lists.marks.map((record) => this.mark(record)) };
  }

  /** Counts at an instant, without the messages. They change with the next call. */
  countsAt(timeMicros: Micros): Counts {
    this.moveTo(this.trace.after(timeMicros));
    return this.work.counts;
  }

  /** Records that took the workers taken at the instant of the last `at`, and those that began the work they do. */
  openWorkers(): readonly number[] {
    return [...this.work.lists.taken.flat(), ...this.work.lists.works.flat()];
  }

  nextEvent(timeMicros: Micros): Micros | undefined {
    return this.trace.nextEvent(timeMicros);
  }

  previousEvent(timeMicros: Micros): Micros | undefined {
    return this.trace.previousEvent(timeMicros);
  }

  /** When a message that was sent arrives, or would have arrived; the end of the run for one that is still on its way then. */
  arrivalOf({ record, value }: { readonly record: number; readonly value: number }): Micros {
    if (value !== ARRIVES_LATER) return value;
    const closer = this.pairs.closer[record - this.trace.first]!;
    return closer < this.trace.end ? this.trace.timeOf(closer) : this.lane.endMicros;
  }

  flight(record: number): Flight {
    const row = this.trace.row(record);
    return {
      record,
      message: row.subject,
      request: row.request,
      place: row.place,
      kind: row.detail as MessageKind,
      sentMicros: row.timeMicros,
      arrivesMicros: this.arrivalOf(row),
      lost: this.pairs.opener[record - this.trace.first] === LOST,
    };
  }

  /** Brings `work` to the state before `next`. */
  private moveTo(next: number): void {
    const { trace, keyframes } = this;
    if (trace.chunks.length === 0) return;
    const target = next >= trace.end ? trace.chunks.length - 1 : trace.chunkOf(next);
    const chunk = trace.chunks[target]!;
    const last = (keyframes.firstOfChunk[target + 1] ?? keyframes.frames.length) - 1;
    const number = Math.min(last, keyframes.firstOfChunk[target]! + Math.floor((next - chunk.first) / KEYFRAME_RECORDS));
    if (number !== this.frame || next < this.position) {
      const { record, until, work } = keyframes.frames[number]!;
      this.work = work.copy(keyframes.pairs, trace.first, record, until);
      this.frame = number;
      this.position = record;
    }
    this.work.advance(trace, chunk, this.position, next, keyframes.pairs, keyframes.configurationOffset, keyframes.logFacts);
    this.position = next;
  }

  private place(place: number): PlaceScene {
    const { lists, counts } = this.work;
    const single = (this.lane.workersOfPlace[place] ?? 0) <= MOST_SLOTS;
    const works = new Map(single ? lists.works[place]!.map((record) => [this.trace.detailOf(record), record]) : []);
    const offset = this.keyframes.configurationOffset;
    const delayed = new Set(lists.delayed[place]!.map((record) => this.trace.row(record).subject));
    return {
      waiting: counts.waiting[place]!,
      waitingMessages: lists.waiting[place]!.slice(0, KEPT.waiting).map((record) => this.held(record, delayed)),
      unacknowledged: counts.unacknowledged[place]!,
      unacknowledgedMessages: lists.unacknowledged[place]!.slice(0, KEPT.unacknowledged).map((record) => this.held(record, NOBODY)),
      delayed: counts.delayed[place]!,
      blocked: counts.blocked[place]!,
      busy: counts.busy[place]!,
      workers: single ? lists.taken[place]!.map((record) => this.slot(record, works)) : [],
      inFlight: counts.inFlight[place]!,
      atDoor: lists.atDoor[place]!.length,
      faults: lists.faults[place]!.map((record) => this.fault(record)),
      counts: counts.records.slice(place * RECORD_KINDS, (place + 1) * RECORD_KINDS),
      configurations:
        this.lane.places[place]!.kind === 'link'
          ? linkConfigurations(counts.inFlight[place]!)
          : counts.configurations.slice(offset[place], offset[place + 1]),
      log: this.keyframes.logFacts.scene(counts.logs, place),
      connections: this.work.connections.on(place),
    };
  }

  private fault(record: number): ActiveFault {
    const { detail, timeMicros, value } = this.trace.row(record);
    return { record, verb: FAULT_VERBS[detail]!, sinceMicros: timeMicros, untilMicros: value < 0 ? undefined : value };
  }

  private held(record: number, delayed: ReadonlySet<number>): HeldMessage {
    const { kind, subject, request, timeMicros, detail } = this.trace.row(record);
    const again = kind === RecordKind.returned || (kind === RecordKind.dispatched && detail > 1);
    return { record, message: subject, request, sinceMicros: timeMicros, again, delayed: delayed.has(subject) };
  }

  private slot(record: number, works: ReadonlyMap<number, number>): WorkerSlot {
    const { detail, subject, request, timeMicros } = this.trace.row(record);
    const work = works.get(detail);
    const working = work === undefined ? undefined : this.trace.row(work);
    return {
      worker: detail,
      message: subject,
      request,
      takenMicros: timeMicros,
      workStartMicros: working?.timeMicros,
      workEndMicros: working?.value,
    };
  }

  private mark(record: number): Mark {
    const { kind, place, subject, request, timeMicros } = this.trace.row(record);
    return { record, kind, place, message: subject, request, atMicros: timeMicros };
  }
}

function traceOf({ chunks, keptFrom }: LaneResult): TraceReader {
  return new TraceReader(chunks, keptFrom.record);
}

/** `quiet`, `carrying`: a way of a link records no changes of state, because the messages on it say as much. */
function linkConfigurations(inFlight: number): Int32Array {
  return Int32Array.of(inFlight > 0 ? 0 : 1, inFlight > 0 ? 1 : 0);
}
