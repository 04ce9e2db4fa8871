/**
 * Percentiles by the nearest rank: the p-th is the smallest value that at least the share p of all values do not exceed, so it is
 * always a value that occurred. Exact up to `EXACT_VALUES`; beyond that a histogram with 2,048 buckets an octave answers with the
 * lower bound of the bucket, at most 0.05 % too low.
 */

/** Values kept one by one: 8 MB. */
const EXACT_VALUES = 1_000_000;
/** Bits of the mantissa that tell buckets apart. */
const MANTISSA_BITS = 11;
/** Durations are whole microseconds below 2⁵³, so exponents run from 0 to 52; zero has bucket 0. */
const BUCKETS = (53 << MANTISSA_BITS) + 1;
const EXPONENT_BIAS = 1023;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

export class Percentiles {
  count = 0;
  private values = new Float64Array(1_024);
  private buckets: Uint32Array | undefined;

  constructor(private readonly exactValues: number = EXACT_VALUES) {}

  /** Takes in one value, a whole number from 0 to 2⁵³. */
  add(value: number): void {
    if (this.count === this.values.length && this.count < this.exactValues) this.grow();
    if (this.count < this.values.length) this.values[this.count] = value;
    else this.buckets ??= this.histogram();
    if (this.buckets) this.buckets[bucketOf(value)]!++;
    this.count++;
  }

  /** The p-th percentile, p from 0 to 1; null of nothing. */
  at(p: number): number | null {
    if (this.count === 0) return null;
    const rank = Math.max(1, Math.ceil(p * this.count));
    return this.buckets ? fromBuckets(this.buckets, rank) : select(this.values, this.count, rank - 1);
  }

  private grow(): void {
    const values = new Float64Array(Math.min(this.exactValues, this.values.length * 2));
    values.set(this.values);
    this.values = values;
  }

  private histogram(): Uint32Array {
    const buckets = new Uint32Array(BUCKETS);
    for (const value of this.values) buckets[bucketOf(value)]!++;
    return buckets;
  }
}

/** Reads exponent and leading mantissa from the value's own bits, which every engine stores alike. */
function bucketOf(value: number): number {
  if (value < 1) return 0;
  double[0] = value;
  return 1 + (words[highWord]! >>> (20 - MANTISSA_BITS)) - (EXPONENT_BIAS << MANTISSA_BITS);
}

function fromBuckets(buckets: Uint32Array, rank: number): number {
  let seen = 0;
  let bucket = 0;
  while (bucket < buckets.length - 1 && (seen += buckets[bucket]!) < rank) bucket++;
  if (bucket === 0) return 0;
  words[1 - highWord] = 0;
  words[highWord] = ((bucket - 1 + (EXPONENT_BIAS << MANTISSA_BITS)) << (20 - MANTISSA_BITS)) >>> 0;
  return double[0]!;
}

/** The value at an index of the sorted order (Hoare's quickselect, with the middle of three as pivot); reorders the values. */
function select(values: Float64Array, count: number, index: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const pivot = middleOfThree(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left > right) break;
      const swapped = values[left]!;
      values[left++] = values[right]!;
      values[right--] = swapped;
    }
    if (index <= right) high = right;
    else if (index >= left) low = left;
    else break;
  }
  return values[index]!;
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
