/**
 * A rolling digest of 64 bits, kept as two words that feed each other. It tells runs apart that differ anywhere; it is no defence
 * against somebody who wants two runs to look alike.
 */
export class Digest {
  one = 0x243f6a88 | 0;
  two = 0x85a308d3 | 0;

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
