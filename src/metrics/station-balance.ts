/**
 * The books of services and queues: who comes waits, is served or is refused, leaves once, and has stayed as long as the record says.
 * Who waits since when is kept here, not read from the durations in the trace.
 */
import { Abandoned } from '../model/trace';
import type { Micros } from '../model/time';
import { CopyNumbers } from './copy-numbers';
import { CopyTimes } from './copy-times';
import { PlaceKind, type PlaceIndex } from './place-index';
import type { Report } from './report';
import { QueueOrder } from './queue-order';
import { ABSENT, JoinTimes } from './waiting-times';

const FREE = -1;
const BALANCE = 'arrivals = completions + refused + expired + dropped + dead letters + present';

export class StationBalance {
  // By place.
  readonly refused: Float64Array;
  private readonly entered: Float64Array;
  private readonly left: Float64Array;
  private readonly waiting: Float64Array;
  private readonly busy: Float64Array;
  /** Handlers on an event loop that hold no worker and are not in the line. */
  private readonly awaiting: Float64Array;
  private readonly area: Float64Array;
  private readonly areaUntil: Float64Array;
  private readonly sojourns: Float64Array;
  private readonly joinTimes: readonly JoinTimes[];
  /** Publishes that a full queue holds back. */
  readonly blocked: Float64Array;
  /** Who is known by message: what a queue or a balancer holds. */
  private readonly queues: readonly QueueOrder[];
  /** Since when a handler on an event loop is in the line to go on. */
  private readonly wokenTimes: readonly CopyTimes[];
  /** Who stands in a line by priority. */
  private readonly copies: readonly CopyNumbers[];
  /** Since when each of the handlers on an event loop that hold no worker is at the service. */
  private readonly away: readonly CopyTimes[];
  // By worker slot.
  private readonly serving: Int32Array;
  private readonly arrivedAt: Float64Array;

  constructor(
    private readonly index: PlaceIndex,
    private readonly report: Report,
  ) {
    const places = index.kind.length;
    const column = (): Float64Array => new Float64Array(places);
    [this.entered, this.refused, this.left, this.waiting, this.busy] = [column(), column(), column(), column(), column()];
    [this.area, this.areaUntil, this.sojourns, this.awaiting] = [column(), column(), column(), column()];
    this.joinTimes = Array.from({ length: places }, () => new JoinTimes());
    this.blocked = column();
    this.queues = Array.from({ length: places }, (_, place) => new QueueOrder(place, report));
    this.wokenTimes = Array.from({ length: places }, () => new CopyTimes());
    this.copies = Array.from({ length: places }, () => new CopyNumbers());
    this.away = Array.from({ length: places }, () => new CopyTimes());
    this.serving = new Int32Array(index.totalWorkers).fill(FREE);
    this.arrivedAt = new Float64Array(index.totalWorkers);
  }

  joined(place: number, message: number, priority: number, waitingAfter: number, now: Micros): void {
    this.entered[place]!++;
    this.move(place, 1, 0, now);
    if (waitingAfter !== this.waiting[place]) {
      this.report('the number waiting', place, now, `${waitingAfter} in the record, ${this.waiting[place]} by counting`);
    }
    if (this.index.kind[place] === PlaceKind.queue) this.queues[place]!.joined(message, priority, now);
    else if (this.index.byPriority[place] === 1) this.queues[place]!.joined(this.copies[place]!.join(message), priority, now);
    else this.joinTimes[place]!.push(now);
  }

  dispatched(queue: number, message: number, now: Micros): void {
    this.move(queue, -1, 1, now);
    this.queues[queue]!.dispatched(message, now);
  }

  returned(queue: number, message: number, now: Micros): void {
    this.move(queue, 1, -1, now);
    this.queues[queue]!.returned(message);
  }

  delayed(queue: number, message: number): void {
    this.queues[queue]!.delayed(message);
  }

  delayEnded(queue: number, message: number): void {
    this.queues[queue]!.delayEnded(message);
  }

  taken(place: number, message: number, worker: number, waited: Micros, now: Micros): void {
    const [line, byPriority] = [this.joinTimes[place]!, this.queues[place]!];
    let joined = now;
    // A free worker takes what arrives without a line: then nobody waits.
    if (line.length > 0) {
      joined = this.index.lastComesFirst[place] === 1 ? line.pop() : line.shift();
      this.move(place, -1, 1, now);
    } else if (this.index.byPriority[place] === 1 && byPriority.messages.length > 0) {
      const copy = this.copies[place]!.leave(message);
      byPriority.dispatched(copy, now);
      joined = byPriority.removed(copy);
      this.move(place, -1, 1, now);
    } else {
      this.entered[place]!++;
      this.move(place, 0, 1, now);
    }
    if (now - joined !== waited) this.report('the time waited', place, now, `${waited} µs in the record, ${now - joined} µs by the line`);
    const slot = this.slotOf(place, worker, now);
    if (slot < 0) return;
    if (this.serving[slot] !== FREE) {
      this.report('each worker serves at most one', place, now, `worker ${worker} has message ${this.serving[slot]} and takes ${message}`);
    }
    this.serving[slot] = message;
    this.arrivedAt[slot] = joined;
  }

