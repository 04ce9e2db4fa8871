/**
 * The ladder queue of Tang, Goh and Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete event
 * simulation", ACM TOMACS 15(3), 2005. Entries far away lie unsorted in `top`, nearer ones in rungs of ever finer buckets, and only
 * the nearest few are sorted, in `bottom`. The order out is exactly that of a heap, ties included: entries of one time always share
 * one bucket, and a bucket is sorted by (time, seq) before anything leaves it.
 */
import type { EventQueue } from './event-queue';

/** A bucket of at most this many entries is sorted at once instead of being split again. */
const SORTED_AT_ONCE = 48;
/** A bottom longer than this is turned back into a rung, or inserting into it would cost too much. */
const BOTTOM_MAX = SORTED_AT_ONCE * 4;
const RUNGS_MAX = 8;

class Rung {
  heads = new Int32Array(0);
  counts = new Int32Array(0);
  start = 0;
  bucketsPerTime = 0;
  /** Buckets before this one have been moved further down. */
  current = 0;
  buckets = 0;
  count = 0;

  reset(start: number, end: number, buckets: number): void {
    // One bucket more than asked for: the last time of all falls just behind the last bucket.
    this.buckets = buckets + 1;
    if (this.heads.length < this.buckets) {
      this.heads = new Int32Array(this.buckets * 2);
      this.counts = new Int32Array(this.buckets * 2);
    }
    this.heads.fill(-1, 0, this.buckets);
    this.counts.fill(0, 0, this.buckets);
    this.start = start;
    this.bucketsPerTime = buckets / (end - start);
    this.current = 0;
    this.count = 0;
  }

  /** The bucket of a time; −1 when the time lies before the buckets that are left. Never falls when time grows. */
  bucketOf(time: number): number {
    const bucket = Math.min(Math.floor((time - this.start) * this.bucketsPerTime), this.buckets - 1);
    return bucket >= this.current ? bucket : -1;
  }
}

export class LadderQueue implements EventQueue {
  private count = 0;
  // Entries are nodes of linked lists, found by their slot.
  private times = new Float64Array(4096);
  private seqs = new Float64Array(4096);
  private nexts = new Int32Array(4096);

  private topHead = -1;
  private topCount = 0;
  private topMin = Infinity;
  private topMax = -Infinity;
  /** Times above this one go to the top; all others belong to the rungs and the bottom. */
  private ceiling = -Infinity;

  private readonly rungs: Rung[] = Array.from({ length: RUNGS_MAX }, () => new Rung());
  private rungCount = 0;

  /** The sorted entries: slots from `bottomHead` up to `bottomTail`. */
  private bottom = new Int32Array(1024);
  private bottomHead = 0;
  private bottomTail = 0;

  get size(): number {
    return this.count;
  }

  push(time: number, seq: number, slot: number): void {
    if (slot >= this.times.length) this.grow(slot);
    this.times[slot] = time;
    this.seqs[slot] = seq;
    this.count++;
    if (time > this.ceiling) {
      this.nexts[slot] = this.topHead;
      this.topHead = slot;
      this.topCount++;
      if (time < this.topMin) this.topMin = time;
      if (time > this.topMax) this.topMax = time;
      return;
    }
    for (let index = 0; index < this.rungCount; index++) {
      const rung = this.rungs[index]!;
      const bucket = rung.bucketOf(time);
      if (bucket >= 0) return this.putInBucket(rung, bucket, slot);
    }
    if (this.bottomTail - this.bottomHead > BOTTOM_MAX && this.turnBottomIntoRung(time, slot)) return;
    this.insertIntoBottom(time, seq, slot);
  }

  pop(): number {
    if (this.bottomHead === this.bottomTail && !this.refillBottom()) return -1;
    this.count--;
    return this.bottom[this.bottomHead++]!;
  }

  peekTime(): number {
    if (this.bottomHead === this.bottomTail && !this.refillBottom()) return Infinity;
    return this.times[this.bottom[this.bottomHead]!]!;
  }

  peekSeq(): number {
    if (this.bottomHead === this.bottomTail && !this.refillBottom()) return -1;
    return this.seqs[this.bottom[this.bottomHead]!]!;
  }

  private putInBucket(rung: Rung, bucket: number, slot: number): void {
    this.nexts[slot] = rung.heads[bucket]!;
    rung.heads[bucket] = slot;
    rung.counts[bucket]!++;
    rung.count++;
  }

  /** Spreads a list over the buckets of a new finest rung. `min` is below `max`. */
  private addRung(head: number, count: number, min: number, max: number): Rung {
    const rung = this.rungs[this.rungCount++]!;
    rung.reset(min, max, Math.max(count, 4));
    for (let slot = head; slot >= 0;) {
      const next = this.nexts[slot]!;
      this.putInBucket(rung, rung.bucketOf(this.times[slot]!), slot);
      slot = next;
    }
    return rung;
  }

