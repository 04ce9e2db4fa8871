import { expect, it } from 'vitest';
import type { Distribution } from '../../src/model/distribution';
import { momentsOf } from '../../src/theory/moments';

it.each<[Distribution, number, number]>([
  [{ kind: 'constant', micros: 20 }, 20, 0],
  [{ kind: 'uniform', lowMicros: 10, highMicros: 30 }, 20, 100 / 3 / 400],
  [{ kind: 'exponential', meanMicros: 20 }, 20, 1],
  [{ kind: 'erlang', meanMicros: 20, k: 4 }, 20, 0.25],
  [{ kind: 'hyperexponential', meanMicros: 20, cv: 2 }, 20, 4],
  [{ kind: 'lognormal', meanMicros: 20, sdMicros: 10 }, 20, 0.25],
  [{ kind: 'pareto', minMicros: 5, alpha: 2.5 }, 25 / 3, 0.8],
  [{ kind: 'pareto', minMicros: 5, alpha: 2 }, 10, Infinity],
  [{ kind: 'pareto', minMicros: 5, alpha: 1 }, Infinity, Infinity],
  [{ kind: 'empirical', valuesMicros: [10, 30] }, 20, 0.25],
  [{ kind: 'normal', meanMicros: 100, sdMicros: 10 }, 100, 0.01],
  [{ kind: 'normal', meanMicros: 100, sdMicros: 0 }, 100, 0],
  // Cut in the middle it is half-normal: mean √(2/π), variance 1 − 2/π.
  [{ kind: 'normal', meanMicros: 0, sdMicros: 100 }, 100 * Math.sqrt(2 / Math.PI), Math.PI / 2 - 1],
  [{ kind: 'constant', micros: 0 }, 0, 0],
])('%j has its mean and variation', (distribution, mean, cvSquared) => {
  const moments = momentsOf(distribution);
  if (Number.isFinite(mean)) expect(moments.meanMicros).toBeCloseTo(mean, 6);
  else expect(moments.meanMicros).toBe(mean);
  if (Number.isFinite(cvSquared)) expect(moments.cvSquared).toBeCloseTo(cvSquared, 6);
  else expect(moments.cvSquared).toBe(cvSquared);
});
