import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/model/distribution';
import { LIMITS } from '../../src/model/limits';
import { standardExponential } from '../../src/sim/exponential';
import { makeSampler, sampleArrivalGap } from '../../src/sim/sample';
import { KeyedStream, Stream } from '../../src/sim/streams';

const DRAWS = 200_000;

function draw(distribution: Distribution, draws = DRAWS): Float64Array {
  const sample = makeSampler(distribution);
  const source = new Stream(42, `sample ${distribution.kind}`);
  return Float64Array.from({ length: draws }, () => sample(source));
}

const meanOf = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** √n times the greatest distance of the empirical CDF from the analytic one; 99.99 % of the time below 2.23 (Kolmogorov). */
function kolmogorovSmirnov(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.toSorted();
  let distance = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (sorted[end] === sorted[start]) end++;
    // A whole µs stands for everything that rounds to it.
    distance = Math.max(
      distance,
      Math.abs(end / sorted.length - cdf(sorted[start]! + 0.5)),
      Math.abs(start / sorted.length - cdf(sorted[start]! - 0.5)),
    );
    start = end;
  }
  return distance * Math.sqrt(sorted.length);
}

/** Standard normal CDF: the series of Marsaglia (2004), good to 15 digits. */
function phi(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let [sum, term] = [x, x];
  for (let n = 3; Math.abs(term) > 1e-17; n += 2) sum += term *= (x * x) / n;
  return 0.5 + sum * Math.exp(-0.5 * x * x - 0.91893853320467274178);
}

const erlangCdf = (x: number, mean: number, k: number): number => {
  const load = (Math.max(0, x) * k) / mean;
  let [term, sum] = [1, 1];
  for (let n = 1; n < k; n++) sum += term *= load / n;
  return 1 - Math.exp(-load) * sum;
};

