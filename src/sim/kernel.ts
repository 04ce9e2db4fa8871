/**
 * The kernel: virtual time and order, nothing else. Events fire by (time, seq), where seq counts the calls that scheduled them, so a
 * run is the same everywhere. What an event means is the caller's business: a kind and a target, handed to one `dispatch` function.
 */
import type { Micros } from '../model/time';
import { InvariantBroken, invariant } from './assert';
import { BinaryHeap } from './binary-heap';
import type { EventQueue } from './event-queue';
import { InstantRing } from './instant-ring';
import { LadderQueue } from './ladder-queue';
import { Lane } from './lane';
import { SLOTS_MAX, TimerSlots, type Timer } from './timer-slots';

export type { Lane } from './lane';
export type { Timer } from './timer-slots';

/** Never the handle of a timer. */
export const NO_TIMER: Timer = 0;

export interface KernelLimits {
  /** More events than this at one instant, and the run stands still. */
  readonly eventsAtOneInstant: number;
  /** Timers that may be pending at once, at most 2²⁴. */
  readonly pending: number;
}

/** Why `run` returned: `more` may be left, it is `done` up to the instant asked for, time stands still, or too many timers are pending. */
export type RunState = 'more' | 'done' | 'standstill' | 'overflow';

const PENDING_MAX = SLOTS_MAX / 2;
const TIME_MAX: Micros = Number.MAX_SAFE_INTEGER;
const LANES_MAX = 256;
/** In place of a lane: the timer is in no lane; it is due at the instant it was started at. */
const NO_LANE = -1;
const AT_ONCE = -2;
/** From here on the ladder is faster than the heap. */
const LADDER_FROM = 2_000;
/** Cancelled timers are swept out of the queue when they are this many and the larger part of it. */
const SWEEP_FROM = 4_096;

export class Kernel {
  private time: Micros = 0;
  private seq = 0;
  private eventCount = 0;
  private eventsAtThisInstant = 0;
  /** Of the event that fired last: at one instant it only grows. */
  private lastSeq = -1;

  private queue: EventQueue = new BinaryHeap();
  private queueIsLadder = false;
  /** How many of the entries of the queue are cancelled. */
  private cancelledInQueue = 0;
  /** What is due now and was planned now. Whatever is in the queue for now was planned earlier and goes first. */
  private readonly atOnce = new InstantRing();

  private readonly lanes: Lane[] = [];
  private readonly laneByDelay = new Map<Micros, Lane>();

  private readonly slots = new TimerSlots();

  /** `dispatch` runs each event; it may schedule and cancel, but not call `run`. */
  constructor(
    private readonly dispatch: (kind: number, target: unknown) => void,
    private readonly limits: KernelLimits,
  ) {
    invariant(limits.pending <= PENDING_MAX, `the limit of ${limits.pending} pending timers is above ${PENDING_MAX}`);
  }

  /** The instant of the event that runs or ran last. It is set before the event runs and never goes back. */
  get now(): Micros {
    return this.time;
  }

  /** Events that fired; cancelled timers are none. */
  get events(): number {
    return this.eventCount;
  }

  /** Timers that are still to fire. */
  get pending(): number {
    return this.slots.live;
  }

  /** Fires `dispatch(kind, target)` after a delay ≥ 0, rounded to a whole µs; throws `InvariantBroken` for any other delay. */
  schedule(delayMicros: Micros, kind: number, target: unknown): Timer {
    return this.slots.handleOf(this.start(delayMicros, kind, target));
  }

  /** Like `schedule`, for what nobody will cancel: most handles are numbers that cost an object. */
  post(delayMicros: Micros, kind: number, target: unknown): void {
    this.start(delayMicros, kind, target);
  }

  /** The lane of a delay that many timers share. Asking again for the same delay gives the same lane. */
  lane(delayMicros: Micros): Lane {
    const delay = Math.round(delayMicros);
    if (!(delayMicros >= 0 && delay <= TIME_MAX)) throw new InvariantBroken(`a lane of ${delayMicros} µs`);
    let lane = this.laneByDelay.get(delay);
    if (lane) return lane;
    if (this.lanes.length === LANES_MAX || delay === 0) return new Lane(delay, NO_LANE);
    lane = new Lane(delay, this.lanes.length);
    this.lanes.push(lane);
    this.laneByDelay.set(delay, lane);
    return lane;
  }

  /** Like `schedule(lane.delayMicros, …)`, in the same order with all other events, but cheaper to start and to cancel. */
  scheduleOnLane(lane: Lane, kind: number, target: unknown): Timer {
    if (lane.index < 0) return this.schedule(lane.delayMicros, kind, target);
    const time = this.time + lane.delayMicros;
    if (time > TIME_MAX) throw new InvariantBroken(`a delay of ${lane.delayMicros} µs at ${this.time} µs`);
    const { slots } = this;
    const slot = slots.take(kind, target);
    const seq = this.seq++;
    slots.lanes[slot] = lane.index;
    const waitsInQueue = lane.isEmpty;
    lane.append(time, seq, slot, slots.placesInLane);
    if (waitsInQueue) this.enqueue(time, seq, slot);
    return slots.handleOf(slot);
  }

