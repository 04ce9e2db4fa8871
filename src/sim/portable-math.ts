/**
 * Logarithm, exponential and power that give the same bits in every engine. ECMA-262 leaves `Math.log`, `Math.exp` and `Math.pow` to
 * the implementation, and engines do differ in the last bit, which is enough to make two runs part. Here only + − × ÷ and square
 * root are used (IEEE 754 fixes their results; `Math.sqrt` may be used as it is), and bits are read through typed arrays.
 *
 * Ports of e_log.c, e_exp.c and e_pow.c of fdlibm, with this notice:
 *
 *   Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *   Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is preserved.
 */

const FLOAT = new Float64Array(1);
const WORDS = new Int32Array(FLOAT.buffer);
// Which half holds sign and exponent depends on the machine's byte order.
FLOAT[0] = 1;
const HIGH = WORDS[1] === 0x3ff00000 ? 1 : 0;
const LOW = 1 - HIGH;

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const TWO54 = 18014398509481984;

/** Natural logarithm; within 1 ulp. −Infinity at 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let exponent = 0;
  FLOAT[0] = x;
  if (WORDS[HIGH]! < 0x00100000) {
    exponent = -54;
    FLOAT[0] = x * TWO54;
  }
  let high = WORDS[HIGH]!;
  exponent += (high >> 20) - 1023;
  high &= 0x000fffff;
  // The mantissa is brought between √½ and √2.
  const carry = (high + 0x95f64) & 0x100000;
  WORDS[HIGH] = high | (carry ^ 0x3ff00000);
  exponent += carry >> 20;
  const f = FLOAT[0]! - 1;
  if ((0x000fffff & (2 + high)) < 3) {
    if (f === 0) return exponent * LN2_HIGH + exponent * LN2_LOW;
    const rest = f * f * (0.5 - 0.33333333333333333 * f);
    return exponent === 0 ? f - rest : exponent * LN2_HIGH - (rest - exponent * LN2_LOW - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd = z * (6.66666666666673513e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const rest = even + odd;
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const half = 0.5 * f * f;
    return exponent === 0 ? f - (half - s * (half + rest)) : exponent * LN2_HIGH - (half - (s * (half + rest) + exponent * LN2_LOW) - f);
  }
  return exponent === 0 ? f - s * (f - rest) : exponent * LN2_HIGH - (s * (f - rest) - exponent * LN2_LOW - f);
}

/** ln(1 + x), exact also where 1 + x loses the digits of x (W. Kahan's correction, HP-15C handbook); within 3 ulp for x > −½. */
export function ln1p(x: number): number {
  const sum = 1 + x;
  if (sum === 1) return x;
  return sum === Infinity ? sum : (ln(sum) * x) / (sum - 1);
}

// A polynomial for x·(eˣ + 1) / (eˣ − 1), used by both exp and pow.
const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;
const polynomial = (t: number): number => t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));

/** 2ⁿ for n from −1022 to 1023. */
function powerOfTwo(n: number): number {
  FLOAT[0] = 0;
  WORDS[HIGH] = (n + 1023) << 20;
  return FLOAT[0]!;
}

/** x · 2ⁿ, rounded once, for x near 1 and n from −1075 to 1024. */
function scale(x: number, n: number): number {
  if (n > 1023) return x * 2 * powerOfTwo(n - 1);
  if (n < -1022) return (x * powerOfTwo(n + 54)) / TWO54;
  return x * powerOfTwo(n);
}

/** The number with the lower half of its bits cleared, so that products of two such numbers are exact. */
function upperHalf(x: number): number {
  FLOAT[0] = x;
  WORDS[LOW] = 0;
  return FLOAT[0]!;
}

/** The nearest whole number, halves away from 0. */
function nearest(x: number): number {
  return Math.trunc(x < 0 ? x - 0.5 : x + 0.5);
}

/** eˣ; within 1 ulp. */
export function exp(x: number): number {
  if (!(x <= 709.782712893383973096)) return x > 0 ? Infinity : NaN;
  if (x < -745.13321910194110842) return 0;
  const size = Math.abs(x);
  if (size < 3.7252902984619140625e-9) return 1 + x;
  const n = size > 0.5 * LN2_HIGH ? nearest(x * 1.442695040888963387) : 0;
  const high = x - n * LN2_HIGH;
  const low = n * LN2_LOW;
  const rest = high - low;
  const c = rest - polynomial(rest * rest);
  if (n === 0) return 1 - ((rest * c) / (c - 2) - rest);
  return scale(1 - (low - (rest * c) / (2 - c) - high), n);
}

