/** Counts and time integrals of every place over the window of a summary, folded record by record. */
import { FrameType, readFrame } from '../model/frame';
import { Abandoned, RecordKind, type Place, type TraceChunk } from '../model/trace';
import type { Micros } from '../model/time';

/**
 * One number for each place in every column. `waiting` and `busy` are the state at `lastMicros`; all else has been counted since the
 * window began. At a client `busy` are its open requests; at a queue `waiting` are the messages ready or delayed and `busy` those handed out
 * and not acknowledged.
 */
export class StationCounts {
  readonly waiting: Float64Array;
  readonly busy: Float64Array;
  readonly waitingArea: Float64Array;
  readonly busyArea: Float64Array;
  /** Handlers on an event loop that await something, and hold no worker. */
  readonly awaiting: Float64Array;
  readonly awaitingArea: Float64Array;
  readonly lastMicros: Float64Array;
  readonly arrivals: Float64Array;
  readonly completions: Float64Array;
  readonly refused: Float64Array;
  readonly dropped: Float64Array;
  readonly expired: Float64Array;
  readonly committed: Float64Array;
  readonly aborted: Float64Array;
  readonly deadLettered: Float64Array;
  /** Publishes that a full queue held back, how many it holds now, and how long it held any. */
  readonly blocked: Float64Array;
  readonly blockedNow: Float64Array;
  readonly blockedMicros: Float64Array;
  readonly redelivered: Float64Array;
  /** Those who finished waiting, and how long they waited in all. */
  readonly waits: Float64Array;
  readonly waitMicros: Float64Array;
  readonly sojournMicros: Float64Array;
  readonly sent: Float64Array;
  readonly lost: Float64Array;
  readonly delivered: Float64Array;
  readonly cancelled: Float64Array;
  readonly duplicated: Float64Array;
  readonly corrupted: Float64Array;
  /** Frames and their bytes; and the handshakes of TCP and TLS among them, since the run began. */
  readonly frames: Float64Array;
  readonly bytes: Float64Array;
  readonly connections: Float64Array;
  readonly tlsHandshakes: Float64Array;
  /** Gone with a crash. */
  readonly abandoned: Float64Array;
  private windowStart: Micros = 0;

  constructor(places: readonly Place[]) {
    const column = (): Float64Array => new Float64Array(places.length);
    this.waiting = column();
    this.busy = column();
    this.waitingArea = column();
    this.busyArea = column();
    this.awaiting = column();
    this.awaitingArea = column();
    this.lastMicros = column();
    this.arrivals = column();
    this.completions = column();
    this.refused = column();
    this.dropped = column();
    this.expired = column();
    this.committed = column();
    this.aborted = column();
    this.deadLettered = column();
    this.blocked = column();
    this.blockedNow = column();
    this.blockedMicros = column();
    this.redelivered = column();
    this.waits = column();
    this.waitMicros = column();
    this.sojournMicros = column();
    this.sent = column();
    this.lost = column();
    this.delivered = column();
    this.cancelled = column();
    this.duplicated = column();
    this.corrupted = column();
    this.frames = column();
    this.bytes = column();
    this.connections = column();
    this.tlsHandshakes = column();
    this.abandoned = column();
  }

  /** Forgets all that was counted, keeps who is there. Nothing may be folded that is earlier than `micros`. */
  beginWindow(micros: Micros): void {
    this.windowStart = micros;
    this.lastMicros.fill(micros);
    for (const column of [
      this.waitingArea,
      this.busyArea,
      this.awaitingArea,
      this.arrivals,
      this.completions,
      this.refused,
      this.dropped,
      this.expired,
      this.committed,
      this.aborted,
      this.deadLettered,
      this.blocked,
      this.blockedMicros,
      this.redelivered,
      this.waits,
      this.waitMicros,
      this.sojournMicros,
      this.sent,
      this.lost,
      this.delivered,
      this.cancelled,
      this.duplicated,
      this.corrupted,
      this.frames,
      this.bytes,
      this.abandoned,
    ])
      column.fill(0);
  }

  /** Brings the time integrals up to an instant. */
  advanceTo(micros: Micros): void {
    for (let place = 0; place < this.waiting.length; place++) this.integrate(place, micros);
  }

