/**
 * One worker, exponential service, Poisson arrivals. λ = `perSecond`, μ = `servedPerSecond`, ρ = λ/μ.
 * Source: L. Kleinrock, Queueing Systems I (1975), 3.2 (M/M/1) and 3.6 (M/M/1/K).
 */
import { percentileOfTail, stationFrom, type StationTheory } from './station';

/** M/M/1: L = ρ/(1−ρ), W = 1/(μ−λ). Valid for 0 ≤ λ < μ. */
export function mm1(perSecond: number, servedPerSecond: number): StationTheory {
  const load = perSecond / servedPerSecond;
  return stationFrom((load * load) / (1 - load), perSecond, 1 / servedPerSecond, 1);
}

/** M/M/1: the sojourn is exponential, so its p-th percentile is −ln(1−p)/(μ−λ) seconds. 0 ≤ λ < μ, 0 ≤ p < 1, first come first served. */
export function mm1SojournPercentile(perSecond: number, servedPerSecond: number, p: number): number {
  return -Math.log(1 - p) / (servedPerSecond - perSecond);
}

/** M/M/1: P(wait > t) = ρ·e^−(μ−λ)t, so the p-th percentile is 0 for p ≤ 1−ρ. Seconds; 0 ≤ λ < μ, first come first served. */
export function mm1WaitPercentile(perSecond: number, servedPerSecond: number, p: number): number {
  const load = perSecond / servedPerSecond;
  return p <= 1 - load ? 0 : Math.log(load / (1 - p)) / (servedPerSecond - perSecond);
}

/**
 * M/M/1/K in closed form: at most `places` K ≥ 1 present, the one in service included; who comes to a full station is refused.
 * Pₙ = (1−ρ)ρⁿ/(1−ρᴷ⁺¹), or 1/(K+1) for ρ = 1. Valid for any λ ≥ 0, also above μ.
 */
export function mm1k(perSecond: number, servedPerSecond: number, places: number): StationTheory {
  const load = perSecond / servedPerSecond;
  const isEven = Math.abs(load - 1) < 1e-9;
  const power = load ** (places + 1);
  const blocking = isEven ? 1 / (places + 1) : load > 1 ? (1 - 1 / load) / (1 - 1 / power) : ((1 - load) * load ** places) / (1 - power);
  const meanInSystem = isEven ? places / 2 : load / (1 - load) - (places + 1) * (load > 1 ? 1 / (1 / power - 1) : power / (1 - power));
  const letIn = perSecond * (1 - blocking);
  return stationFrom(meanInSystem - letIn / servedPerSecond, letIn, 1 / servedPerSecond, 1, blocking);
}

/**
 * M/M/1/K: P(sojourn > t) of those let in. Who finds n present stays for n+1 services (Erlang), and finds n with Pₙ/(1−P_K). t in
 * seconds, first come first served; K up to about 10⁴, because the sum has K terms.
 */
export function mm1kSojournTail(perSecond: number, servedPerSecond: number, places: number, seconds: number): number {
  return erlangMixtureTail(perSecond, servedPerSecond, places, seconds, 0);
}

/** M/M/1/K: P(wait > t) of those let in: who finds n present waits for n services. Otherwise as the sojourn. */
export function mm1kWaitTail(perSecond: number, servedPerSecond: number, places: number, seconds: number): number {
  return erlangMixtureTail(perSecond, servedPerSecond, places, seconds, 1);
}

/** Who finds n present takes n+1 services less `fewer`. */
function erlangMixtureTail(perSecond: number, servedPerSecond: number, places: number, seconds: number, fewer: number): number {
  const load = perSecond / servedPerSecond;
  const found = (n: number): number => (load <= 1 ? load ** n : load ** (n - places + 1));
  // P(Erlang(k) > t) = P(Poisson(μt) < k), summed from 0 on; in logarithms, because e^−μt alone may be 0.
  const mean = servedPerSecond * seconds;
  let [logTerm, below, sum, total] = [-mean, 0, 0, 0];
  for (let n = 0; n < places; n++) {
    const services = n + 1 - fewer;
    if (services > 0) {
      if (services > 1) logTerm += Math.log(mean / (services - 1));
      below += Math.exp(logTerm);
      sum += found(n) * Math.min(1, below);
    }
    total += found(n);
  }
  return sum / total;
}

/** M/M/1/K: the p-th percentile in seconds of the sojourn of those let in. */
export function mm1kSojournPercentile(perSecond: number, servedPerSecond: number, places: number, p: number): number {
  return percentileOfTail((seconds) => mm1kSojournTail(perSecond, servedPerSecond, places, seconds), p);
}
