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

  /** Leaves out what was cancelled, and doubles the ring unless that frees half of it. */
  private makeRoom(places: Int32Array): void {
    const { slots, times, seqs, head, length } = this;
    const mask = slots.length - 1;
    // The ring is full, so every entry counts, whatever position it has.
    const live = slots.reduce((count, slot) => (slot === -1 ? count : count + 1), 0);
    const capacity = live * 2 > length ? slots.length * 2 : slots.length;
    this.slots = new Int32Array(capacity);
    this.times = new Float64Array(capacity);
    this.seqs = new Float64Array(capacity);
    let kept = 0;
    for (let step = 0; step < length; step++) {
      const from = (head + step) & mask;
      const slot = slots[from]!;
      if (slot === -1) continue;
      this.slots[kept] = slot;
      this.times[kept] = times[from]!;
      this.seqs[kept] = seqs[from]!;
      places[slot] = kept++;
    }
    this.head = 0;
    this.length = kept;
  }
}
