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
import { wider } from './wider';

export type { Lane } from './lane';

/** A handle for `cancel`. It stays safe after its event fired: the same number does not come back for 2²⁸ uses of its slot. */
export type Timer = number;
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

/** 2²⁵: a handle is generation · 2²⁵ + slot, which a double holds exactly. */
const SLOTS_MAX = 0x2000000;
const PENDING_MAX = SLOTS_MAX / 2;
const GENERATIONS = 0x10000000;
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
  private pendingCount = 0;
  private eventsAtThisInstant = 0;
  /** Of the event that fired last: at one instant it only grows. */
  private lastSeq = -1;

  private queue: EventQueue = new BinaryHeap();
  private queueIsLadder = false;
  /** Entries of the queue, cancelled ones included, and how many of them are cancelled. */
  private queued = 0;
  private cancelledInQueue = 0;
  /** What is due now and was planned now. Whatever is in the queue for now was planned earlier and goes first. */
  private readonly atOnce = new InstantRing();

  private readonly lanes: Lane[] = [];
  private readonly laneByDelay = new Map<Micros, Lane>();

  // What is known of a timer, by its slot. Slot 0 is never used, so that no handle is 0.
  private kinds = new Int32Array(256);
  private readonly targets: unknown[] = [undefined];
  private generations = new Int32Array(256);
  private live = new Uint8Array(256);
  private laneOfSlot = new Int16Array(256).fill(NO_LANE);
  private placeInLane = new Int32Array(256);
  private freeSlots = new Int32Array(256);
  private freeCount = 0;
  private slotsUsed = 1;

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
    return this.pendingCount;
  }

  /** Fires `dispatch(kind, target)` after a delay ≥ 0, rounded to a whole µs; throws `InvariantBroken` for any other delay. */
  schedule(delayMicros: Micros, kind: number, target: unknown): Timer {
    const time = this.time + Math.round(delayMicros);
    if (!(delayMicros >= 0 && time <= TIME_MAX)) throw new InvariantBroken(`a delay of ${delayMicros} µs at ${this.time} µs`);
    const slot = this.takeSlot(kind, target);
    this.plan(time, slot);
    return this.generations[slot]! * SLOTS_MAX + slot;
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
    const slot = this.takeSlot(kind, target);
    const seq = this.seq++;
    this.laneOfSlot[slot] = lane.index;
    const waitsInQueue = lane.isEmpty;
    lane.append(time, seq, slot, this.placeInLane);
    if (waitsInQueue) this.enqueue(time, seq, slot);
    return this.generations[slot]! * SLOTS_MAX + slot;
  }

  /** True when the timer was pending and will not fire now; false when it fired or was cancelled before. */
  cancel(timer: Timer): boolean {
    const generation = Math.floor(timer / SLOTS_MAX);
    const slot = timer - generation * SLOTS_MAX;
    if (this.live[slot] !== 1 || this.generations[slot] !== generation) return false;
    this.retire(slot);
    const laneIndex = this.laneOfSlot[slot]!;
    if (laneIndex === AT_ONCE) return true;
    if (laneIndex >= 0) {
      const lane = this.lanes[laneIndex]!;
      if (lane.headSlot !== slot) {
        lane.remove(this.placeInLane[slot]!);
        this.freeSlot(slot);
        return true;
      }
    }
    // The entry stays in the queue until its time comes or too many like it do.
    this.cancelledInQueue++;
    if (this.cancelledInQueue > SWEEP_FROM && this.cancelledInQueue * 2 > this.queued) this.moveQueueTo(new LadderQueue());
    return true;
  }

  /** Within `dispatch`, before anything is scheduled: the event under way fires later instead of now, and its handle stays good. */
  postpone(delayMicros: Micros, target: unknown): void {
    const slot = this.freeSlots[--this.freeCount]!;
    this.targets[slot] = target;
    this.generations[slot] = (this.generations[slot]! - 1) & (GENERATIONS - 1);
    this.live[slot] = 1;
    this.pendingCount++;
    this.eventCount--;
    this.plan(Math.min(TIME_MAX, this.time + delayMicros), slot);
  }

  /** Takes back every pending timer that `belongs` is true of, and says which they were: a process has died, or stands still. Costs a look at each. */
  withdraw(belongs: (kind: number, target: unknown) => boolean): readonly (readonly [kind: number, target: unknown])[] {
    const withdrawn: (readonly [number, unknown])[] = [];
    for (let slot = 1; slot < this.slotsUsed; slot++) {
      if (this.live[slot] !== 1 || !belongs(this.kinds[slot]!, this.targets[slot])) continue;
      withdrawn.push([this.kinds[slot]!, this.targets[slot]]);
      this.cancel(this.generations[slot]! * SLOTS_MAX + slot);
    }
    return withdrawn;
  }

  /** Runs up to `maxEvents` events whose time is not after `untilMicros`. */
  run(maxEvents: number, untilMicros: Micros): RunState {
    for (let left = maxEvents; left > 0;) {
      const { queue, atOnce } = this;
      const isPlannedNow = !atOnce.isEmpty && queue.peekTime() !== this.time;
      const time = isPlannedNow ? this.time : queue.peekTime();
      if (!(time <= untilMicros) || time === Infinity) return 'done';
      const seq = isPlannedNow ? atOnce.firstSeq : queue.peekSeq();
      const slot = isPlannedNow ? atOnce.shift() : this.takeFirst();
      if (this.live[slot] === 0) {
        if (!isPlannedNow) this.cancelledInQueue--;
        this.freeSlot(slot);
        continue;
      }
      if (time !== this.time) {
        if (time < this.time) throw new InvariantBroken(`time ran back from ${this.time} µs to ${time} µs`);
        this.time = time;
        this.eventsAtThisInstant = 0;
      } else if (seq < this.lastSeq) throw new InvariantBroken(`event ${seq} fires after event ${this.lastSeq}, both at ${time} µs`);
      this.lastSeq = seq;
      const kind = this.kinds[slot]!;
      const target = this.targets[slot];
      this.retire(slot);
      this.freeSlot(slot);
      this.eventCount++;
      this.eventsAtThisInstant++;
      left--;
      this.dispatch(kind, target);
      if (this.eventsAtThisInstant > this.limits.eventsAtOneInstant) return 'standstill';
      if (this.pendingCount > this.limits.pending) return 'overflow';
    }
    return 'more';
  }

  private plan(time: Micros, slot: number): void {
    if (time !== this.time) return this.enqueue(time, this.seq++, slot);
    this.laneOfSlot[slot] = AT_ONCE;
    this.atOnce.push(this.seq++, slot);
  }

  private takeFirst(): number {
    const slot = this.queue.pop();
    this.queued--;
    const lane = this.laneOfSlot[slot]!;
    if (lane >= 0) this.advanceLane(this.lanes[lane]!);
    return slot;
  }

  private enqueue(time: Micros, seq: number, slot: number): void {
    this.queue.push(time, seq, slot);
    this.queued++;
    if (this.queued > LADDER_FROM && !this.queueIsLadder) {
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
      if (this.live[slot] === 1) {
        next.push(time, seq, slot);
        continue;
      }
      this.cancelledInQueue--;
      this.queued--;
      const lane = this.laneOfSlot[slot]!;
      if (lane >= 0) this.advanceLane(this.lanes[lane]!);
      this.freeSlot(slot);
    }
  }

  /** The first timer of a lane left the queue: the next one takes its place there. */
  private advanceLane(lane: Lane): void {
    lane.advance();
    if (!lane.isEmpty) this.enqueue(lane.headTime, lane.headSeq, lane.headSlot);
  }

  private takeSlot(kind: number, target: unknown): number {
    let slot: number;
    if (this.freeCount > 0) slot = this.freeSlots[--this.freeCount]!;
    else {
      slot = this.slotsUsed++;
      if (slot === this.kinds.length) this.growSlots();
      this.targets.push(undefined);
    }
    this.kinds[slot] = kind;
    this.targets[slot] = target;
    this.live[slot] = 1;
    this.pendingCount++;
    return slot;
  }

  /** From now on the timer's handle is stale. Its slot may still be in the queue. */
  private retire(slot: number): void {
    this.live[slot] = 0;
    this.targets[slot] = undefined;
    this.generations[slot] = (this.generations[slot]! + 1) & (GENERATIONS - 1);
    this.pendingCount--;
  }

  private freeSlot(slot: number): void {
    this.laneOfSlot[slot] = NO_LANE;
    this.freeSlots[this.freeCount++] = slot;
  }

  private growSlots(): void {
    const capacity = this.kinds.length * 2;
    invariant(capacity <= SLOTS_MAX, `more than ${SLOTS_MAX} timer slots in use`);
    this.kinds = wider(this.kinds, new Int32Array(capacity));
    this.generations = wider(this.generations, new Int32Array(capacity));
    this.live = wider(this.live, new Uint8Array(capacity));
    this.laneOfSlot = wider(this.laneOfSlot, new Int16Array(capacity).fill(NO_LANE));
    this.placeInLane = wider(this.placeInLane, new Int32Array(capacity));
    this.freeSlots = wider(this.freeSlots, new Int32Array(capacity));
  }
}
