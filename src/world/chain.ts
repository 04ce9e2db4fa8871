/**
 * The chain of causes behind something that happens: how the time since its request started was spent. Every message and every pending
 * operation carries the chain that led to it; whoever goes on because of it goes on with its chain. So at the end of a request the four parts
 * belong to the branch that ended last, and add up to T exactly.
 */
import type { Micros } from '../model/time';

export type Part = 'tr' | 'td' | 'ts' | 'tp';

export class Chain {
  tr = 0;
  td = 0;
  ts = 0;
  tp = 0;

  /** `at`: the instant up to which the parts are counted. */
  constructor(public at: Micros) {}

  /** Books the time from `at` until now on one part. */
  spend(part: Part, now: Micros): void {
    this[part] += now - this.at;
    this.at = now;
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
    const copy = new Chain(this.at);
    copy.follow(this);
    return copy;
  }
}
