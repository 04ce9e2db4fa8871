/** SHA-256 (FIPS 180-4) and HMAC-SHA-256 (RFC 2104), as handlers use them. What they cost counts as steps of the handler. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, wellFormed } from './canonical-json';
import { chargeSteps } from './handler-budget';
import { HandlerError } from './handler-error';

/** Hexadecimal digits of a SHA-256 digest. */
const DIGITS = 64;
/** Octets of one block (FIPS 180-4 §5.2.1); hashing one takes about as long as this many loop turns. */
const BLOCK = 64;
/** Key pads and the outer hash of an HMAC: three blocks more than the text has. */
const HMAC_BLOCKS = 3;

/** A text is hashed as its UTF-8, anything else as its canonical JSON. 64 hexadecimal digits. */
export function sha256Of(value: unknown): string {
  return bytesToHex(sha256(octetsOf(value, 1)));
}

/** The HMAC of the same octets under the UTF-8 of a key. 64 hexadecimal digits. Throws HandlerError for a key that is no text or empty. */
export function hmacOf(key: unknown, value: unknown): string {
  if (typeof key !== 'string' || key === '') throw new HandlerError('problem.cryptoKey', {});
  chargeSteps(key.length);
  return bytesToHex(hmac(sha256, utf8ToBytes(wellFormed(key)), octetsOf(value, HMAC_BLOCKS)));
}

/**
 * Whether `given` is the HMAC of the value. It looks at every digit whatever it finds, as code outside a simulator must, where the time of a
 * comparison that stops early tells an attacker how much of a guess was right.
 */
export function isHmacOf(key: unknown, value: unknown, given: unknown): boolean {
  const right = hmacOf(key, value);
  if (typeof given !== 'string' || given.length !== DIGITS) return false;
  let difference = 0;
  for (let at = 0; at < DIGITS; at++) difference |= right.charCodeAt(at) ^ given.charCodeAt(at);
  return difference === 0;
}

function octetsOf(value: unknown, moreBlocks: number): Uint8Array {
  const text = typeof value === 'string' ? wellFormed(value) : canonicalJson(value);
  chargeSteps(text.length + moreBlocks * BLOCK);
  return utf8ToBytes(text);
}