const hyperexponentialCdf = (x: number, mean: number, cv: number): number => {
  const p = (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
  return 1 - p * Math.exp((-2 * p * Math.max(0, x)) / mean) - (1 - p) * Math.exp((-2 * (1 - p) * Math.max(0, x)) / mean);
};

const lognormalCdf = (x: number, mean: number, sd: number): number => {
  const variance = Math.log1p((sd / mean) ** 2);
  return x <= 0 ? 0 : phi((Math.log(x) - Math.log(mean) + variance / 2) / Math.sqrt(variance));
};

interface Expectation {
  distribution: Distribution;
  cdf: (x: number) => number;
  mean: number;
  sd: number;
}

/** Mean and sd of the normal cut at 0, by its hazard. */
const cut = (mean: number, sd: number): { mean: number; sd: number } => {
  const alpha = -mean / sd;
  const hazard = Math.exp(-0.5 * alpha * alpha) / Math.sqrt(2 * Math.PI) / (1 - phi(alpha));
  return { mean: mean + sd * hazard, sd: sd * Math.sqrt(1 + alpha * hazard - hazard * hazard) };
};

const MEAN = 100_000;
const CONTINUOUS: Record<string, Expectation> = {
  uniform: {
    distribution: { kind: 'uniform', lowMicros: 10_000, highMicros: 30_000 },
    cdf: (x) => Math.min(1, Math.max(0, (x - 9_999.5) / 20_001)),
    mean: 20_000,
    sd: Math.sqrt((20_001 ** 2 - 1) / 12),
  },
  exponential: { distribution: { kind: 'exponential', meanMicros: MEAN }, cdf: (x) => erlangCdf(x, MEAN, 1), mean: MEAN, sd: MEAN },
  'exponential of few µs': {
    distribution: { kind: 'exponential', meanMicros: 20 },
    cdf: (x) => erlangCdf(x, 20, 1),
    mean: 20,
    sd: 20,
  },
  erlang: {
    distribution: { kind: 'erlang', meanMicros: MEAN, k: 3 },
    cdf: (x) => erlangCdf(x, MEAN, 3),
    mean: MEAN,
    sd: MEAN / Math.sqrt(3),
  },
  hyperexponential: {
    distribution: { kind: 'hyperexponential', meanMicros: MEAN, cv: 2 },
    cdf: (x) => hyperexponentialCdf(x, MEAN, 2),
    mean: MEAN,
    sd: 2 * MEAN,
  },
  'hyperexponential with cv 1': {
    distribution: { kind: 'hyperexponential', meanMicros: MEAN, cv: 1 },
    cdf: (x) => erlangCdf(x, MEAN, 1),
    mean: MEAN,
    sd: MEAN,
  },
  normal: {
    distribution: { kind: 'normal', meanMicros: MEAN, sdMicros: 10_000 },
    cdf: (x) => phi((x - MEAN) / 10_000),
    mean: MEAN,
    sd: 10_000,
  },
  'normal cut at 0': {
    distribution: { kind: 'normal', meanMicros: 5_000, sdMicros: 10_000 },
    cdf: (x) => Math.max(0, (phi((x - 5_000) / 10_000) - phi(-0.5)) / (1 - phi(-0.5))),
    ...cut(5_000, 10_000),
  },
  lognormal: {
    distribution: { kind: 'lognormal', meanMicros: MEAN, sdMicros: 75_000 },
    cdf: (x) => lognormalCdf(x, MEAN, 75_000),
    mean: MEAN,
    sd: 75_000,
  },
  pareto: {
    distribution: { kind: 'pareto', minMicros: 5_000, alpha: 4.5 },
    cdf: (x) => (x < 5_000 ? 0 : 1 - (5_000 / x) ** 4.5),
    mean: (4.5 * 5_000) / 3.5,
    sd: Math.sqrt((5_000 ** 2 * 4.5) / (3.5 ** 2 * 2.5)),
  },
};

describe.each(Object.keys(CONTINUOUS))('%s', (name) => {
  const { distribution, cdf, mean, sd } = CONTINUOUS[name]!;
  const values = draw(distribution);

  it('has its mean, within four standard errors', () => {
    expect(Math.abs(meanOf(values) - mean)).toBeLessThan((4 * sd) / Math.sqrt(DRAWS));
  });

  it('has its standard deviation', () => {
    const mean = meanOf(values);
    const squares = values.map((x) => (x - mean) ** 2);
    const variance = meanOf(squares);
    const error = Math.sqrt(meanOf(squares.map((square) => (square - variance) ** 2)) / DRAWS);
    expect(Math.abs(variance - sd * sd)).toBeLessThan(5 * error);
  });

  it('follows its distribution function', () => {
    expect(kolmogorovSmirnov(values, cdf)).toBeLessThan(2.23);
  });

  it('gives whole microseconds within the limits', () => {
    expect(values.every((x) => Number.isInteger(x) && x >= 0 && x <= LIMITS.delayMicros)).toBe(true);
  });
});

describe('the others', () => {
  it('draws a constant without using up chance', () => {
    const source = new Stream(1, 'constant');
    const before = source.nextUint32();
    const again = new Stream(1, 'constant');
    again.nextUint32();
    expect(makeSampler({ kind: 'constant', micros: 20_000 })(source)).toBe(20_000);
    expect(source.nextUint32()).toBe(again.nextUint32());
    expect(before).not.toBe(0);
  });

  it('draws each empirical value about equally often', () => {
    const values = draw({ kind: 'empirical', valuesMicros: [12, 19, 19, 400] });
    const share = (value: number): number => values.filter((x) => x === value).length / DRAWS;
    expect(share(12)).toBeCloseTo(0.25, 2);
    expect(share(19)).toBeCloseTo(0.5, 2);
    expect(share(400)).toBeCloseTo(0.25, 2);
  });

  it('reaches both ends of a uniform range', () => {
    expect(new Set(draw({ kind: 'uniform', lowMicros: 3, highMicros: 5 }, 1_000))).toEqual(new Set([3, 4, 5]));
  });

  it('stops at the longest delay', () => {
    expect(Math.max(...draw({ kind: 'pareto', minMicros: 1e6, alpha: 0.1 }, 1_000))).toBe(LIMITS.delayMicros);
  });

  it('takes degenerate parameters', () => {
    expect(new Set(draw({ kind: 'lognormal', meanMicros: 0, sdMicros: 5 }, 10))).toEqual(new Set([0]));
    expect(new Set(draw({ kind: 'lognormal', meanMicros: 50, sdMicros: 0 }, 10))).toEqual(new Set([50]));
    expect(new Set(draw({ kind: 'normal', meanMicros: 50, sdMicros: 0 }, 10))).toEqual(new Set([50]));
    expect(new Set(draw({ kind: 'exponential', meanMicros: 0 }, 10))).toEqual(new Set([0]));
    expect(new Set(draw({ kind: 'pareto', minMicros: 0, alpha: 1 }, 10))).toEqual(new Set([0]));
  });
});

describe('the ziggurat', () => {
  it('has the tail and the middle of the exponential', () => {
    const source = new Stream(9, 'ziggurat');
    let [beyondTail, beyondOne, total] = [0, 0, 0];
    const draws = 4_000_000;
    for (let index = 0; index < draws; index++) {
      const x = standardExponential(source);
      total += x;
      if (x > 8) beyondTail++;
      if (x > 1) beyondOne++;
    }
    const error = (p: number): number => 4 * Math.sqrt((p * (1 - p)) / draws);
    expect(Math.abs(beyondTail / draws - Math.exp(-8))).toBeLessThan(error(Math.exp(-8)));
    expect(Math.abs(beyondOne / draws - Math.exp(-1))).toBeLessThan(error(Math.exp(-1)));
    expect(Math.abs(total / draws - 1)).toBeLessThan(4 / Math.sqrt(draws));
  });
});

describe('sampleArrivalGap', () => {
  it.each([8, 5_000, 100_000, LIMITS.ratePerSecond])('gives %i arrivals a second in the mean', (perSecond) => {
    const source = new Stream(4, 'arrivals');
    const gaps = Float64Array.from({ length: DRAWS }, () => sampleArrivalGap(perSecond, source));
    const mean = 1e6 / perSecond;
    // Rounding a gap of a µs or so by chance adds up to ¼ µs² of variance.
    expect(Math.abs(meanOf(gaps) - mean)).toBeLessThan(4 * Math.sqrt((mean * mean + 0.25) / DRAWS));
    expect(gaps.every(Number.isInteger)).toBe(true);
  });
});

describe('common random numbers', () => {
  it('keep the demands of two variants in proportion, request by request', () => {
    const [slow, fast] = [200_000, 100_000].map((meanMicros) => makeSampler({ kind: 'exponential', meanMicros }));
    const [one, other] = [new KeyedStream(7, 'demand'), new KeyedStream(7, 'demand')];
    for (let request = 999; request >= 0; request--) {
      const demand = fast!(one.at(request, 0));
      expect(Math.abs(slow!(other.at(request, 0)) - 2 * demand)).toBeLessThanOrEqual(1);
    }
  });
});

describe('golden draws', () => {
  /** The first 10,000 draws under a fixed seed. If one of these changes, every link that was ever shared shows another run. */
  const digest = (values: Float64Array): string => {
    let hash = 0x811c9dc5 | 0;
    for (const word of new Int32Array(values.buffer)) hash = Math.imul(hash ^ word, 0x01000193);
    return (hash >>> 0).toString(16);
  };

  it('are the same for ever', () => {
    const digests = Object.entries(CONTINUOUS).map(([name, { distribution }]) => [name, digest(draw(distribution, 10_000))]);
    const empirical = digest(draw({ kind: 'empirical', valuesMicros: [12, 19, 400] }, 10_000));
    const source = new Stream(42, 'gaps');
    const gaps = digest(Float64Array.from({ length: 10_000 }, () => sampleArrivalGap(100_000, source)));
    expect(Object.fromEntries([...digests, ['empirical', empirical], ['gaps', gaps]])).toMatchInlineSnapshot(`
      {
        "empirical": "f789bc45",
        "erlang": "ee59e91",
        "exponential": "52c96917",
        "exponential of few µs": "b1ee3c45",
        "gaps": "a94ebc45",
        "hyperexponential": "35009b5c",
        "hyperexponential with cv 1": "4170a6e3",
        "lognormal": "3d2db16f",
        "normal": "2790170d",
        "normal cut at 0": "743d7405",
        "pareto": "dd43f25",
        "uniform": "c499f5c5",
      }
    `);
  });
});
