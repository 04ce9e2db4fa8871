/**
 * Little's law, L = λ·W: the mean number present is the rate of those who enter times the mean time each stays. It holds for any
 * system that starts and ends empty (or is stable), whatever the arrivals, the service and the order. J. D. C. Little, A proof for the
 * queuing formula L = λW, Operations Research 9 (1961).
 */

/** L. `perSecond` ≥ 0 counts those who enter, not those refused; `meanSeconds` ≥ 0. */
export function meanNumber(perSecond: number, meanSeconds: number): number {
  return perSecond * meanSeconds;
}

/** W in seconds; `perSecond` > 0. */
export function meanTimeSeconds(meanPresent: number, perSecond: number): number {
  return meanPresent / perSecond;
}

/** λ per second: the article's Q = N / T, with N the mean number present and T their mean time; `meanSeconds` > 0. */
export function ratePerSecond(meanPresent: number, meanSeconds: number): number {
  return meanPresent / meanSeconds;
}