  /** Folds the records from index `from` up to, not including, `to` of a chunk. */
  fold(chunk: TraceChunk, from: number, to: number): void {
    const { kind, place: placeOf, time, value, detail } = chunk;
    const { windowStart } = this;
    for (let at = from; at < to; at++) {
      const place = placeOf[at]!;
      switch (kind[at] as RecordKind) {
        case RecordKind.messageSent:
          this.sent[place]!++;
          break;
        case RecordKind.messageDuplicated:
          this.duplicated[place]!++;
          break;
        case RecordKind.messageCorrupted:
          this.corrupted[place]!++;
          break;
        case RecordKind.messageLost:
          this.lost[place]!++;
          break;
        case RecordKind.messageDelivered:
          // Of the messages sent in the window only, so that sent = delivered + lost + in flight holds in the window too.
          if (value[at]! >= windowStart) this.delivered[place]!++;
          break;
        case RecordKind.messageCancelled:
          if (value[at]! >= windowStart) this.cancelled[place]!++;
          break;
        case RecordKind.frameSent: {
          const frame = readFrame(detail[at]!, value[at]!);
          this.frames[place]!++;
          this.bytes[place]! += frame.bytes;
          if (frame.type === FrameType.syn) this.connections[place]!++;
          else if (frame.type === FrameType.clientHello) this.tlsHandshakes[place]!++;
          break;
        }
        case RecordKind.joined:
          this.integrate(place, time[at]!);
          this.waiting[place]!++;
          this.arrivals[place]!++;
          break;
        case RecordKind.workerTaken:
          this.integrate(place, time[at]!);
          // A free worker takes what arrives without a line: then nobody waits.
          if (this.waiting[place]! > 0) this.waiting[place]!--;
          else this.arrivals[place]!++;
          this.busy[place]!++;
          this.waits[place]!++;
          this.waitMicros[place]! += value[at]!;
          break;
        case RecordKind.workerFreed:
          this.integrate(place, time[at]!);
          this.busy[place]!--;
          this.completions[place]!++;
          this.sojournMicros[place]! += value[at]!;
          break;
        case RecordKind.yielded:
          this.integrate(place, time[at]!);
          this.busy[place]!--;
          this.awaiting[place]!++;
          break;
        case RecordKind.woken:
          this.integrate(place, time[at]!);
          this.awaiting[place]!--;
          this.waiting[place]!++;
          break;
        case RecordKind.resumed:
          this.integrate(place, time[at]!);
          this.waiting[place]!--;
          this.busy[place]!++;
          this.waitMicros[place]! += value[at]!;
          break;
        case RecordKind.dispatched:
          this.integrate(place, time[at]!);
          this.waiting[place]!--;
          this.busy[place]!++;
          this.waits[place]!++;
          this.waitMicros[place]! += value[at]!;
          if (detail[at]! > 1) this.redelivered[place]!++;
          break;
        case RecordKind.acknowledged:
          this.integrate(place, time[at]!);
          this.busy[place]!--;
          this.completions[place]!++;
          this.sojournMicros[place]! += value[at]!;
          break;
        case RecordKind.returned:
          this.integrate(place, time[at]!);
          this.busy[place]!--;
          this.waiting[place]!++;
          break;
        case RecordKind.dropped:
          this.integrate(place, time[at]!);
          this.waiting[place]!--;
          this.dropped[place]!++;
          break;
        case RecordKind.expired:
          this.integrate(place, time[at]!);
          this.waiting[place]!--;
          this.expired[place]!++;
          break;
        case RecordKind.deadLettered:
          this.integrate(place, time[at]!);
          this.waiting[place]!--;
          this.deadLettered[place]!++;
          break;
        case RecordKind.committed:
          this.committed[place]!++;
          break;
        case RecordKind.aborted:
          this.aborted[place]!++;
          break;
        case RecordKind.blocked:
          this.integrate(place, time[at]!);
          this.blockedNow[place]!++;
          this.blocked[place]!++;
          break;
        case RecordKind.unblocked:
          this.integrate(place, time[at]!);
          this.blockedNow[place]!--;
          break;
        case RecordKind.abandoned:
          this.integrate(place, time[at]!);
          if (detail[at] === Abandoned.awaiting) this.awaiting[place]!--;
          else if (detail[at] === Abandoned.waiting || detail[at] === Abandoned.woken) this.waiting[place]!--;
          else this.busy[place]!--;
          this.abandoned[place]!++;
          break;
        case RecordKind.refused:
          this.arrivals[place]!++;
          this.refused[place]!++;
          break;
        case RecordKind.forwarded:
          this.integrate(place, time[at]!);
          this.arrivals[place]!++;
          this.busy[place]!++;
          break;
        case RecordKind.answered:
          this.integrate(place, time[at]!);
          this.busy[place]!--;
          this.completions[place]!++;
          this.sojournMicros[place]! += value[at]!;
          break;
        case RecordKind.requestStarted:
          this.integrate(place, time[at]!);
          this.busy[place]!++;
          this.arrivals[place]!++;
          break;
        case RecordKind.requestEnded:
          this.integrate(place, time[at]!);
          this.busy[place]!--;
          this.completions[place]!++;
          break;
      }
    }
  }

  private integrate(place: number, micros: Micros): void {
    const elapsed = micros - this.lastMicros[place]!;
    if (elapsed <= 0) return;
    this.lastMicros[place] = micros;
    this.waitingArea[place]! += this.waiting[place]! * elapsed;
    this.busyArea[place]! += this.busy[place]! * elapsed;
    if (this.blockedNow[place]! > 0) this.blockedMicros[place]! += elapsed;
    this.awaitingArea[place]! += this.awaiting[place]! * elapsed;
  }
}
