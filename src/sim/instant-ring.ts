/** Timers that are due at the very instant they were started at: they fire in that order, so a ring holds them and nothing is sorted. */
export class InstantRing {
  private slots = new Int32Array(64);
  private seqs = new Float64Array(64);
  private head = 0;
  private length = 0;

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Of the first timer. */
  get firstSeq(): number {
    return this.seqs[this.head]!;
  }

  push(seq: number, slot: number): void {
    if (this.length === this.slots.length) this.grow();
    const at = (this.head + this.length++) & (this.slots.length - 1);
    this.slots[at] = slot;
    this.seqs[at] = seq;
  }

  /** The slot of the first timer, taken out. */
  shift(): number {
    const slot = this.slots[this.head]!;
    this.head = (this.head + 1) & (this.slots.length - 1);
    this.length--;
    return slot;
  }

  private grow(): void {
    const { slots, seqs, head } = this;
    this.slots = new Int32Array(slots.length * 2);
    this.seqs = new Float64Array(slots.length * 2);
    const untilEnd = slots.length - head;
    this.slots.set(slots.subarray(head));
    this.slots.set(slots.subarray(0, head), untilEnd);
    this.seqs.set(seqs.subarray(head));
    this.seqs.set(seqs.subarray(0, head), untilEnd);
    this.head = 0;
  }
}
