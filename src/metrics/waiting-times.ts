/** Who waits since when: what the check of Little's law must know without trusting the durations in the trace. */
import type { Micros } from '../model/time';

/** The instants at which those who wait joined, in the order of joining. A ring that grows: joining and leaving cost the same at any length. */
export class JoinTimes {
  private ring = new Float64Array(16);
  private head = 0;
  length = 0;

  push(micros: Micros): void {
    if (this.length === this.ring.length) this.grow();
    this.ring[(this.head + this.length++) & (this.ring.length - 1)] = micros;
  }

  /** The instant of the one who joined first. Must not be empty. */
  shift(): Micros {
    const micros = this.ring[this.head]!;
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.length--;
    return micros;
  }

  /** The instant of the one who joined last. Must not be empty. */
  pop(): Micros {
    return this.ring[(this.head + --this.length) & (this.ring.length - 1)]!;
  }

  /** Σ (end − joined) over all who still wait. */
  sumUntil(endMicros: Micros): number {
    let sum = 0;
    for (let at = 0; at < this.length; at++) sum += endMicros - this.ring[(this.head + at) & (this.ring.length - 1)]!;
    return sum;
  }

  private grow(): void {
    const ring = new Float64Array(this.ring.length * 2);
    for (let at = 0; at < this.length; at++) ring[at] = this.ring[(this.head + at) & (this.ring.length - 1)]!;
    this.ring = ring;
    this.head = 0;
  }
}

const EMPTY = 0;
/** The instant and the tag of a message that is not there. */
export const ABSENT = -1;

/**
 * The instants at which the messages present were stored, and a tag of each, by message id (a positive whole number). Open addressing with linear
 * probing; a removal moves later entries back (Knuth, The Art of Computer Programming 3, 6.4, algorithm R), so nothing piles up.
 */
export class StoredMessages {
  private keys = new Int32Array(64);
  private times = new Float64Array(64);
  private tags = new Float64Array(64);
  length = 0;

  /** False when the message is already there. */
  add(id: number, micros: Micros): boolean {
    if (this.length * 2 >= this.keys.length) this.grow();
    const slot = this.slotOf(id);
    if (this.keys[slot] === id) return false;
    this.keys[slot] = id;
    this.times[slot] = micros;
    this.length++;
    return true;
  }

  tagOf(id: number): number {
    const slot = this.slotOf(id);
    return this.keys[slot] === EMPTY ? ABSENT : this.tags[slot]!;
  }

  /** The message must be there; a tag is not negative. */
  setTag(id: number, tag: number): void {
    this.tags[this.slotOf(id)] = tag;
  }

  /** Takes a message out and says when it was stored; −1 when it is not there. */
  remove(id: number): Micros {
    const { keys, times, tags } = this;
    const mask = keys.length - 1;
    let hole = this.slotOf(id);
    if (keys[hole] === EMPTY) return ABSENT;
    const micros = times[hole]!;
    for (let slot = (hole + 1) & mask; keys[slot] !== EMPTY; slot = (slot + 1) & mask) {
      const home = hash(keys[slot]!) & mask;
      if (((slot - home) & mask) < ((slot - hole) & mask)) continue;
      keys[hole] = keys[slot]!;
      times[hole] = times[slot]!;
      tags[hole] = tags[slot]!;
      hole = slot;
    }
    keys[hole] = EMPTY;
    this.length--;
    return micros;
  }

  /** Σ (end − stored) over all who are present. */
  sumUntil(endMicros: Micros): number {
    let sum = 0;
    for (let slot = 0; slot < this.keys.length; slot++) if (this.keys[slot] !== EMPTY) sum += endMicros - this.times[slot]!;
    return sum;
  }

  /** Where the id is, or would be. */
  private slotOf(id: number): number {
    const mask = this.keys.length - 1;
    let slot = hash(id) & mask;
    while (this.keys[slot] !== EMPTY && this.keys[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { keys, times, tags } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.times = new Float64Array(keys.length * 2);
    this.tags = new Float64Array(keys.length * 2);
    for (let old = 0; old < keys.length; old++) {
      if (keys[old] === EMPTY) continue;
      const slot = this.slotOf(keys[old]!);
      this.keys[slot] = keys[old]!;
      this.times[slot] = times[old]!;
      this.tags[slot] = tags[old]!;
    }
  }
}

/** Multiplication by 2³² over the golden ratio spreads consecutive ids. */
function hash(id: number): number {
  return Math.imul(id, 0x9e3779b9) >>> 7;
}
