import type { EventQueue } from './event-queue';
import { wider } from './wider';

/** A binary heap on typed arrays. No worst case beyond O(log n), and the fastest choice below some two thousand entries. */
export class BinaryHeap implements EventQueue {
  /** Infinite where there is no entry: neither an empty heap nor an entry with a single child is then a special case. */
  private times = new Float64Array(256).fill(Infinity);
  private slots = new Int32Array(256);
  /** By slot: a seq seldom decides, so it need not move up and down with its entry. */
  private seqs = new Float64Array(256);
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(time: number, seq: number, slot: number): void {
    if (this.count === this.slots.length) this.grow();
    if (slot >= this.seqs.length) this.seqs = wider(this.seqs, new Float64Array(slot * 2));
    const { times, slots, seqs } = this;
    seqs[slot] = seq;
    let at = this.count++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && seqs[slots[parent]!]! < seq)) break;
      times[at] = parentTime;
      slots[at] = slots[parent]!;
      at = parent;
    }
    times[at] = time;
    slots[at] = slot;
  }

  pop(): number {
    if (this.count === 0) return -1;
    const { times, slots, seqs } = this;
    const first = slots[0]!;
    const count = --this.count;
    const time = times[count]!;
    const slot = slots[count]!;
    times[count] = Infinity;
    if (count === 0) return first;
    const firstLeaf = count >> 1;
    let at = 0;
    while (at < firstLeaf) {
      let child = 2 * at + 1;
      let childTime = times[child]!;
      const right = child + 1;
      const rightTime = times[right]!;
      if (rightTime < childTime || (rightTime === childTime && seqs[slots[right]!]! < seqs[slots[child]!]!)) {
        child = right;
        childTime = rightTime;
      }
      if (time < childTime || (time === childTime && seqs[slot]! < seqs[slots[child]!]!)) break;
      times[at] = childTime;
      slots[at] = slots[child]!;
      at = child;
    }
    times[at] = time;
    slots[at] = slot;
    return first;
  }

  peekTime(): number {
    return this.times[0]!;
  }

  peekSeq(): number {
    return this.count === 0 ? -1 : this.seqs[this.slots[0]!]!;
  }

  private grow(): void {
    const capacity = this.slots.length * 2;
    this.times = wider(this.times, new Float64Array(capacity).fill(Infinity));
    this.slots = wider(this.slots, new Int32Array(capacity));
  }
}
