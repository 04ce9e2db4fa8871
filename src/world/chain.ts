/**
 * The chain of causes behind something that happens: how the time since its request started was spent. Every message and every pending
 * operation carries the chain that led to it; whoever goes on because of it goes on with its chain. So at the end of a request the four parts
 * belong to the branch that ended last, and add up to T exactly.
 */
import type { Micros } from '../model/time';

export type Part = 'tr' | 'td' | 'ts' | 'tp';

/** The same number. Below 2³¹ (35 minutes) the engine then keeps it in the object itself, which halves what a copy costs. */
function asSmall(micros: Micros): Micros {
  const small = micros | 0;
  return small === micros ? small : micros;
}

export class Chain {
  constructor(
    /** The instant up to which the parts are counted. */
    public at: Micros,
    public tr: Micros = 0,
    public td: Micros = 0,
    public ts: Micros = 0,
    public tp: Micros = 0,
  ) {}

  /** Books the time from `at` until now on one part. */
  spend(part: Part, now: Micros): void {
    const spent = now - this.at;
    if (spent === 0) return;
    this.at = now;
    // Not `this[part]`: a computed name costs a search each time.
    switch (part) {
      case 'tr':
        this.tr = asSmall(this.tr + spent);
        return;
      case 'td':
        this.td = asSmall(this.td + spent);
        return;
      case 'ts':
        this.ts = asSmall(this.ts + spent);
        return;
      case 'tp':
        this.tp = asSmall(this.tp + spent);
    }
  }

  /** Takes over another chain's history. */
  follow(other: Chain): void {
    this.tr = other.tr;
    this.td = other.td;
    this.ts = other.ts;
    this.tp = other.tp;
    this.at = other.at;
  }

  copy(): Chain {
    return new Chain(this.at, this.tr, this.td, this.ts, this.tp);
  }
}
