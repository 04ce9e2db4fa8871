import type { EventQueue } from './event-queue';
import { wider } from './wider';

/** A binary heap on three typed arrays. No worst case beyond O(log n), and the fastest choice below some two thousand entries. */
export class BinaryHeap implements EventQueue {
  private times = new Float64Array(256);
  private seqs = new Float64Array(256);
  private slots = new Int32Array(256);
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(time: number, seq: number, slot: number): void {
    if (this.count === this.slots.length) this.grow();
    const { times, seqs, slots } = this;
    let at = this.count++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentTime = times[parent]!;
      if (parentTime < time || (parentTime === time && seqs[parent]! < seq)) break;
      times[at] = parentTime;
      seqs[at] = seqs[parent]!;
      slots[at] = slots[parent]!;
      at = parent;
    }
    times[at] = time;
    seqs[at] = seq;
    slots[at] = slot;
  }

  pop(): number {
    if (this.count === 0) return -1;
    const { times, seqs, slots } = this;
    const first = slots[0]!;
    const count = --this.count;
    const time = times[count]!;
    const seq = seqs[count]!;
    const slot = slots[count]!;
    const firstLeaf = count >> 1;
    let at = 0;
    while (at < firstLeaf) {
      let child = 2 * at + 1;
      let childTime = times[child]!;
      const right = child + 1;
      if (right < count) {
        const rightTime = times[right]!;
        if (rightTime < childTime || (rightTime === childTime && seqs[right]! < seqs[child]!)) {
          child = right;
          childTime = rightTime;
        }
      }
      if (time < childTime || (time === childTime && seq < seqs[child]!)) break;
      times[at] = childTime;
      seqs[at] = seqs[child]!;
      slots[at] = slots[child]!;
      at = child;
    }
    times[at] = time;
    seqs[at] = seq;
    slots[at] = slot;
    return first;
  }

  peekTime(): number {
    return this.count === 0 ? Infinity : this.times[0]!;
  }

  peekSeq(): number {
    return this.count === 0 ? -1 : this.seqs[0]!;
  }

  private grow(): void {
    const capacity = this.slots.length * 2;
    this.times = wider(this.times, new Float64Array(capacity));
    this.seqs = wider(this.seqs, new Float64Array(capacity));
    this.slots = wider(this.slots, new Int32Array(capacity));
  }
}