  /** True when the timer was pending and will not fire now; false when it fired or was cancelled before. */
  cancel(timer: Timer): boolean {
    const { slots } = this;
    const slot = slots.slotOf(timer);
    if (slot < 0) return false;
    slots.retire(slot);
    const laneIndex = slots.lanes[slot]!;
    if (laneIndex === AT_ONCE) return true;
    if (laneIndex >= 0) {
      const lane = this.lanes[laneIndex]!;
      if (lane.headSlot !== slot) {
        lane.remove(slots.placesInLane[slot]!);
        slots.free(slot);
        return true;
      }
    }
    // The entry stays in the queue until its time comes or too many like it do.
    this.cancelledInQueue++;
    if (this.cancelledInQueue > SWEEP_FROM && this.cancelledInQueue * 2 > this.queue.size) this.moveQueueTo(new LadderQueue());
    return true;
  }

  /** Within `dispatch`, before anything is scheduled: the event under way fires later instead of now, and its handle stays good. */
  postpone(delayMicros: Micros, target: unknown): void {
    this.eventCount--;
    this.plan(Math.min(TIME_MAX, this.time + delayMicros), this.slots.revive(target));
  }

  /** Takes back every pending timer that `belongs` is true of, and says which they were: a process has died, or stands still. Costs a look at each. */
  withdraw(belongs: (kind: number, target: unknown) => boolean): readonly (readonly [kind: number, target: unknown])[] {
    const withdrawn: (readonly [number, unknown])[] = [];
    const { slots } = this;
    for (let slot = 1; slot < slots.end; slot++) {
      if (!slots.isLive(slot) || !belongs(slots.kinds[slot]!, slots.targets[slot])) continue;
      withdrawn.push([slots.kinds[slot]!, slots.targets[slot]]);
      this.cancel(slots.handleOf(slot));
    }
    return withdrawn;
  }

  /** Runs up to `maxEvents` events whose time is not after `untilMicros`. */
  run(maxEvents: number, untilMicros: Micros): RunState {
    const { slots, atOnce } = this;
    for (let left = maxEvents; left > 0;) {
      const { queue } = this;
      const timeInQueue = queue.peekTime();
      const isPlannedNow = !atOnce.isEmpty && timeInQueue !== this.time;
      const time = isPlannedNow ? this.time : timeInQueue;
      if (!(time <= untilMicros) || time === Infinity) return 'done';
      const seq = isPlannedNow ? atOnce.firstSeq : queue.peekSeq();
      const slot = isPlannedNow ? atOnce.shift() : this.takeFirst();
      if (!slots.isLive(slot)) {
        if (!isPlannedNow) this.cancelledInQueue--;
        slots.free(slot);
        continue;
      }
      if (time !== this.time) {
        if (time < this.time) throw new InvariantBroken(`time ran back from ${this.time} µs to ${time} µs`);
        this.time = time;
        this.eventsAtThisInstant = 0;
      } else if (seq < this.lastSeq) throw new InvariantBroken(`event ${seq} fires after event ${this.lastSeq}, both at ${time} µs`);
      this.lastSeq = seq;
      const kind = slots.kinds[slot]!;
      const target = slots.targets[slot];
      slots.retire(slot);
      slots.free(slot);
      this.eventCount++;
      this.eventsAtThisInstant++;
      left--;
      this.dispatch(kind, target);
      if (this.eventsAtThisInstant > this.limits.eventsAtOneInstant) return 'standstill';
      if (slots.live > this.limits.pending) return 'overflow';
    }
    return 'more';
  }

  private start(delayMicros: Micros, kind: number, target: unknown): number {
    const time = this.time + Math.round(delayMicros);
    if (!(delayMicros >= 0 && time <= TIME_MAX)) throw new InvariantBroken(`a delay of ${delayMicros} µs at ${this.time} µs`);
    const slot = this.slots.take(kind, target);
    this.plan(time, slot);
    return slot;
  }

  private plan(time: Micros, slot: number): void {
    if (time === this.time) {
      this.slots.lanes[slot] = AT_ONCE;
      this.atOnce.push(this.seq++, slot);
    } else {
      this.slots.lanes[slot] = NO_LANE;
      this.enqueue(time, this.seq++, slot);
    }
  }

  private takeFirst(): number {
    const slot = this.queue.pop();
    const lane = this.slots.lanes[slot]!;
    if (lane >= 0) this.advanceLane(this.lanes[lane]!);
    return slot;
  }

  private enqueue(time: Micros, seq: number, slot: number): void {
    const { queue } = this;
    queue.push(time, seq, slot);
    if (queue.size > LADDER_FROM && !this.queueIsLadder) {
      this.queueIsLadder = true;
      this.moveQueueTo(new LadderQueue());
    }
  }

  /** Moves every live entry over and leaves the cancelled ones behind. */
  private moveQueueTo(next: EventQueue): void {
    const old = this.queue;
    this.queue = next;
    while (old.size > 0) {
      const time = old.peekTime();
      const seq = old.peekSeq();
      const slot = old.pop();
      if (this.slots.isLive(slot)) {
        next.push(time, seq, slot);
        continue;
      }
      this.cancelledInQueue--;
      const lane = this.slots.lanes[slot]!;
      if (lane >= 0) this.advanceLane(this.lanes[lane]!);
      this.slots.free(slot);
    }
  }

  /** The first timer of a lane left the queue: the next one takes its place there. */
  private advanceLane(lane: Lane): void {
    lane.advance();
    if (!lane.isEmpty) this.enqueue(lane.headTime, lane.headSeq, lane.headSlot);
  }
}
