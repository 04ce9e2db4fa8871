/** How many of n comparisons may miss when each misses with a small chance of its own. */

/** The smallest k with P(X ≤ k) ≥ `level` for X binomial: `trials` tries of `chance` each. */
export function binomialQuantile(trials: number, chance: number, level: number): number {
  let term = (1 - chance) ** trials;
  let sum = term;
  let hits = 0;
  while (sum < level && hits < trials) {
    term *= ((trials - hits) / (hits + 1)) * (chance / (1 - chance));
    hits++;
    sum += term;
  }
  return hits;
}
