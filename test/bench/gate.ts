/** Before anything is measured: do the contestants simulate the same models? */
import type { Model } from './contestants';
import type { Sample } from './contestants/report';

/** Means that theory gives, in the units of `Sample.mean`. */
const EXPECTED: Readonly<Record<Model, number>> = { mm1: 5, chain: 50.2 };

/**
 * How far a mean of so many may lie from it: four standard errors. For the sojourn times of M/M/1 the asymptotic variance is
 * ρ(2 + 5ρ − 4ρ² + ρ³) / (1 − ρ)⁴ (W. Whitt, "Planning queueing simulations", Management Science 35, 1989). Requests of the chain
 * hardly depend on each other; their standard deviation is about 60 ms.
 */
function tolerance(model: Model, count: number): number {
  const rho = 0.8;
  const variance = model === 'mm1' ? (rho * (2 + 5 * rho - 4 * rho ** 2 + rho ** 3)) / (1 - rho) ** 4 : 60 ** 2;
  return 4 * Math.sqrt(variance / count);
}

/** What is wrong with a sample; undefined when it is right. */
export function wrongMean(model: Model, { mean, count }: Sample): string | undefined {
  const off = Math.abs(mean - EXPECTED[model]);
  return off <= tolerance(model, count)
    ? undefined
    : `mean ${mean.toFixed(3)} instead of ${EXPECTED[model]} ± ${tolerance(model, count).toFixed(3)}`;
}