  /** Moves the nearest entries into the empty bottom, in order; false when there are none anywhere. */
  private refillBottom(): boolean {
    if (this.count === 0) return false;
    for (;;) {
      while (this.rungCount > 0 && this.rungs[this.rungCount - 1]!.count === 0) this.rungCount--;
      if (this.rungCount === 0) {
        const { topHead, topCount, topMin, topMax } = this;
        this.topHead = -1;
        this.topCount = 0;
        this.topMin = Infinity;
        this.topMax = -Infinity;
        this.ceiling = topMax;
        if (this.sortIfSmall(topHead, topCount, topMin, topMax)) return true;
      } else {
        const rung = this.rungs[this.rungCount - 1]!;
        while (rung.counts[rung.current] === 0) rung.current++;
        const bucket = rung.current++;
        const head = rung.heads[bucket]!;
        const count = rung.counts[bucket]!;
        rung.count -= count;
        let min = Infinity;
        let max = -Infinity;
        for (let slot = head; slot >= 0; slot = this.nexts[slot]!) {
          const time = this.times[slot]!;
          if (time < min) min = time;
          if (time > max) max = time;
        }
        if (this.sortIfSmall(head, count, min, max)) return true;
      }
    }
  }

  /** Sorts a list into the bottom when it is short or cannot be split; otherwise makes it a rung and returns false. */
  private sortIfSmall(head: number, count: number, min: number, max: number): boolean {
    if (count > SORTED_AT_ONCE && min < max && this.rungCount < RUNGS_MAX) {
      this.addRung(head, count, min, max);
      return false;
    }
    if (count > this.bottom.length) this.bottom = new Int32Array(count * 2);
    const { bottom, times, seqs, nexts } = this;
    this.bottomHead = 0;
    this.bottomTail = count;
    // Lists run from the newest entry to the oldest; filling backwards leaves entries of one time nearly sorted already.
    let at = count;
    for (let slot = head; slot >= 0; slot = nexts[slot]!) bottom[--at] = slot;
    if (count > SORTED_AT_ONCE) {
      bottom.subarray(0, count).sort((left, right) => times[left]! - times[right]! || seqs[left]! - seqs[right]!);
      return true;
    }
    for (let next = 1; next < count; next++) {
      const slot = bottom[next]!;
      this.placeBackwards(next, 0, times[slot]!, seqs[slot]!, slot);
    }
    return true;
  }

  /** Shifts later entries up until `slot` fits, from position `at` and not below `lowest`. */
  private placeBackwards(at: number, lowest: number, time: number, seq: number, slot: number): void {
    const { bottom, times, seqs } = this;
    while (at > lowest) {
      const before = bottom[at - 1]!;
      const beforeTime = times[before]!;
      if (beforeTime < time || (beforeTime === time && seqs[before]! < seq)) break;
      bottom[at--] = before;
    }
    bottom[at] = slot;
  }

  private insertIntoBottom(time: number, seq: number, slot: number): void {
    if (this.bottomTail === this.bottom.length) {
      if (this.bottomHead > this.bottom.length >> 1) {
        this.bottom.copyWithin(0, this.bottomHead, this.bottomTail);
        this.bottomTail -= this.bottomHead;
        this.bottomHead = 0;
      } else {
        const longer = new Int32Array(this.bottom.length * 2);
        longer.set(this.bottom);
        this.bottom = longer;
      }
    }
    this.placeBackwards(this.bottomTail++, this.bottomHead, time, seq, slot);
  }

  /** False when the bottom cannot be split: all of one time, or no rung is left. */
  private turnBottomIntoRung(time: number, slot: number): boolean {
    const { bottom, times, nexts, bottomHead, bottomTail } = this;
    const min = Math.min(time, times[bottom[bottomHead]!]!);
    const max = Math.max(time, times[bottom[bottomTail - 1]!]!);
    if (min === max || this.rungCount === RUNGS_MAX) return false;
    let head = -1;
    for (let at = bottomHead; at < bottomTail; at++) {
      const entry = bottom[at]!;
      nexts[entry] = head;
      head = entry;
    }
    nexts[slot] = head;
    this.bottomHead = 0;
    this.bottomTail = 0;
    this.addRung(slot, bottomTail - bottomHead + 1, min, max);
    return true;
  }

  private grow(slot: number): void {
    let capacity = this.times.length;
    while (capacity <= slot) capacity *= 2;
    const { times, seqs, nexts } = this;
    this.times = new Float64Array(capacity);
    this.times.set(times);
    this.seqs = new Float64Array(capacity);
    this.seqs.set(seqs);
    this.nexts = new Int32Array(capacity);
    this.nexts.set(nexts);
  }
}
