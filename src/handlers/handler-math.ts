/**
 * The `Math` that handlers see: only functions that give the same bits in every engine. The rest throws a HandlerError, and `restrict`
 * refuses it already in the source where it is written plainly.
 */
import { exp, ln, pow as powOfPositive } from '../sim/portable-math';
import { HandlerError } from './handler-error';

/** `Math.pow` for every base: below 0 only whole exponents have an answer, and odd ones keep the sign. */
function pow(base: number, exponent: number): number {
  const negative = base < 0 || (base === 0 && 1 / base < 0);
  if (!negative) return powOfPositive(base, exponent);
  if (exponent !== Math.trunc(exponent) && base !== 0 && base !== -Infinity) return NaN;
  const size = powOfPositive(-base, exponent);
  return Math.abs(exponent % 2) === 1 ? -size : size;
}

/** Where the plain quotient misses a whole power by a rounding, the whole number is the logarithm. */
function logarithm(x: number, base: number, lnBase: number): number {
  const quotient = ln(x) / lnBase;
  const whole = Math.round(quotient);
  return Math.abs(quotient - whole) < 1e-9 && pow(base, whole) === x ? whole : quotient;
}

/** A third is no whole double, so the power is one step of Newton's away from the root. */
function cbrt(x: number): number {
  if (x === 0 || x !== x || Math.abs(x) === Infinity) return x;
  const rough = Math.sign(x) * powOfPositive(Math.abs(x), 1 / 3);
  const root = rough - (rough - x / (rough * rough)) / 3;
  const whole = Math.round(root);
  return whole * whole * whole === x ? whole : root;
}

/** Scaled by the largest, so that squares neither overflow nor vanish. */
function hypot(...values: number[]): number {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest === 0 || largest === Infinity || largest !== largest) return largest;
  let sum = 0;
  for (const value of values) sum += (value / largest) * (value / largest);
  return largest * Math.sqrt(sum);
}

export const PORTABLE_MATH: Readonly<Record<string, unknown>> = Object.freeze({
  ...{
    E: Math.E,
    LN10: Math.LN10,
    LN2: Math.LN2,
    LOG10E: Math.LOG10E,
    LOG2E: Math.LOG2E,
    PI: Math.PI,
    SQRT1_2: Math.SQRT1_2,
    SQRT2: Math.SQRT2,
  },
  ...{
    abs: Math.abs,
    ceil: Math.ceil,
    clz32: Math.clz32,
    floor: Math.floor,
    fround: Math.fround,
    imul: Math.imul,
    max: Math.max,
    min: Math.min,
  },
  ...{ round: Math.round, sign: Math.sign, sqrt: Math.sqrt, trunc: Math.trunc },
  log: (x: unknown) => ln(Number(x)),
  log2: (x: unknown) => logarithm(Number(x), 2, Math.LN2),
  log10: (x: unknown) => logarithm(Number(x), 10, Math.LN10),
  exp: (x: unknown) => exp(Number(x)),
  pow: (base: unknown, exponent: unknown) => pow(Number(base), Number(exponent)),
  cbrt: (x: unknown) => cbrt(Number(x)),
  hypot: (...values: unknown[]) => hypot(...values.map(Number)),
});

const MISSING = [
  'random',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'log1p',
  'expm1',
];

/** With a refusal in the place of each missing function, for code that reaches it by a way `restrict` does not see. */
export const HANDLER_MATH: Readonly<Record<string, unknown>> = Object.freeze({
  ...PORTABLE_MATH,
  ...Object.fromEntries(
    MISSING.map((name) => [
      name,
      () => {
        throw new HandlerError('problem.codeUnavailable', { name: `Math.${name}` });
      },
    ]),
  ),
});

const MOST_BITS = 100_000;

/** The operator `**` of lowered code, for numbers and for bigints. */
export function power(base: unknown, exponent: unknown): number | bigint {
  const left = numeric(base);
  const right = numeric(exponent);
  if (typeof left === 'bigint' && typeof right === 'bigint') return bigPower(left, right);
  if (typeof left === 'bigint' || typeof right === 'bigint')
    throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
  return pow(left, right);
}

function numeric(value: unknown): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'object' && value !== null && typeof value.valueOf() === 'bigint' ? (value.valueOf() as bigint) : Number(value);
}

function bigPower(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) throw new RangeError('Exponent must be non-negative');
  if (base === 0n || base === 1n) return exponent === 0n ? 1n : base;
  if (base === -1n) return exponent % 2n === 0n ? 1n : -1n;
  if (exponent * BigInt(base.toString(16).length * 4) > MOST_BITS) throw new RangeError('Maximum BigInt size exceeded');
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square *= square) if (left & 1n) result *= square;
  return result;
}
