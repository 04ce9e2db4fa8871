/**
 * Turns (seed, name) into words that start a stream of chance. Close seeds and close names give unrelated words: each word is
 * MurmurHash3 (Austin Appleby, public domain, 32-bit form) over the UTF-16 units of the name, begun at a different place.
 */

/** The finishing mix of MurmurHash3: each bit in changes each bit out with probability 1/2. */
function mix(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/** The word number `index` of the name under a seed from 0 to 2⁵³ − 1, as a signed 32-bit number. */
export function hashName(seed: number, name: string, index: number): number {
  const low = seed | 0;
  const high = Math.floor(seed / 0x100000000) | 0;
  let hash = mix(low + Math.imul(index + 1, 0x9e3779b9)) ^ mix(high ^ Math.imul(index + 1, 0x7f4a7c15));
  for (let at = 0; at < name.length; at++) {
    let block = Math.imul(name.charCodeAt(at), 0xcc9e2d51);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  return mix(hash ^ name.length);
}
