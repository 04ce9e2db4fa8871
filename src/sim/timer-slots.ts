/** What is known of pending timers, in columns by slot. A slot is used again once its timer is gone and nothing lists it any more. */
import { invariant } from './assert';
import { wider } from './wider';

/** A handle for `cancel`. It stays safe after its event fired: the same number does not come back for 2²⁷ uses of its slot. */
export type Timer = number;

/** 2²⁵: a handle is generation · 2²⁵ + slot, which a double holds exactly. */
export const SLOTS_MAX = 0x2000000;
const GENERATIONS = 0x10000000;

export class TimerSlots {
  // Slot 0 is never used, so that no handle is 0.
  kinds = new Int32Array(256);
  readonly targets: unknown[] = [undefined];
  lanes = new Int16Array(256);
  placesInLane = new Int32Array(256);
  /** How often a timer has come to the slot or gone from it: odd while one is there. */
  private generations = new Int32Array(256);
  private freeSlots = new Int32Array(256);
  private freeCount = 0;
  private liveCount = 0;
  /** Slots below this one have been used. */
  end = 1;

  /** Timers that are still to fire. */
  get live(): number {
    return this.liveCount;
  }

  isLive(slot: number): boolean {
    return (this.generations[slot]! & 1) === 1;
  }

  handleOf(slot: number): Timer {
    return this.generations[slot]! * SLOTS_MAX + slot;
  }

  /** The slot of a timer that is still to fire; −1 when it has fired or was cancelled. */
  slotOf(timer: Timer): number {
    const generation = Math.floor(timer / SLOTS_MAX);
    const slot = timer - generation * SLOTS_MAX;
    return (generation & 1) === 1 && this.generations[slot] === generation ? slot : -1;
  }

  take(kind: number, target: unknown): number {
    let slot: number;
    if (this.freeCount > 0) slot = this.freeSlots[--this.freeCount]!;
    else {
      slot = this.end++;
      if (slot === this.kinds.length) this.grow();
      this.targets.push(undefined);
    }
    this.kinds[slot] = kind;
    this.targets[slot] = target;
    // It was even, so it cannot run over.
    this.generations[slot]!++;
    this.liveCount++;
    return slot;
  }

  /** From now on the timer's handle is stale. Its slot may still be in a queue. */
  retire(slot: number): void {
    this.targets[slot] = undefined;
    this.generations[slot] = (this.generations[slot]! + 1) & (GENERATIONS - 1);
    this.liveCount--;
  }

  free(slot: number): void {
    this.freeSlots[this.freeCount++] = slot;
  }

  /** Takes back what was retired and freed last, with the handle it had. */
  revive(target: unknown): number {
    const slot = this.freeSlots[--this.freeCount]!;
    this.targets[slot] = target;
    this.generations[slot] = (this.generations[slot]! - 1) & (GENERATIONS - 1);
    this.liveCount++;
    return slot;
  }

  private grow(): void {
    const capacity = this.kinds.length * 2;
    invariant(capacity <= SLOTS_MAX, `more than ${SLOTS_MAX} timer slots in use`);
    this.kinds = wider(this.kinds, new Int32Array(capacity));
    this.lanes = wider(this.lanes, new Int16Array(capacity));
    this.placesInLane = wider(this.placesInLane, new Int32Array(capacity));
    this.generations = wider(this.generations, new Int32Array(capacity));
    this.freeSlots = wider(this.freeSlots, new Int32Array(capacity));
  }
}
