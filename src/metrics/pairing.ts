/**
 * Which record ends what another began, record by record: a message sent and delivered, a place in a line taken and left, a worker taken
 * and freed. Keys are messages, workers, requests or machine instances; a message that a queue delivers again may be somewhere twice.
 */
import type { Micros } from '../model/time';
import { Abandoned, RecordKind, type TraceChunk } from '../model/trace';

export interface PairingListener {
  /** `record` begins something that another may end. */
  began(record: number): void;
  /** What `begun` began ends with `record`; `paired` when the two belong together as beginning and end. */
  ended(begun: number, record: number, paired: boolean): void;
  /** The message that `sent` sent is lost, and would have arrived at an instant. */
  lost(sent: number, record: number, arrivesMicros: Micros): void;
  timeOf(record: number): Micros;
}

/** What is open at one place. */
class OpenAt {
  readonly flights = new Copies();
  readonly waiting = new Copies();
  readonly unacknowledged = new Map<number, number>();
  readonly blocked = new Map<number, number>();
  readonly delays = new Map<number, number>();
  readonly taken = new Map<number, number>();
  readonly works = new Map<number, number>();
  readonly instances = new Map<number, number>();
  /** What holds of a topic until the next such record: the end of each log, who reads it, and where. */
  readonly facts = new Map<number, number>();
  readonly atDoor = new Copies();
  /** By place in the list of faults. */
  readonly faults = new Map<number, number>();
}

/** Records by message, of which there may be several at once. */
class Copies {
  private readonly newest = new Map<number, number>();
  private readonly older = new Map<number, number[]>();

  add(message: number, record: number): void {
    const before = this.newest.get(message);
    this.newest.set(message, record);
    if (before === undefined) return;
    const older = this.older.get(message);
    if (older) older.push(before);
    else this.older.set(message, [before]);
  }

  isNewest(message: number, record: number): boolean {
    return this.newest.get(message) === record;
  }

  /** Takes out the newest. */
  takeNewest(message: number): number | undefined {
    const newest = this.newest.get(message);
    const older = this.older.size > 0 ? this.older.get(message) : undefined;
    if (!older) {
      this.newest.delete(message);
      return newest;
    }
    this.newest.set(message, older.pop()!);
    if (older.length === 0) this.older.delete(message);
    return newest;
  }

  /** Takes out the one that began at an instant, or else the oldest. */
  take(message: number, sinceMicros: Micros, timeOf: (record: number) => Micros): number | undefined {
    const older = this.older.size > 0 ? this.older.get(message) : undefined;
    if (!older) return this.takeNewest(message);
    const at = older.findIndex((record) => timeOf(record) === sinceMicros);
    if (at < 0 && timeOf(this.newest.get(message)!) === sinceMicros) return this.takeNewest(message);
    const [taken] = older.splice(Math.max(0, at), 1);
    if (older.length === 0) this.older.delete(message);
    return taken;
  }
}

export class Pairing {
  private readonly places: OpenAt[] = [];
  private readonly requests = new Map<number, number>();
  private readonly timeOf: (record: number) => Micros;
  private endsNothing = false;

  constructor(private readonly listener: PairingListener) {
    this.timeOf = (record) => listener.timeOf(record);
  }