/** xʸ for x ≥ 0, as `Math.pow` has it; within 1 ulp. NaN for x below 0: nothing here needs the roots of unity. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (!(x >= 0) || y !== y) return NaN;
  if (x === 1) return y === Infinity || y === -Infinity ? NaN : 1;
  // Whatever is not 1 goes off the scale with an exponent above 2⁶⁴.
  if (x === 0 || x === Infinity || Math.abs(y) > 18446744073709551616) return x > 1 === y > 0 ? Infinity : 0;
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === 0.5) return Math.sqrt(x);

  // log₂ x as a sum of two doubles.
  let exponent = 0;
  FLOAT[0] = x;
  if (WORDS[HIGH]! < 0x00100000) {
    exponent = -54;
    FLOAT[0] = x * TWO54;
  }
  let high = WORDS[HIGH]!;
  exponent += (high >> 20) - 1023;
  const mantissa = high & 0x000fffff;
  high = mantissa | 0x3ff00000;
  let nearThreeHalves = false;
  if (mantissa >= 0xbb67a) {
    exponent++;
    high -= 0x00100000;
  } else nearThreeHalves = mantissa > 0x3988e;
  const base = nearThreeHalves ? 1.5 : 1;
  const baseLog2High = nearThreeHalves ? 5.84962487220764160156e-1 : 0;
  const baseLog2Low = nearThreeHalves ? 1.35003920212974897128e-8 : 0;
  WORDS[HIGH] = high;
  const ax = FLOAT[0]!;
  const u = ax - base;
  const v = 1 / (ax + base);
  const s = u * v;
  const sHigh = upperHalf(s);
  FLOAT[0] = 0;
  WORDS[HIGH] = ((high >> 1) | 0x20000000) + 0x00080000 + (nearThreeHalves ? 1 << 18 : 0);
  const sumHigh = FLOAT[0]!;
  const sumLow = ax - (sumHigh - base);
  const sLow = v * (u - sHigh * sumHigh - sHigh * sumLow);
  const s2 = s * s;
  const series =
    s2 *
      s2 *
      (5.99999999999994648725e-1 +
        s2 *
          (4.28571428578550184252e-1 +
            s2 *
              (3.33333329818377432918e-1 +
                s2 * (2.72728123808534006489e-1 + s2 * (2.30660745775561754067e-1 + s2 * 2.06975017800338417784e-1))))) +
    sLow * (sHigh + s);
  const sHigh2 = sHigh * sHigh;
  const factorHigh = upperHalf(3 + sHigh2 + series);
  const factorLow = series - (factorHigh - 3 - sHigh2);
  const productHigh = sHigh * factorHigh;
  const productLow = sLow * factorHigh + factorLow * s;
  const lnHigh = upperHalf(productHigh + productLow);
  const lnLow = productLow - (lnHigh - productHigh);
  const log2High = 9.61796700954437255859e-1 * lnHigh;
  const log2Low = -7.02846165095275826516e-9 * lnHigh + lnLow * 9.61796693925975554329e-1 + baseLog2Low;
  const t1 = upperHalf(log2High + log2Low + baseLog2High + exponent);
  const t2 = log2Low - (t1 - exponent - baseLog2High - log2High);

  // 2 to the power y · log₂ x, again as a sum of two doubles.
  const yHigh = upperHalf(y);
  const low = (y - yHigh) * t1 + y * t2;
  let upper = yHigh * t1;
  const z = low + upper;
  if (z > 1024 || (z === 1024 && low + 8.008566259537294437e-17 > z - upper)) return Infinity;
  if (z < -1075 || (z === -1075 && low <= z - upper)) return 0;
  const n = Math.abs(z) > 0.5 ? nearest(z) : 0;
  upper -= n;
  const t = upperHalf(low + upper);
  const w1 = t * 6.93147182464599609375e-1;
  const w2 = (low - (t - upper)) * 6.93147180559945286227e-1 - t * 1.90465429995776804525e-9;
  const w = w1 + w2;
  const correction = w2 - (w - w1);
  const c = w - polynomial(w * w);
  return scale(1 - ((w * c) / (c - 2) - (correction + w * correction) - w), n);
}
