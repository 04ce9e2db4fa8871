import { expect, it } from 'vitest';
import { HandlerError } from '../../src/handlers/handler-error';
import { HANDLER_MATH, power } from '../../src/handlers/handler-math';

type Call = (...numbers: unknown[]) => number;
const math = HANDLER_MATH as Readonly<Record<string, Call>>;

const NUMBERS = [0, -0, 1, -1, 2, -2, 3, 0.5, -0.5, 8, 27, 1000, -1000, 1e-7, 1e300, -27, Infinity, -Infinity, NaN];

it.each(['log', 'log2', 'log10', 'exp', 'cbrt', 'abs', 'sign', 'trunc'])('%s agrees with Math to the last few bits', (name) => {
  for (const x of NUMBERS) {
    const expected = (Math as unknown as Record<string, Call>)[name]!(x);
    const given = math[name]!(x);
    if (Number.isFinite(expected) && expected !== 0) expect(Math.abs(given / expected - 1)).toBeLessThan(1e-14);
    else expect(given).toBe(expected);
  }
});

it('gives whole logarithms of whole powers', () => {
  for (let exponent = 0; exponent <= 22; exponent++) expect(math['log10']!(Number(`1e${exponent}`))).toBe(exponent);
  for (let exponent = 0; exponent <= 53; exponent++) expect(math['log2']!(2 ** exponent)).toBe(exponent);
  for (let root = -50; root <= 50; root++) expect(math['cbrt']!(root * root * root)).toBe(root);
});

it('raises every base to every power as Math does', () => {
  for (const base of NUMBERS) {
    for (const exponent of NUMBERS) {
      const expected = base ** exponent;
      const given = power(base, exponent);
      if (Number.isFinite(expected) && expected !== 0) expect(Math.abs(Number(given) / expected - 1)).toBeLessThan(1e-13);
      else expect({ base, exponent, given }).toEqual({ base, exponent, given: expected });
    }
  }
});

it('raises bigints, within a limit of bits', () => {
  expect(power(3n, 40n)).toBe(3n ** 40n);
  expect(power(-1n, 1_000_001n)).toBe(-1n);
  expect(() => power(2n, 10_000_000n)).toThrow(RangeError);
  expect(() => power(2n, -1n)).toThrow(RangeError);
  expect(() => power(2n, 1)).toThrow(TypeError);
});

it('computes hypot without overflow', () => {
  expect(math['hypot']!(3, 4)).toBe(5);
  expect(math['hypot']!(3e300, 4e300)).toBeCloseTo(5e300, -290);
  expect(math['hypot']!()).toBe(0);
});

it('refuses what cannot be the same everywhere', () => {
  expect(() => math['random']!()).toThrow(HandlerError);
  expect(() => math['sin']!(1)).toThrow(HandlerError);
});
