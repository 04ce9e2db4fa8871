/** Mean and variation of the distributions that a scenario can name. */
import type { Distribution } from '../model/distribution';

export interface Moments {
  readonly meanMicros: number;
  /** Variance over mean²: 0 for constant, 1 for exponential; infinite when the variance is. */
  readonly cvSquared: number;
}

/** Exact but for rounding to whole microseconds; a pareto's mean is infinite for α ≤ 1, its variance for α ≤ 2. */
export function momentsOf(distribution: Distribution): Moments {
  switch (distribution.kind) {
    case 'constant':
      return { meanMicros: distribution.micros, cvSquared: 0 };
    case 'uniform': {
      const { lowMicros, highMicros } = distribution;
      return fromVariance((lowMicros + highMicros) / 2, (highMicros - lowMicros) ** 2 / 12);
    }
    case 'exponential':
      return { meanMicros: distribution.meanMicros, cvSquared: 1 };
    case 'erlang':
      return { meanMicros: distribution.meanMicros, cvSquared: 1 / distribution.k };
    case 'hyperexponential':
      return { meanMicros: distribution.meanMicros, cvSquared: distribution.cv ** 2 };
    case 'normal':
      return cutNormal(distribution.meanMicros, distribution.sdMicros);
    case 'lognormal':
      return fromVariance(distribution.meanMicros, distribution.sdMicros ** 2);
    case 'pareto': {
      const { minMicros, alpha } = distribution;
      if (alpha <= 1) return { meanMicros: Infinity, cvSquared: Infinity };
      return { meanMicros: (alpha * minMicros) / (alpha - 1), cvSquared: alpha > 2 ? 1 / (alpha * (alpha - 2)) : Infinity };
    }
    case 'empirical': {
      const { valuesMicros } = distribution;
      const mean = valuesMicros.reduce((sum, value) => sum + value, 0) / valuesMicros.length;
      return fromVariance(mean, valuesMicros.reduce((sum, value) => sum + (value - mean) ** 2, 0) / valuesMicros.length);
    }
  }
}

function fromVariance(meanMicros: number, variance: number): Moments {
  return { meanMicros, cvSquared: meanMicros > 0 ? variance / meanMicros ** 2 : 0 };
}

/** A normal distribution of which only what is above 0 is kept, integrated by Simpson's rule over twelve deviations to each side. */
function cutNormal(mean: number, deviation: number): Moments {
  if (deviation === 0) return { meanMicros: mean, cvSquared: 0 };
  const from = Math.max(0, mean - 12 * deviation);
  const intervals = 4_000;
  const step = (mean + 12 * deviation - from) / intervals;
  let [mass, first, second] = [0, 0, 0];
  for (let at = 0; at <= intervals; at++) {
    const x = from + at * step;
    const weight = (at === 0 || at === intervals ? 1 : at % 2 === 1 ? 4 : 2) * Math.exp(-(((x - mean) / deviation) ** 2) / 2);
    mass += weight;
    first += weight * (x - mean);
    second += weight * (x - mean) ** 2;
  }
  const shift = first / mass;
  return fromVariance(mean + shift, second / mass - shift * shift);
}
