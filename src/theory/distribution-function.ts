/** Distribution functions F(x) = P(X ≤ x) of the distributions that a scenario can name, for pictures of them. They never feed a run. */
import type { Distribution } from '../model/distribution';
import type { Micros } from '../model/time';

/** P(X ≤ micros). A normal is cut at 0: what lies below is drawn again. */
export function distributionFunction(distribution: Distribution): (micros: Micros) => number {
  switch (distribution.kind) {
    case 'constant':
      return (x) => (x >= distribution.micros ? 1 : 0);
    case 'uniform': {
      const { lowMicros: low, highMicros: high } = distribution;
      return (x) => (high > low ? Math.min(1, Math.max(0, (x - low) / (high - low))) : x >= low ? 1 : 0);
    }
    case 'exponential':
      return (x) => exponential(x, distribution.meanMicros);
    case 'erlang':
      return (x) => erlang(x, distribution.meanMicros / distribution.k, distribution.k);
    case 'hyperexponential': {
      const { meanMicros: mean, cv } = distribution;
      const first = (1 + Math.sqrt((cv ** 2 - 1) / (cv ** 2 + 1))) / 2;
      return (x) => first * exponential(x, mean / (2 * first)) + (1 - first) * exponential(x, mean / (2 * (1 - first)));
    }
    case 'normal': {
      const { meanMicros: mean, sdMicros: sd } = distribution;
      if (sd === 0) return (x) => (x >= mean ? 1 : 0);
      const below = standardNormal(-mean / sd);
      return (x) => (x <= 0 ? 0 : (standardNormal((x - mean) / sd) - below) / (1 - below));
    }
    case 'lognormal': {
      const { meanMicros: mean, sdMicros: sd } = distribution;
      if (sd === 0 || mean === 0) return (x) => (x >= mean ? 1 : 0);
      const variance = Math.log1p((sd / mean) ** 2);
      const middle = Math.log(mean) - variance / 2;
      return (x) => (x <= 0 ? 0 : standardNormal((Math.log(x) - middle) / Math.sqrt(variance)));
    }
    case 'pareto':
      return (x) => (x < distribution.minMicros ? 0 : 1 - (distribution.minMicros / x) ** distribution.alpha);
    case 'empirical': {
      const { valuesMicros } = distribution;
      return (x) => valuesMicros.filter((value) => value <= x).length / valuesMicros.length;
    }
  }
}

/** The smallest whole microsecond with P(X ≤ x) ≥ share, up to `most`. */
export function quantile(cumulative: (micros: Micros) => number, share: number, most: Micros): Micros {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cumulative(middle) >= share) high = middle;
    else low = middle + 1;
  }
  return low;
}

function exponential(x: Micros, mean: number): number {
  if (x < 0) return 0;
  return mean > 0 ? -Math.expm1(-x / mean) : 1;
}

/** 1 − Σ e^(−a) aⁿ/n!, n < k, with a = x / phase; each term from its logarithm, so that many phases do not underflow. */
function erlang(x: Micros, phase: number, k: number): number {
  if (phase === 0) return x >= 0 ? 1 : 0;
  if (x <= 0) return 0;
  const a = x / phase;
  let [logTerm, left] = [-a, 0];
  for (let n = 0; n < k; n++) {
    left += Math.exp(logTerm);
    logTerm += Math.log(a / (n + 1));
  }
  return Math.max(0, 1 - left);
}

/** Φ by the error function of Abramowitz and Stegun 7.1.26, to 1.5·10⁻⁷. */
function standardNormal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const s = 1 / (1 + 0.3275911 * x);
  const tail = s * (0.254829592 + s * (-0.284496736 + s * (1.421413741 + s * (-1.453152027 + s * 1.061405429)))) * Math.exp(-x * x);
  return z < 0 ? tail / 2 : 1 - tail / 2;
}
