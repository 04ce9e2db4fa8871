/**
 * c workers with one line. λ = `perSecond`, μ = `servedPerSecond` of one worker, c = `workers`, a = λ/μ the offered load in erlangs,
 * ρ = a/c. Source: A. K. Erlang, Solution of some problems in the theory of probabilities (1917); D. Gross et al., Fundamentals of
 * Queueing Theory, 4th ed. (2008), 2.3 (M/M/c), 2.4 (M/M/c/K), 2.5 (Erlang's loss formula).
 */
import { percentileOfTail, stationFrom, type StationTheory } from './station';

/**
 * Erlang B: the share of arrivals that find all c workers busy when nobody may wait. B(0) = 1, B(k) = a·B(k−1)/(k + a·B(k−1)), which
 * never overflows. Any service distribution with the same mean gives the same (insensitivity). a ≥ 0, c ≥ 0 whole.
 */
export function erlangB(workers: number, offeredLoad: number): number {
  let blocking = 1;
  for (let k = 1; k <= workers; k++) blocking = (offeredLoad * blocking) / (k + offeredLoad * blocking);
  return blocking;
}

/** Erlang C: the share of arrivals that must wait when everyone may. B/(1−ρ(1−B)). Valid for 0 ≤ a < c. */
export function erlangC(workers: number, offeredLoad: number): number {
  const blocking = erlangB(workers, offeredLoad);
  return blocking / (1 - (offeredLoad / workers) * (1 - blocking));
}

/** M/M/c: Lq = C·ρ/(1−ρ). Valid for 0 ≤ λ < cμ. */
export function mmc(perSecond: number, servedPerSecond: number, workers: number): StationTheory {
  const offeredLoad = perSecond / servedPerSecond;
  const load = offeredLoad / workers;
  return stationFrom((erlangC(workers, offeredLoad) * load) / (1 - load), perSecond, 1 / servedPerSecond, workers);
}

/** M/M/c: P(wait > t) = C·e^−(cμ−λ)t. t in seconds, 0 ≤ λ < cμ, first come first served. */
export function mmcWaitTail(perSecond: number, servedPerSecond: number, workers: number, seconds: number): number {
  return erlangC(workers, perSecond / servedPerSecond) * Math.exp(-(workers * servedPerSecond - perSecond) * seconds);
}

/** M/M/c: the p-th percentile of the wait in seconds; 0 when at least the share p does not wait. */
export function mmcWaitPercentile(perSecond: number, servedPerSecond: number, workers: number, p: number): number {
  const waits = erlangC(workers, perSecond / servedPerSecond);
  return waits <= 1 - p ? 0 : Math.log(waits / (1 - p)) / (workers * servedPerSecond - perSecond);
}

/**
 * M/M/c: P(sojourn > t), the wait (0, or exponential with rate θ = cμ−λ) and an independent exponential service folded together. t in
 * seconds, 0 ≤ λ < cμ, first come first served.
 */
export function mmcSojournTail(perSecond: number, servedPerSecond: number, workers: number, seconds: number): number {
  const waits = erlangC(workers, perSecond / servedPerSecond);
  const [mu, theta] = [servedPerSecond, workers * servedPerSecond - perSecond];
  const alone = Math.exp(-mu * seconds);
  const both =
    Math.abs(theta - mu) < 1e-9 * mu ? (1 + mu * seconds) * alone : (theta * alone - mu * Math.exp(-theta * seconds)) / (theta - mu);
  return (1 - waits) * alone + waits * both;
}

/** M/M/c: the p-th percentile of the sojourn in seconds. */
export function mmcSojournPercentile(perSecond: number, servedPerSecond: number, workers: number, p: number): number {
  return percentileOfTail((seconds) => mmcSojournTail(perSecond, servedPerSecond, workers, seconds), p);
}

/**
 * M/M/c/K: at most `places` K ≥ c present, those in service included. Relative to P_c the states below sum to 1/B (that is what Erlang B
 * says) and those above are ρ, ρ², …; so nothing overflows. Valid for any λ ≥ 0, also above cμ. The sum has K−c terms.
 */
export function mmck(perSecond: number, servedPerSecond: number, workers: number, places: number): StationTheory {
  if (perSecond === 0) return stationFrom(0, 0, 1 / servedPerSecond, workers);
  const offeredLoad = perSecond / servedPerSecond;
  const load = offeredLoad / workers;
  // Above 1 the powers are taken relative to the last one, so that they only fall.
  const spaces = places - workers;
  const weight = (waiting: number): number => (load <= 1 ? load ** waiting : load ** (waiting - spaces));
  let total = weight(0) / erlangB(workers, offeredLoad);
  let waitingSum = 0;
  for (let waiting = 1; waiting <= spaces; waiting++) {
    total += weight(waiting);
    waitingSum += waiting * weight(waiting);
  }
  const blocking = weight(spaces) / total;
  return stationFrom(waitingSum / total, perSecond * (1 - blocking), 1 / servedPerSecond, workers, blocking);
}