  worked(place: number, message: number, worker: number, now: Micros): void {
    const slot = this.slotOf(place, worker, now);
    if (slot >= 0 && this.serving[slot] !== message) {
      this.report('each worker serves at most one', place, now, `worker ${worker} works on message ${message} without having taken it`);
    }
  }

  /** A handler on an event loop gives its worker back while it awaits something. */
  yielded(place: number, message: number, worker: number, now: Micros): void {
    this.move(place, 0, -1, now);
    this.awaiting[place]!++;
    const slot = this.slotOf(place, worker, now);
    if (slot < 0) return;
    if (this.serving[slot] !== message)
      this.report('each worker serves at most one', place, now, `worker ${worker} lets go of message ${message} without having taken it`);
    this.away[place]!.add(message, this.arrivedAt[slot]!);
    this.serving[slot] = FREE;
  }

  woken(place: number, message: number, now: Micros): void {
    this.move(place, 1, 0, now);
    if (--this.awaiting[place]! < 0)
      this.report('nothing leaves that was not there', place, now, `message ${message} goes on without having awaited`);
    this.wokenTimes[place]!.add(message, now);
  }

  resumed(place: number, message: number, worker: number, waited: Micros, now: Micros): void {
    this.move(place, -1, 1, now);
    const woken = this.wokenTimes[place]!.take(message, now - waited);
    if (now - woken !== waited) this.report('the time waited', place, now, `${waited} µs in the record, ${now - woken} µs by the line`);
    const slot = this.slotOf(place, worker, now);
    if (slot < 0) return;
    if (this.serving[slot] !== FREE)
      this.report('each worker serves at most one', place, now, `worker ${worker} has message ${this.serving[slot]} and takes ${message}`);
    this.serving[slot] = message;
    this.arrivedAt[slot] = this.away[place]!.take(message, ABSENT);
  }

  /** Gone with a crash. `detail` says where it was: `Abandoned`, or worker `detail` − 1; at a balancer it was under way at a backend. */
  abandoned(place: number, message: number, detail: number, sojourn: Micros, now: Micros): void {
    if (this.index.kind[place] === PlaceKind.balancer) this.removed(place, message, false, sojourn, now);
    else if (detail === Abandoned.awaiting || detail === Abandoned.woken) {
      this.move(place, detail === Abandoned.woken ? -1 : 0, 0, now);
      if (detail === Abandoned.awaiting) this.awaiting[place]!--;
      else this.wokenTimes[place]!.take(message, ABSENT);
      this.left[place]!++;
      this.sojourns[place]! += sojourn;
      const arrived = this.away[place]!.take(message, now - sojourn);
      if (now - arrived !== sojourn)
        this.report('area under N(t) = Σ sojourns', place, now, `message ${message}: ${sojourn} µs in the record`);
    } else if (detail !== Abandoned.waiting) this.freed(place, message, detail - 1, sojourn, now);
    else {
      // The line goes in the order in which it would have been served.
      const [line, { lastComesFirst, byPriority }] = [this.joinTimes[place]!, this.index];
      const inTurn = lastComesFirst[place] === 1 ? () => line.pop() : () => line.shift();
      const joined = byPriority[place] === 1 ? this.queues[place]!.removed(message) : inTurn();
      this.move(place, -1, 0, now);
      this.left[place]!++;
      this.sojourns[place]! += sojourn;
      if (now - joined !== sojourn)
        this.report('the time waited', place, now, `${sojourn} µs in the record, ${now - joined} µs by the line`);
    }
  }

  freed(place: number, message: number, worker: number, sojourn: Micros, now: Micros): void {
    this.move(place, 0, -1, now);
    this.left[place]!++;
    this.sojourns[place]! += sojourn;
    const slot = this.slotOf(place, worker, now);
    if (slot < 0) return;
    if (this.serving[slot] !== message) {
      this.report('each worker serves at most one', place, now, `worker ${worker} leaves message ${message} without having taken it`);
    } else if (now - this.arrivedAt[slot]! !== sojourn && !this.isOfCopy(place, slot, now - sojourn)) {
      this.report(
        'area under N(t) = Σ sojourns',
        place,
        now,
        `message ${message}: ${sojourn} µs in the record, ${now - this.arrivedAt[slot]!} µs by the clock`,
      );
    }
    this.serving[slot] = FREE;
  }

