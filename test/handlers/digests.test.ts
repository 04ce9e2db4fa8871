/** SHA-256 and HMAC-SHA-256 against the examples of their standards, and against Node's own. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { createHash, createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { beginTurn, STEPS } from '../../src/handlers/handler-budget';
import { hmacOf, isHmacOf, sha256Of } from '../../src/handlers/digests';

beforeEach(() => beginTurn(10_000_000));

describe('SHA-256', () => {
  // NIST, "Examples with Intermediate Values" to FIPS 180-4, and the longest message of its Secure Hash Standard test page.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('of an example of FIPS 180-4', (text, digest) => {
    expect(sha256Of(text)).toBe(digest);
  });

  it('of a body is that of its canonical JSON', () => {
    expect(sha256Of({ b: 1, a: 'ü' })).toBe(createHash('sha256').update('{"a":"ü","b":1}').digest('hex'));
  });
});

describe('HMAC-SHA-256', () => {
  // RFC 4231 §4.2 to §4.8: key and data in hexadecimal; §4.6 shows the first 128 bits only.
  it.each([
    ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      '4a656665',
      '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [
      '0102030405060708090a0b0c0d0e0f10111213141516171819',
      'cd'.repeat(50),
      '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    ],
    ['0c'.repeat(20), '546573742057697468205472756e636174696f6e', 'a3b6167473100ee06e0c796c2955552b'],
    [
      'aa'.repeat(131),
      '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('of a test case of RFC 4231', (key, data, expected) => {
    expect(bytesToHex(hmac(sha256, hexToBytes(key), hexToBytes(data)))).toMatch(new RegExp(`^${expected}`));
  });

  it('of a text is the same for handlers', () => {
    expect(hmacOf('Jefe', 'what do ya want for nothing?')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('is what Node makes of the same octets', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, text, (key, data) => {
        expect(hmacOf(key, data)).toBe(createHmac('sha256', key).update(data).digest('hex'));
      }),
    );
  });

  it('verifies what it has signed, and nothing else', () => {
    const body = { id: 7, amount: 100 };
    const signature = hmacOf('key', body);
    expect(isHmacOf('key', { amount: 100, id: 7 }, signature)).toBe(true);
    expect(isHmacOf('key', { id: 7, amount: 101 }, signature)).toBe(false);
    expect(isHmacOf('other', body, signature)).toBe(false);
    expect(isHmacOf('key', body, signature.slice(0, 63))).toBe(false);
    expect(isHmacOf('key', body, undefined)).toBe(false);
    for (let at = 0; at < 64; at++) {
      const digit = signature[at] === '0' ? '1' : '0';
      expect(isHmacOf('key', body, signature.slice(0, at) + digit + signature.slice(at + 1))).toBe(false);
    }
  });

  it.each([undefined, '', 7, null])('refuses %s as a key', (key) => {
    expect(() => hmacOf(key, 'x')).toThrow(expect.objectContaining({ key: 'problem.cryptoKey' }));
  });
});

it('what is hashed costs a step for each character', () => {
  sha256Of('a'.repeat(5_000));
  expect(STEPS.used).toBe(5_000 + 64);
  beginTurn(1_000);
  expect(() => sha256Of('a'.repeat(5_000))).toThrow('more than 1000 steps');
});
