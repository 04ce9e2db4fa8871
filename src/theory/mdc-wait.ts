/**
 * How long requests wait in M/D/c, first come first served: G. J. Franx, A simple solution for the M/D/c waiting time distribution,
 * Operations Research Letters 29 (2001). Its terms are all positive, so nothing cancels, as it does in Erlang's and Crommelin's sums.
 */

/** Larger systems are not solved. */
const MOST_STATES = 900;
/** A sum that is at most 1 has no room for less. */
const NEGLIGIBLE = 1e-30;

/**
 * P(wait ≤ t) as a function of t in seconds: λ = `perSecond`, s = `serviceSeconds`, valid for 0 < λs < c. Undefined where more states than
 * can be solved matter: near saturation.
 */
export function mdcWait(perSecond: number, serviceSeconds: number, workers: number): ((seconds: number) => number) | undefined {
  const offered = perSecond * serviceSeconds;
  const states = Math.ceil(workers + 12 / (1 - offered / workers) + 8 * Math.sqrt(offered) + 20);
  if (states > MOST_STATES) return undefined;
  const atMost = cumulated(presentAtSteps(offered, workers, states));
  return (seconds) => {
    if (seconds < 0) return 0;
    // (k−1)·s ≤ t < k·s: c·k have left by the time k·s after the arrival, whoever they were.
    const k = Math.floor(seconds / serviceSeconds) + 1;
    const mean = perSecond * (k * serviceSeconds - seconds);
    let [weight, sum] = [Math.exp(-mean), 0];
    for (let j = 0; j < k * workers; j++) {
      sum += weight * (atMost[Math.min(states - 1, k * workers - 1 - j + workers)] ?? 1);
      weight *= mean / (j + 1);
      // Long waits of short services have millions of terms, and all that is left of them together is less than twice the next.
      if (j > 2 * mean && weight < NEGLIGIBLE) break;
    }
    return Math.min(1, sum);
  };
}

/**
 * P(n present): one service later exactly those have left who were in service, so n' = max(0, n − c) + A with A Poisson. Solved by
 * eliminating states from above without subtraction (Grassmann, Taksar and Heyman, Operations Research 33, 1985).
 */
function presentAtSteps(offered: number, workers: number, states: number): Float64Array {
  const poisson = new Float64Array(states);
  poisson[0] = Math.exp(-offered);
  for (let n = 1; n < states; n++) poisson[n] = (poisson[n - 1]! * offered) / n;
  const rows = Array.from({ length: states }, (_, from) => {
    const row = new Float64Array(states);
    const stay = Math.max(0, from - workers);
    for (let to = stay; to < states; to++) row[to] = poisson[to - stay]!;
    return row;
  });
  for (let last = states - 1; last > 0; last--) {
    const row = rows[last]!;
    const low = Math.max(0, last - workers);
    let out = 0;
    for (let to = low; to < last; to++) out += row[to]!;
    for (let from = 0; from < last; from++) {
      const other = rows[from]!;
      if (other[last] === 0) continue;
      other[last]! /= out;
      for (let to = low; to < last; to++) other[to]! += other[last]! * row[to]!;
    }
  }
  const present = new Float64Array(states);
  present[0] = 1;
  let total = 1;
  for (let state = 1; state < states; state++) {
    for (let from = 0; from < state; from++) present[state]! += present[from]! * rows[from]![state]!;
    total += present[state]!;
  }
  return present.map((weight) => weight / total);
}

function cumulated(shares: Float64Array): Float64Array {
  let sum = 0;
  return shares.map((share) => (sum += share));
}
