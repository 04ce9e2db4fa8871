/**
 * M/D/c: Poisson arrivals, c workers, every service of the same length. One service later exactly those have left who were in service,
 * so the line Q seen at such steps follows Q' = max(0, Q + A − c), with A a Poisson number of mean a = λs. Spitzer's identity gives its
 * mean as Lq = Σᵢ (1/i)·E[max(0, Aᵢ − ic)], Aᵢ Poisson with mean ia, which is C. D. Crommelin's result (Delay probability formulae when
 * the holding times are constant, Post Office Electrical Engineers Journal 25, 1932).
 */
import { stationFrom, type StationTheory } from './station';

/** Terms summed one by one before the smooth rest is integrated. */
const DIRECT_TERMS = 64;
/** Simpson intervals for each doubling of i in the rest; the error is about 10⁻⁸ of it. */
const INTERVALS = 32;

/** Exact to about 8 digits. λ = `perSecond`, s = `serviceSeconds`, valid for 0 ≤ λs < c. */
export function mdc(perSecond: number, serviceSeconds: number, workers: number): StationTheory {
  const load = (perSecond * serviceSeconds) / workers;
  return stationFrom(load > 0 ? meanWaiting(load, workers) : 0, perSecond, serviceSeconds, workers);
}

function meanWaiting(load: number, workers: number): number {
  let sum = 0;
  for (let i = 1; i < DIRECT_TERMS; i++) {
    const term = spitzerTerm(i, load, workers);
    sum += term;
    if (term <= 1e-17 * sum) return sum; // Also when both are 0: with many workers and little to do nobody ever waits.
  }
  // Σ from n on = ∫ + f(n)/2 − f′(n)/12 (Euler and Maclaurin), and the integral in ever longer pieces until nothing is left.
  const edge = spitzerTerm(DIRECT_TERMS, load, workers);
  const slope = (spitzerTerm(DIRECT_TERMS + 1, load, workers) - spitzerTerm(DIRECT_TERMS - 1, load, workers)) / 2;
  sum += edge / 2 - slope / 12;
  for (let from = DIRECT_TERMS; ; from *= 2) {
    const step = from / INTERVALS;
    let piece = 0;
    for (let at = 0; at <= INTERVALS; at++) {
      const weight = at === 0 || at === INTERVALS ? 1 : at % 2 === 1 ? 4 : 2;
      piece += weight * spitzerTerm(from + at * step, load, workers);
    }
    piece *= step / 3;
    sum += piece;
    if (piece <= 1e-13 * sum) return sum;
  }
}

/**
 * (1/i)·E[max(0, X − k)] for X Poisson with mean ia and k = ic. With p = P(X = k) and F = P(X ≥ k)/p that is p·(c − (c−a)·F). Because
 * the mean is ρk, Stirling's formula gives p without large numbers cancelling.
 */
function spitzerTerm(i: number, load: number, workers: number): number {
  const k = i * workers;
  const probability = Math.exp(-k * (load - 1 - Math.log(load)) - stirlingError(k)) / Math.sqrt(2 * Math.PI * k);
  let [above, term] = [1, 1];
  for (let j = 1; term > 1e-17 * above; j++) {
    term *= (load * k) / (k + j);
    above += term;
  }
  return probability * workers * (1 - (1 - load) * above);
}

/** ln k! − ln(√(2πk)·(k/e)ᵏ); Stirling's series from 16 on, the factorial itself below. */
function stirlingError(k: number): number {
  if (k >= 16) return (1 - (1 / 30 - 1 / (105 * k * k)) / (k * k)) / (12 * k);
  let factorial = 1;
  for (let n = 2; n <= k; n++) factorial *= n;
  return Math.log(factorial) - (Math.log(2 * Math.PI * k) / 2 + k * Math.log(k) - k);
}