  /**
   * Takes in the record at this position of a chunk, in the order of the run. What a record of a prologue ended is not in the prologue: what
   * has the same key there, such as the other copy of a message, is still open.
   */
  take(chunk: TraceChunk, at: number, isPrologue = false): void {
    this.endsNothing = isPrologue;
    const record = chunk.first + at;
    const subject = chunk.subject[at]!;
    const worker = chunk.detail[at]!;
    const open = this.at(chunk.place[at]!);
    switch (chunk.kind[at] as RecordKind) {
      case RecordKind.requestStarted:
        this.begin(this.requests, chunk.request[at]!, record);
        break;
      case RecordKind.requestEnded:
        this.end(this.requests, chunk.request[at]!, record, true);
        break;
      case RecordKind.messageSent:
      case RecordKind.messageDuplicated:
        open.flights.add(subject, record);
        this.listener.began(record);
        break;
      case RecordKind.messageLost: {
        // A loss remembered alone, as a mark, is not that of another flight of the message.
        if (isPrologue && !open.flights.isNewest(subject, record - 1)) break;
        const sent = open.flights.takeNewest(subject);
        if (sent !== undefined) this.listener.lost(sent, record, chunk.value[at]!);
        break;
      }
      case RecordKind.messageCancelled:
      case RecordKind.messageDelivered: {
        const sent = open.flights.take(subject, chunk.value[at]!, this.timeOf);
        if (sent !== undefined) this.listener.ended(sent, record, true);
        break;
      }
      case RecordKind.joined:
        this.join(open, subject, record);
        break;
      case RecordKind.workerTaken:
        this.leave(open, subject, record, chunk.time[at]! - chunk.value[at]!);
        this.begin(open.taken, worker, record);
        break;
      case RecordKind.woken:
        this.join(open, subject, record);
        break;
      case RecordKind.resumed:
        this.leave(open, subject, record, chunk.time[at]! - chunk.value[at]!);
        this.begin(open.taken, worker, record);
        break;
      case RecordKind.workStarted:
        this.begin(open.works, worker, record);
        break;
      case RecordKind.yielded:
      case RecordKind.workerFreed:
        this.end(open.works, worker, record, false);
        this.end(open.taken, worker, record, true);
        break;
      case RecordKind.dispatched:
        this.leave(open, subject, record, chunk.time[at]! - chunk.value[at]!);
        this.begin(open.unacknowledged, subject, record);
        break;
      case RecordKind.acknowledged:
        this.end(open.unacknowledged, subject, record, true);
        break;
      case RecordKind.returned:
        this.end(open.unacknowledged, subject, record, true);
        this.join(open, subject, record);
        break;
      case RecordKind.dropped:
      case RecordKind.expired:
      case RecordKind.deadLettered:
        this.leave(open, subject, record, NaN);
        break;
      case RecordKind.blocked:
        this.begin(open.blocked, subject, record);
        break;
      case RecordKind.unblocked:
        this.end(open.blocked, subject, record, true);
        break;
      case RecordKind.delayed:
        this.begin(open.delays, subject, record);
        break;
      case RecordKind.delayEnded:
        this.end(open.delays, subject, record, true);
        break;
      case RecordKind.abandoned:
        if (worker === Abandoned.waiting || worker === Abandoned.woken) this.leave(open, subject, record, NaN);
        else {
          this.end(open.works, worker - 1, record, false);
          this.end(open.taken, worker - 1, record, true);
        }
        break;
      case RecordKind.heldAtDoor:
        open.atDoor.add(subject, record);
        this.listener.began(record);
        break;
      case RecordKind.letIn: {
        const held = open.atDoor.take(subject, chunk.time[at]! - chunk.value[at]!, this.timeOf);
        if (held !== undefined) this.listener.ended(held, record, true);
        break;
      }
      case RecordKind.faultStarted:
        this.begin(open.faults, subject, record);
        break;
      case RecordKind.faultEnded:
        this.end(open.faults, subject, record, true);
        break;
      case RecordKind.stateChanged:
        this.end(open.instances, subject, record, true);
        this.begin(open.instances, subject, record);
        break;
      case RecordKind.appended:
      case RecordKind.delivered:
      case RecordKind.handled:
      case RecordKind.passedOver:
      case RecordKind.offsetCommitted:
      case RecordKind.recordsExpired:
      case RecordKind.assigned:
      case RecordKind.sought:
      case RecordKind.truncated:
        this.begin(open.facts, chunk.kind[at]! * 65_536 + chunk.detail[at]!, record);
        break;
    }
  }

  private at(place: number): OpenAt {
    while (this.places.length <= place) this.places.push(new OpenAt());
    return this.places[place]!;
  }

  private begin(open: Map<number, number>, key: number, record: number): void {
    const before = open.get(key);
    if (before !== undefined) this.listener.ended(before, record, false);
    open.set(key, record);
    this.listener.began(record);
  }

  private end(open: Map<number, number>, key: number, record: number, paired: boolean): void {
    const begun = open.get(key);
    if (begun === undefined || this.endsNothing) return;
    open.delete(key);
    this.listener.ended(begun, record, paired);
  }

  private join(open: OpenAt, message: number, record: number): void {
    open.waiting.add(message, record);
    this.listener.began(record);
  }

  private leave(open: OpenAt, message: number, record: number, sinceMicros: Micros): void {
    if (this.endsNothing) return;
    const joined = open.waiting.take(message, sinceMicros, this.timeOf);
    if (joined !== undefined) this.listener.ended(joined, record, true);
  }
}
