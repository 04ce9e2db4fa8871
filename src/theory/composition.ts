/** Reliability and load of compositions of independent parts. Shares are from 0 to 1. */

/** All are needed: the product. Two parts of 0.9 give 0.81. Valid when they fail independently. */
export function inSeries(reliabilities: readonly number[]): number {
  return reliabilities.reduce((product, reliability) => product * reliability, 1);
}

/** One is enough: 1 − Π(1−r). Valid when they fail independently. */
export function inParallel(reliabilities: readonly number[]): number {
  return 1 - reliabilities.reduce((product, reliability) => product * (1 - reliability), 1);
}

/** At least `needed` of n like parts work: the upper tail of the binomial distribution (a quorum). */
export function atLeast(needed: number, parts: number, reliability: number): number {
  // Counts one part after another: states[k] is the chance that k of those seen work.
  let states = [1];
  for (let part = 0; part < parts; part++) {
    const next = Array.from({ length: states.length + 1 }, () => 0);
    for (const [working, chance] of states.entries()) {
      next[working]! += chance * (1 - reliability);
      next[working + 1]! += chance * reliability;
    }
    states = next;
  }
  return states.slice(Math.max(0, needed)).reduce((sum, chance) => sum + chance, 0);
}

/** A request there and a reply back over links that each lose a share: (1−there)·(1−back). */
export function roundTrip(lossThere: number, lossBack: number): number {
  return inSeries([1 - lossThere, 1 - lossBack]);
}

/** A share `reliability` of attempts succeeds, each independently: 1 − (1−r)ⁿ after at most n `attempts`. */
export function withRetries(reliability: number, attempts: number): number {
  return 1 - (1 - reliability) ** attempts;
}

/** Mean number of attempts of one caller that stops at success or after n: (1−qⁿ)/(1−q) with q = 1−r; n when nothing succeeds. */
export function meanAttempts(reliability: number, attempts: number): number {
  return reliability === 0 ? attempts : withRetries(reliability, attempts) / reliability;
}

/**
 * Calls that reach the bottom of a chain for each one at the top when it fails completely and each of `layers` callers tries n times:
 * nᵈ. (B. Beyer et al., Site Reliability Engineering, 2016, ch. 22: three layers of four attempts make 64.)
 */
export function worstAmplification(attempts: number, layers: number): number {
  return attempts ** layers;
}
