/**
 * Draws from the distributions of `model`, as whole microseconds from 0 to the longest delay. All of them need only + − × ÷, square
 * root and the portable `ln` and `exp`, so a seed gives the same durations in every engine.
 */
import type { Distribution } from '../model/distribution';
import { LIMITS } from '../model/limits';
import { SECOND, type Micros } from '../model/time';
import { standardExponential } from './exponential';
import { exp, ln, ln1p } from './portable-math';
import type { RandomSource } from './streams';

export type Sampler = (source: RandomSource) => Micros;

/** Rounded to the nearest whole µs. This shifts the mean of a smooth density by less than 0.05 % from a mean of 10 µs on. */
function toMicros(micros: number): Micros {
  return micros < LIMITS.delayMicros ? Math.round(micros) : LIMITS.delayMicros;
}

/** Standard normal by Marsaglia's polar method (1964); the second value of each pair is dropped, so that a draw has no memory. */
function standardNormal(source: RandomSource): number {
  for (;;) {
    const x = 2 * source.uniform() - 1;
    const y = 2 * source.uniform() - 1;
    const square = x * x + y * y;
    if (square < 1 && square > 0) return x * Math.sqrt((-2 * ln(square)) / square);
  }
}

/** A function that draws from the distribution. The distribution has been read by `model`, so its parameters are in range. */
export function makeSampler(distribution: Distribution): Sampler {
  switch (distribution.kind) {
    case 'constant': {
      const micros = toMicros(distribution.micros);
      return () => micros;
    }
    case 'uniform': {
      // Each whole µs from low to high is equally likely, both ends included.
      const { lowMicros, highMicros } = distribution;
      const values = highMicros - lowMicros + 1;
      return (source) => toMicros(lowMicros + Math.floor(source.uniform() * values));
    }
    case 'exponential': {
      const { meanMicros } = distribution;
      return (source) => toMicros(standardExponential(source) * meanMicros);
    }
    case 'erlang': {
      const { k } = distribution;
      const phaseMicros = distribution.meanMicros / k;
      return (source) => {
        let sum = 0;
        for (let phase = 0; phase < k; phase++) sum += standardExponential(source);
        return toMicros(sum * phaseMicros);
      };
    }
    case 'hyperexponential':
      return hyperexponential(distribution.meanMicros, distribution.cv);
    case 'normal': {
      const { meanMicros, sdMicros } = distribution;
      return (source) => {
        // The mean is not below 0, so at least every second draw is kept.
        let micros = meanMicros + sdMicros * standardNormal(source);
        while (micros < 0) micros = meanMicros + sdMicros * standardNormal(source);
        return toMicros(micros);
      };
    }
    case 'lognormal':
      return lognormal(distribution.meanMicros, distribution.sdMicros);
    case 'pareto': {
      // ln(X / min) is exponential with mean 1 / α.
      const { minMicros, alpha } = distribution;
      return (source) => toMicros(minMicros * exp(standardExponential(source) / alpha));
    }
    case 'empirical': {
      const values = Float64Array.from(distribution.valuesMicros, toMicros);
      return (source) => values[Math.floor(source.uniform() * values.length)]!;
    }
  }
}

/** Two phases, each of which carries half of the mean: p₁/μ₁ = p₂/μ₂ (W. Whitt 1982, "balanced means"). */
function hyperexponential(meanMicros: Micros, cv: number): Sampler {
  const square = cv * cv;
  const often = (1 + Math.sqrt((square - 1) / (square + 1))) / 2;
  const shortMicros = meanMicros / (2 * often);
  // 1 − often would lose digits when cv is large.
  const seldom = 1 / ((square + 1) * 2 * often);
  const longMicros = meanMicros / (2 * seldom);
  return (source) => toMicros((source.uniform() < often ? shortMicros : longMicros) * standardExponential(source));
}

/** `meanMicros` and `sdMicros` are those of the duration itself, not of its logarithm. */
function lognormal(meanMicros: Micros, sdMicros: Micros): Sampler {
  if (meanMicros === 0) return () => 0;
  const ratio = sdMicros / meanMicros;
  const variance = ln1p(ratio * ratio);
  const median = meanMicros * exp(-variance / 2);
  const sd = Math.sqrt(variance);
  return (source) => toMicros(median * exp(sd * standardNormal(source)));
}

/** Below this mean, rounding to the nearest µs would change the rate noticeably (by 4 % at a mean of 1 µs). */
const SHORT_GAP: Micros = 50;

/**
 * The gap to the next arrival of a Poisson process, in whole µs. `perSecond` is above 0 and at most `LIMITS.ratePerSecond`. Short
 * gaps are rounded up or down by chance, so that the rate is exact in the mean; then a draw takes one word more.
 */
export function sampleArrivalGap(perSecond: number, source: RandomSource): Micros {
  const meanMicros = SECOND / perSecond;
  const gap = standardExponential(source) * meanMicros;
  return meanMicros < SHORT_GAP ? Math.floor(gap + source.uniform()) : toMicros(gap);
}
