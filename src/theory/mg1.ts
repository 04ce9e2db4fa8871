/**
 * Poisson arrivals and any service of which mean and coefficient of variation are known. λ = `perSecond`, s = `serviceSeconds`,
 * `cvSquared` = variance/mean² of the service (1 for exponential, 0 for constant), ρ = λs/c.
 */
import { mmc } from './mmc';
import { stationFrom, type StationTheory } from './station';

/**
 * M/G/1: Wq = λ·s²·(1+cv²)/(2(1−ρ)), the formula of Pollaczek and Khinchine (Kleinrock, Queueing Systems I, 5.6). Exact; valid for
 * 0 ≤ λs < 1. Infinite when the variance is.
 */
export function mg1(perSecond: number, serviceSeconds: number, cvSquared: number): StationTheory {
  const load = perSecond * serviceSeconds;
  const waitSeconds = (load * serviceSeconds * (1 + cvSquared)) / (2 * (1 - load));
  return stationFrom(perSecond * waitSeconds, perSecond, serviceSeconds, 1);
}

/** M/D/1: constant service waits half as long as exponential service does. Exact; valid for 0 ≤ λs < 1. */
export function md1(perSecond: number, serviceSeconds: number): StationTheory {
  return mg1(perSecond, serviceSeconds, 0);
}

/**
 * M/G/c, approximately: the wait of M/M/c times (1+cv²)/2 (A. M. Lee and P. A. Longton, Queueing processes associated with airline
 * passenger check-in, 1959). Exact for c = 1 and for cv = 1; good to some per cent near saturation, worse for light load and for cv far
 * from 1. Valid for 0 ≤ λs < c.
 */
export function mgcApproximation(perSecond: number, serviceSeconds: number, cvSquared: number, workers: number): StationTheory {
  const exponential = mmc(perSecond, 1 / serviceSeconds, workers);
  return stationFrom((exponential.meanWaiting * (1 + cvSquared)) / 2, perSecond, serviceSeconds, workers);
}
