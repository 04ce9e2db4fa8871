/** Canonical JSON against the examples of RFC 8785, and that it says the same of equal values. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/handlers/canonical-json';

it('writes the sample of RFC 8785 §3.2.2 as §3.2.3 does', () => {
  const sample = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000f\nA\'B"\\\\"/',
    literals: [null, true, false],
  };
  expect(canonicalJson(sample)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

it('sorts keys by UTF-16 code units, as §3.2.3 shows', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const sorted = Object.keys(JSON.parse(canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))) as object);
  // "1" looks like an index, which comes first when an object is read back.
  expect(sorted).toEqual(['1', '\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
});

// RFC 8785 appendix B.
it.each([
  [0, '0'],
  [-0, '0'],
  [5e-324, '5e-324'],
  [-5e-324, '-5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [9007199254740992, '9007199254740992'],
  [295147905179352830000, '295147905179352830000'],
  [9.999999999999997e22, '9.999999999999997e+22'],
  [1e23, '1e+23'],
  [999999999999999700000, '999999999999999700000'],
  [1e21, '1e+21'],
  [333333333.3333332, '333333333.3333332'],
  [9.999999999999997e-7, '9.999999999999997e-7'],
  [0.000001, '0.000001'],
  [-0.0000033333333333333333, '-0.0000033333333333333333'],
])('writes the number %s', (number, text) => {
  expect(canonicalJson(number)).toBe(text);
});

describe('any value', () => {
  const value = fc.jsonValue({ noUnicodeString: false });

  it('has a text that reads back as the same value, whatever the order of its keys', () => {
    const shuffled = (part: unknown): unknown => {
      if (Array.isArray(part)) return part.map(shuffled);
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(
        Object.entries(part)
          .reverse()
          .map(([key, inner]) => [key, shuffled(inner)]),
      );
    };
    fc.assert(
      fc.property(value, (given) => {
        const text = canonicalJson(given);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)));
        expect(canonicalJson(shuffled(given))).toBe(text);
      }),
    );
  });
});

it('leaves out what JSON has no name for', () => {
  expect(canonicalJson({ b: undefined, a: [undefined, 1] })).toBe('{"a":[null,1]}');
  expect(canonicalJson(undefined)).toBe('null');
});

it.each([[NaN], [Infinity], [7n], ['\ud800'], [{ '\udc00': 1 }]])('refuses %s, which has no exact text', (wrong) => {
  expect(() => canonicalJson([wrong])).toThrow(expect.objectContaining({ key: 'problem.canonical' }));
});
