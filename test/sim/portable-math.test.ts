import { describe, expect, it } from 'vitest';
import { exp, ln, ln1p, pow } from '../../src/sim/portable-math';
import { Streams } from '../../src/sim/streams';

const bits = new BigInt64Array(1);
const float = new Float64Array(bits.buffer);

/** How many doubles lie between two positive or two negative numbers. */
function ulps(one: number, other: number): number {
  if (Object.is(one, other) || one === other) return 0;
  const [left, right] = [one, other].map((x) => {
    float[0] = x;
    return bits[0]! < 0n ? -(bits[0]! & 0x7fffffffffffffffn) : bits[0]!;
  });
  return Math.abs(Number(left! - right!));
}

const chance = new Streams(11).stream('portable-math');
const between = (low: number, high: number): number => low + (high - low) * chance.uniform();
/** A double with random bits: positive, of any size, subnormal ones included. */
const anySize = (): number => {
  float[0] = 0;
  bits[0] = (BigInt(chance.nextUint32() >>> 1) << 32n) | BigInt(chance.nextUint32());
  return float[0];
};
const many = (draw: () => number): number[] => Array.from({ length: 50_000 }, draw);
const worst = (inputs: readonly number[], own: (x: number) => number, native: (x: number) => number): number =>
  inputs.reduce((most, x) => Math.max(most, ulps(own(x), native(x))), 0);

describe('ln', () => {
  it('is within 1 ulp over (0, 1), around 1, and over all doubles', () => {
    expect(
      worst(
        many(() => chance.uniform()),
        ln,
        Math.log,
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        many(() => between(0.999999, 1.000001)),
        ln,
        Math.log,
      ),
    ).toBeLessThanOrEqual(1);
    expect(worst(many(anySize).filter(Number.isFinite), ln, Math.log)).toBeLessThanOrEqual(1);
  });

  it('has the special values of the standard', () => {
    expect([0, -0, 1, Infinity, -1, NaN, Number.MIN_VALUE].map(ln)).toEqual([
      -Infinity,
      -Infinity,
      0,
      Infinity,
      NaN,
      NaN,
      -744.4400719213812,
    ]);
  });
});

describe('ln1p', () => {
  it('is within 3 ulp, for tiny arguments too', () => {
    expect(
      worst(
        many(() => between(-0.5, 2)),
        ln1p,
        Math.log1p,
      ),
    ).toBeLessThanOrEqual(3);
    expect(
      worst(
        many(() => chance.uniform() * 1e-9),
        ln1p,
        Math.log1p,
      ),
    ).toBeLessThanOrEqual(3);
    expect([0, 1e-30, Infinity, -1].map(ln1p)).toEqual([0, 1e-30, Infinity, -Infinity]);
  });
});

describe('exp', () => {
  it('is within 1 ulp over its whole range, subnormal results included', () => {
    expect(
      worst(
        many(() => between(-745, 709.7)),
        exp,
        Math.exp,
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        many(() => between(-1, 1)),
        exp,
        Math.exp,
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        many(() => between(-1e-8, 1e-8)),
        exp,
        Math.exp,
      ),
    ).toBeLessThanOrEqual(1);
  });

  it('has the special values of the standard', () => {
    expect([0, -0, Infinity, -Infinity, NaN, 710, -746].map(exp)).toEqual([1, 1, Infinity, 0, NaN, Infinity, 0]);
    expect(exp(709.782712893384)).toBe(Math.exp(709.782712893384));
  });
});

describe('pow', () => {
  it('is within 1 ulp, for powers of any size', () => {
    const bases = many(() => between(0, 10));
    expect(
      worst(
        bases,
        (x) => pow(x, 0.37),
        (x) => Math.pow(x, 0.37),
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        bases,
        (x) => pow(x, -7.1),
        (x) => Math.pow(x, -7.1),
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        many(() => between(-80, 80)),
        (y) => pow(1.5, y),
        (y) => Math.pow(1.5, y),
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        many(() => between(-1070, 1020)),
        (y) => pow(2, y),
        (y) => Math.pow(2, y),
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        many(() => between(0.9999999, 1.0000001)),
        (x) => pow(x, 1e9),
        (x) => Math.pow(x, 1e9),
      ),
    ).toBeLessThanOrEqual(1);
    expect(
      worst(
        many(anySize).filter(Number.isFinite),
        (x) => pow(x, 0.9),
        (x) => Math.pow(x, 0.9),
      ),
    ).toBeLessThanOrEqual(1);
  });

  it('is exact for powers of two and small whole powers', () => {
    for (let n = -1074; n <= 1023; n++) expect(pow(2, n), `2^${n}`).toBe(2 ** n);
    expect([pow(10, 15), pow(3, 20), pow(7, 2), pow(9, 0.5), pow(5, 1)]).toEqual([1e15, 3486784401, 49, 3, 5]);
  });

  it('has the special values of the standard for bases from 0 on', () => {
    const values = [0, 0.5, 1, 2, Infinity, NaN];
    for (const x of values)
      for (const y of [...values, -1, -3.5, -Infinity, 1e300, -1e300]) expect(pow(x, y), `${x}^${y}`).toBe(Math.pow(x, y));
    expect(pow(-8, 3)).toBeNaN();
  });
});

describe('bits', () => {
  /** FNV over the bits of a million results; the inputs are those of the study that compared five engines. */
  const digest = (own: (x: number) => number): string => {
    let [a, b, c, d] = [1, 2, 3, 4];
    let hash = 0x811c9dc5 | 0;
    const words = new Int32Array(float.buffer);
    for (let index = 0; index < 1_000_000; index++) {
      const word = (((a + b) | 0) + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + word) | 0;
      float[0] = own(((word >>> 0) + 0.5) / 2 ** 32);
      hash = Math.imul(Math.imul(hash ^ words[0]!, 0x01000193) ^ words[1]!, 0x01000193);
    }
    return (hash >>> 0).toString(16);
  };

  it('of ln are those measured in Node, Firefox, SpiderMonkey, Chromium and JavaScriptCore', () => {
    expect(digest(ln)).toBe('6bfb91c9');
  });

  it('of exp are those of fdlibm, and those of pow stay as they are', () => {
    expect(digest((x) => exp(-8 * x))).toBe('ea17490a');
    expect(digest((x) => pow(x, 0.37))).toMatchInlineSnapshot(`"af2673f6"`);
  });
});
