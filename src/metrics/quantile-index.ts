/** Percentiles of stretches of a sequence. */
import { sortedInSteps } from './sorting';
import { rowsInSteps } from './steps';

/**
 * Any percentile of any stretch of a fixed sequence in about a microsecond: a wavelet matrix (Claude, Navarro and Ordóñez, The wavelet
 * matrix, Information Systems 47, 2015) over the ranks of the values. One bit and a bit for each value and binary digit of its rank.
 */
export class QuantileIndex {
  /** The parts are made by `quantileIndexInSteps`. `sorted`: the values, ascending; a rank is an index there, the lowest among equals. */
  constructor(
    private readonly sorted: Float64Array,
    private readonly levels: readonly Level[],
  ) {}

  /** The p-th percentile by the nearest rank, p from 0 to 1, of the values from index `from` up to, not including, `to`; null of none. */
  at(from: number, to: number, p: number): number | null {
    if (to <= from) return null;
    let [left, right, k, rank] = [from, to, Math.max(1, Math.ceil(p * (to - from))) - 1, 0];
    for (const level of this.levels) {
      const [onesLeft, onesRight] = [level.ones(left), level.ones(right)];
      const zeros = right - left - (onesRight - onesLeft);
      rank *= 2;
      if (k < zeros) [left, right] = [left - onesLeft, right - onesRight];
      else [left, right, k, rank] = [level.zeros + onesLeft, level.zeros + onesRight, k - zeros, rank + 1];
    }
    return this.sorted[rank]!;
  }

  /** How many of the values from index `from` up to, not including, `to` are less than a value. */
  countLess(from: number, to: number, value: number): number {
    const below = countBelow(this.sorted, value);
    if (below === this.sorted.length) return to - from;
    let [left, right, count] = [from, to, 0];
    for (const [at, level] of this.levels.entries()) {
      const [onesLeft, onesRight] = [level.ones(left), level.ones(right)];
      if ((below >>> (this.levels.length - 1 - at)) & 1) {
        count += right - left - (onesRight - onesLeft);
        [left, right] = [level.zeros + onesLeft, level.zeros + onesRight];
      } else [left, right] = [left - onesLeft, right - onesRight];
    }
    return count;
  }
}

/** With rests between its passes over the values. */
export function* quantileIndexInSteps(values: Float64Array): Generator<undefined, QuantileIndex> {
  const sorted = yield* sortedInSteps(values);
  let ranks: Uint32Array = new Uint32Array(values.length);
  yield* rowsInSteps(ranks.length, (from, to) => {
    for (let at = from; at < to; at++) ranks[at] = countBelow(sorted, values[at]!);
  });
  const levels: Level[] = [];
  for (let bit = 31 - Math.clz32(Math.max(1, sorted.length - 1)); bit >= 0; bit--) {
    const level = new Level(ranks, bit);
    yield;
    ranks = level.partition(ranks, bit);
    levels.push(level);
    yield;
  }
  return new QuantileIndex(sorted, levels);
}

/** One binary digit of every rank, in the order that the digits above have made. */
class Level {
  /** How many of the digits are 0. */
  readonly zeros: number;
  private readonly words: Uint32Array;
  private readonly onesBefore: Uint32Array;

  constructor(ranks: Uint32Array, bit: number) {
    const words = (ranks.length >> 5) + 1;
    this.words = new Uint32Array(words);
    this.onesBefore = new Uint32Array(words);
    for (let at = 0; at < ranks.length; at++) this.words[at >> 5]! |= ((ranks[at]! >>> bit) & 1) << (at & 31);
    for (let word = 1; word < words; word++) this.onesBefore[word] = this.onesBefore[word - 1]! + countOnes(this.words[word - 1]!);
    this.zeros = ranks.length - this.ones(ranks.length);
  }

  /** Ones before an index. */
  ones(index: number): number {
    const word = index >> 5;
    return this.onesBefore[word]! + countOnes(this.words[word]! & ((1 << (index & 31)) - 1));
  }

  /** Those with a 0 first, those with a 1 after, each in their old order. */
  partition(ranks: Uint32Array, bit: number): Uint32Array {
    const moved = new Uint32Array(ranks.length);
    let [zero, one] = [0, this.zeros];
    for (const rank of ranks) moved[(rank >>> bit) & 1 ? one++ : zero++] = rank;
    return moved;
  }
}

/** How many of the ascending values are less than one. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Ones in a 32-bit word (Warren, Hacker's Delight, 5-1). */
function countOnes(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
