/**
 * A rolling digest of 64 bits, kept as two words that feed each other. It tells runs apart that differ anywhere; it is no defence
 * against somebody who wants two runs to look alike.
 */
/**
 * The doubles to absorb next: here they are taken apart. Handed over like this they need no objects, as arguments mostly would; and an engine
 * knows where a fixed array is and how long, and needs not look.
 */
export const DOUBLES = new Float64Array(8);
/** Low and high word of each; every machine that runs this is little-endian. */
const WORDS = new Int32Array(DOUBLES.buffer);
/** For each double an odd factor of its own: twice an odd number plus one is odd again. */
const FACTORS = new Int32Array(DOUBLES.length);
for (let index = 0, factor = 0x9e3779b1; index < FACTORS.length; index++, factor = Math.imul(factor, 0x85ebca76) + 1)
  FACTORS[index] = factor;

export class Digest {
  private one = 0x243f6a88 | 0;
  private two = 0x85a308d3 | 0;

  /** A record of the trace: time and value in `DOUBLES`. Of the others it sees what their columns keep: ids 32 bits, place and detail 16, the kind 8. */
  absorbRecord(kind: number, place: number, request: number, subject: number, detail: number): void {
    // Odd factors keep every single difference; the two halves take different words and then feed each other.
    const left = (Math.imul(WORDS[0]!, 0x9e3779b1) + Math.imul(WORDS[2]!, 0x85ebca77) + Math.imul(request, 0xc2b2ae3d)) | 0;
    const right =
      (Math.imul(WORDS[1]!, 0x27d4eb2f) +
        Math.imul(WORDS[3]!, 0x165667b1) +
        Math.imul(subject, 0xd3a2646d) +
        Math.imul((place & 0xffff) | (detail << 16), 0xfd7046c5) +
        Math.imul(kind & 0xff, 0xb55a4f09)) |
      0;
    this.absorb(left, right);
  }

  /** The row of a request: its eight instants and durations in `DOUBLES`. */
  absorbRequest(request: number, client: number, outcome: number): void {
    let left = Math.imul(request, 0xc2b2ae3d);
    let right = Math.imul((client & 0xffff) | ((outcome & 0xff) << 16), 0xfd7046c5);
    for (let index = 0; index < FACTORS.length; index++) {
      left = (left + Math.imul(WORDS[2 * index]!, FACTORS[index]!)) | 0;
      right = (right + Math.imul(WORDS[2 * index + 1]!, FACTORS[index]!)) | 0;
    }
    this.absorb(left, right);
  }

  private absorb(left: number, right: number): void {
    const one = Math.imul(((this.one << 13) | (this.one >>> 19)) ^ left, 0xcc9e2d51) ^ right;
    this.two = (Math.imul(((this.two << 15) | (this.two >>> 17)) ^ right, 0x1b873593) + one) | 0;
    this.one = one;
  }

  /** 16 hexadecimal digits over everything absorbed, and over `counts` besides. */
  static toHex(digests: readonly Digest[], counts: readonly number[]): string {
    let one = 0x13198a2e | 0;
    let two = 0x03707344 | 0;
    const absorb = (left: number, right: number): void => {
      one = (Math.imul(((one << 13) | (one >>> 19)) ^ left, 0x9e3779b1) + two) | 0;
      two = (Math.imul(((two << 15) | (two >>> 17)) ^ right ^ (one >>> 16), 0x85ebca6b) + one) | 0;
    };
    for (const digest of digests) absorb(digest.one, digest.two);
    for (const count of counts) absorb(count | 0, Math.floor(count / 0x100000000));
    // The last words need rounds of their own to reach every bit.
    for (let round = 0; round < 4; round++) absorb(0, 0);
    return [one, two].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }
}