  /** Which of the copies of a message on an event loop ends is known only now: this one came at `arrived`, another when this one was thought to. */
  private isOfCopy(place: number, slot: number, arrived: Micros): boolean {
    if (this.index.isEventLoop[place] !== 1) return false;
    const { serving, arrivedAt, index } = this;
    const message = serving[slot]!;
    const first = index.firstWorker[place]!;
    for (let other = first; other < first + index.workers[place]!; other++) {
      if (serving[other] !== message || arrivedAt[other] !== arrived) continue;
      arrivedAt[other] = arrivedAt[slot]!;
      return true;
    }
    const away = this.away[place]!;
    const taken = away.take(message, arrived);
    if (taken !== ABSENT) away.add(message, taken === arrived ? arrivedAt[slot]! : taken);
    return taken === arrived;
  }

  /** A balancer hands a request on: it is under way there until it is answered. */
  forwarded(place: number, message: number, now: Micros): void {
    this.entered[place]!++;
    this.move(place, 0, 1, now);
    if (!this.queues[place]!.messages.add(message, now)) this.report('a request is handed on once', place, now, `message ${message}`);
  }

  /** A message leaves: acknowledged, from those handed out, or thrown away, from those that wait. */
  removed(queue: number, message: number, isWaiting: boolean, sojourn: Micros, now: Micros): void {
    if (isWaiting) this.move(queue, -1, 0, now);
    else this.move(queue, 0, -1, now);
    this.left[queue]!++;
    this.sojourns[queue]! += sojourn;
    const stored = this.queues[queue]!.removed(message);
    if (stored === ABSENT) this.report(BALANCE, queue, now, `message ${message} leaves and was not there`);
    else if (now - stored !== sojourn) {
      this.report(
        'area under N(t) = Σ sojourns',
        queue,
        now,
        `message ${message}: ${sojourn} µs in the record, ${now - stored} µs by the clock`,
      );
    }
  }

  private slotOf(place: number, worker: number, now: Micros): number {
    if (worker < this.index.workers[place]!) return this.index.firstWorker[place]! + worker;
    this.report('each worker serves at most one', place, now, `there is no worker ${worker}`);
    return -1;
  }

  /** Changes who waits and who is served, after booking the area under their number up to now. */
  private move(place: number, waiting: number, busy: number, now: Micros): void {
    this.advance(place, now);
    const waitingNow = (this.waiting[place]! += waiting);
    const busyNow = (this.busy[place]! += busy);
    if (waitingNow < 0 || busyNow < 0)
      this.report('nothing leaves that was not there', place, now, `${waitingNow} waiting, ${busyNow} in service`);
    const present = this.index.holdsMessages[place] === 1 ? waitingNow + busyNow : waitingNow;
    if (present > this.index.limit[place]!) this.report('the limit holds', place, now, `${present} of ${this.index.limit[place]}`);
  }

  private advance(place: number, now: Micros): void {
    const elapsed = now - this.areaUntil[place]!;
    if (elapsed === 0) return;
    this.areaUntil[place] = now;
    this.area[place]! += (this.waiting[place]! + this.busy[place]! + this.awaiting[place]!) * elapsed;
  }

  balance(place: number, reached: number, endMicros: Micros, slack: number): void {
    this.advance(place, endMicros);
    const { firstWorker, workers } = this.index;
    const [{ messages }, joined] = [this.queues[place]!, this.joinTimes[place]!];
    const away = this.away[place]!;
    let present = messages.length + joined.length + away.length;
    let sojourns = this.sojourns[place]! + messages.sumUntil(endMicros) + joined.sumUntil(endMicros) + away.sumUntil(endMicros);
    for (let slot = firstWorker[place]!; slot < firstWorker[place]! + workers[place]!; slot++) {
      if (this.serving[slot] === FREE) continue;
      present++;
      sojourns += endMicros - this.arrivedAt[slot]!;
    }
    const [entered, refused, left, blocked] = [this.entered[place]!, this.refused[place]!, this.left[place]!, this.blocked[place]!];
    if (Math.abs(reached - entered - refused - blocked) > slack || entered !== left + present) {
      const counts = `${reached} arrivals, ${refused} refused, ${blocked} held back, ${entered} let in, ${left} gone, ${present} present`;
      this.report(BALANCE, place, endMicros, counts);
    }
    const area = this.area[place]!;
    // Above 2⁵³ µs the sums round, and the law can only hold to the last digits.
    const tolerance = area > Number.MAX_SAFE_INTEGER ? area * 1e-9 : 0;
    if (Math.abs(area - sojourns) > tolerance) this.report('area under N(t) = Σ sojourns', place, endMicros, `${area} ≠ ${sojourns}`);
  }
}
