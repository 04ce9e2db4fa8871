/** What the hand-tuned loops share: a binary heap on typed arrays by (time, seq), and chance. As fast as this language goes. */
const CAPACITY = 1 << 20;
const times = new Float64Array(CAPACITY);
const seqs = new Float64Array(CAPACITY);
const kinds = new Uint8Array(CAPACITY);
const targets = new Int32Array(CAPACITY);
let size = 0;
let seq = 0;

/** The first event, after `next`. */
export const first = { time: 0, kind: 0, target: 0 };

export function plan(time: number, kind: number, target: number): void {
  let at = size++;
  const mine = seq++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const parentTime = times[parent]!;
    if (parentTime < time || (parentTime === time && seqs[parent]! < mine)) break;
    times[at] = parentTime;
    seqs[at] = seqs[parent]!;
    kinds[at] = kinds[parent]!;
    targets[at] = targets[parent]!;
    at = parent;
  }
  times[at] = time;
  seqs[at] = mine;
  kinds[at] = kind;
  targets[at] = target;
}

/** Takes the first event off; false when there is none. */
export function next(): boolean {
  if (size === 0) return false;
  first.time = times[0]!;
  first.kind = kinds[0]!;
  first.target = targets[0]!;
  const last = --size;
  const time = times[last]!;
  const mine = seqs[last]!;
  const firstLeaf = last >> 1;
  let at = 0;
  while (at < firstLeaf) {
    let child = 2 * at + 1;
    let childTime = times[child]!;
    const right = child + 1;
    if (right < last && (times[right]! < childTime || (times[right] === childTime && seqs[right]! < seqs[child]!))) {
      child = right;
      childTime = times[right]!;
    }
    if (time < childTime || (time === childTime && mine < seqs[child]!)) break;
    times[at] = childTime;
    seqs[at] = seqs[child]!;
    kinds[at] = kinds[child]!;
    targets[at] = targets[child]!;
    at = child;
  }
  times[at] = time;
  seqs[at] = mine;
  kinds[at] = kinds[last]!;
  targets[at] = targets[last]!;
  return true;
}

// sfc32 by Chris Doty-Humphrey (PractRand).
let [a, b, c, counter] = [1, 2, 3, 4];

export function uniform(): number {
  const word = (((a + b) | 0) + counter) | 0;
  counter = (counter + 1) | 0;
  a = b ^ (b >>> 9);
  b = (c + (c << 3)) | 0;
  c = (((c << 21) | (c >>> 11)) + word) | 0;
  return ((word >>> 0) + 0.5) / 0x100000000;
}

export function exponential(mean: number): number {
  return -Math.log(uniform()) * mean;
}

for (let round = 0; round < 20; round++) uniform();
