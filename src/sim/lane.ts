/**
 * A lane holds timers that share one delay. Now never goes back, so they fall due in the order they were started, and a ring is
 * queue enough: starting and cancelling cost O(1), and only the first timer of the lane waits in the event queue, with its own seq.
 */
import type { Micros } from '../model/time';

export class Lane {
  /** Slots in the order they fall due; −1 where a timer was cancelled. */
  private slots = new Int32Array(64);
  private times = new Float64Array(64);
  private seqs = new Float64Array(64);
  private head = 0;
  private length = 0;

  /** `index` is the kernel's number of the lane; −1 for one that came too late and has no ring. */
  constructor(
    readonly delayMicros: Micros,
    readonly index: number,
  ) {}

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** The first timer; it is in the event queue. Only when the lane is not empty. */
  get headTime(): Micros {
    return this.times[this.head]!;
  }

  get headSeq(): number {
    return this.seqs[this.head]!;
  }

  get headSlot(): number {
    return this.slots[this.head]!;
  }

  /** Appends a timer and writes its place in the ring to `places[slot]`, and to that of others when they have to move. */
  append(time: Micros, seq: number, slot: number, places: Int32Array): void {
    if (this.length === this.slots.length) this.makeRoom(places);
    const at = (this.head + this.length++) & (this.slots.length - 1);
    this.slots[at] = slot;
    this.times[at] = time;
    this.seqs[at] = seq;
    places[slot] = at;
  }

  /** Forgets a timer that is not the first. */
  remove(place: number): void {
    this.slots[place] = -1;
  }

  /** Forgets the first timer, and with it those cancelled right behind it. */
  advance(): void {
    const mask = this.slots.length - 1;
    this.head = (this.head + 1) & mask;
    this.length--;
    while (this.length > 0 && this.slots[this.head] === -1) {
      this.head = (this.head + 1) & mask;
      this.length--;
    }
  }

  /** Moves the live timers together, into a ring of twice the size unless three quarters of this one were cancelled. */
  private makeRoom(places: Int32Array): void {
    const { slots, times, seqs, head, length } = this;
    const mask = slots.length - 1;
    let live = 0;
    // The ring is full, so every entry counts, whatever position it has.
    for (const slot of slots) if (slot !== -1) live++;
    if (live * 4 > length) {
      this.slots = new Int32Array(slots.length * 2);
      this.times = new Float64Array(slots.length * 2);
      this.seqs = new Float64Array(slots.length * 2);
    }
    // An entry never moves behind its old position, so the same arrays can be read and written.
    const newMask = this.slots.length - 1;
    let to = head;
    for (let step = 0; step < length; step++) {
      const from = (head + step) & mask;
      const slot = slots[from]!;
      if (slot === -1) continue;
      this.slots[to] = slot;
      this.times[to] = times[from]!;
      this.seqs[to] = seqs[from]!;
      places[slot] = to;
      to = (to + 1) & newMask;
    }
    this.length = live;
  }
}
