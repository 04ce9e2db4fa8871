/**
 * Little's law, L = λ·W: the mean number present is the rate of those who enter times the mean time each stays. It holds for any
 * system that starts and ends empty (or is stable), whatever the arrivals, the service and the order. J. D. C. Little, A proof for the
 * queuing formula L = λW, Operations Research 9 (1961).
 */

/** L. `perSecond` ≥ 0 counts those who enter, not those refused; `meanSeconds` ≥ 0. */
export function meanNumber(perSecond: number, meanSeconds: number): number {
  return perSecond * meanSeconds;
}
