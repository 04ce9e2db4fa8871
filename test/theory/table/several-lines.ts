/** Formulas of work that is dealt out among lines. */

/** σ of E_n/M/1 with load ρ: the root below 1 of σ = (nρ/(nρ + 1 − σ))ⁿ; the sojourn is exponential with rate μ(1−σ). */
export function dealtRoot(phases: number, load: number): number {
  const rate = phases * load;
  let root = load;
  for (let step = 0; step < 2_000; step++) root = (rate / (rate + 1 - root)) ** phases;
  return root;
}

/**
 * Mean sojourn, in services, with very many servers and the least loaded of d ≥ 2 drawn at random: Σ ρ^((dⁱ−d)/(d−1)). M. Mitzenmacher,
 * The power of two choices in randomized load balancing, IEEE TPDS 12 (2001).
 */
export function supermarket(load: number, choices: number): number {
  let sum = 0;
  for (let power = choices; power < 1e6; power *= choices) sum += load ** ((power - choices) / (choices - 1));
  return sum;
}

/**
 * The same for a finite number of servers, with two draws that may hit the same server, to order 1/n: xᵢ(∞) + Vᵢ/n for the share of servers
 * with at least i present. W solves AW + WAᵀ + Q = 0 and V solves AV + λ(W_{i−1,i−1} − W_{ii}) = 0 for the Jacobian A of the drift
 * λ(x²_{i−1} − xᵢ²) − (xᵢ − x_{i+1}); both are found by letting time pass. N. Gast, B. Van Houdt, A refined mean field approximation,
 * Proc. ACM Meas. Anal. Comput. Syst. 1 (2017).
 */
export function supermarketOf(servers: number, load: number): number {
  const [levels, step] = [14, 0.15];
  const share = Array.from({ length: levels + 2 }, (_, i) => (i > levels ? 0 : load ** (2 ** i - 1)));
  const at = (i: number, j: number): number => i * (levels + 2) + j;
  /** (A·column)ᵢ of a matrix or a vector read by `value`; index 0 does not move. */
  const drift = (i: number, value: (i: number) => number): number =>
    2 * load * (share[i - 1]! * value(i - 1) - share[i]! * value(i)) - value(i) + value(i + 1);
  let covariance = new Float64Array((levels + 2) ** 2);
  let change = Infinity;
  while (change > 1e-11) {
    const next = new Float64Array(covariance);
    change = 0;
    for (let i = 1; i <= levels; i++) {
      for (let j = 1; j <= levels; j++) {
        const noise = i === j ? 2 * (share[i]! - share[i + 1]!) : 0;
        const slope = drift(i, (k) => covariance[at(k, j)]!) + drift(j, (k) => covariance[at(i, k)]!) + noise;
        next[at(i, j)]! += step * slope;
        change = Math.max(change, Math.abs(slope));
      }
    }
    covariance = next;
  }
  let shift = new Float64Array(levels + 2);
  for (change = Infinity; change > 1e-11;) {
    const next = new Float64Array(shift);
    change = 0;
    for (let i = 1; i <= levels; i++) {
      const bend = load * (covariance[at(i - 1, i - 1)]! - covariance[at(i, i)]!);
      const slope = drift(i, (k) => shift[k]!) + bend;
      next[i]! += step * slope;
      change = Math.max(change, Math.abs(slope));
    }
    shift = next;
  }
  return shift.reduce((sum, value, i) => sum + (i === 0 ? 0 : share[i]! + value / servers), 0) / load;
}

/**
 * Mean sojourn, in services, of two exponential servers when an arrival joins the shorter line with probability `shorter` and the longer
 * one else (equal lines alike): the Markov chain, cut where nobody gets to, by sweeps of Gauss and Seidel. Two draws with replacement
 * find the shorter line with 3/4.
 */
export function twoLines(load: number, shorter: number): number {
  const most = 70;
  const arrivals = 2 * load;
  const at = (longer: number, less: number): number => longer * (most + 1) + less;
  const share = new Float64Array((most + 1) ** 2);
  for (let longer = 0; longer <= most; longer++)
    for (let less = 0; less <= longer; less++) share[at(longer, less)] = load ** (longer + less);
  let before = 0;
  for (let sweep = 0; sweep < 4_000; sweep++) {
    let [total, present] = [0, 0];
    for (let longer = 0; longer <= most; longer++) {
      for (let less = 0; less <= longer; less++) {
        let inflow = 0;
        if (longer === less) {
          // The shorter line caught up, or an even pair lost nobody: from (n, n−1) by an arrival, from (n+1, n) by a departure.
          if (less > 0) inflow += arrivals * shorter * share[at(longer, less - 1)]!;
          if (longer < most) inflow += share[at(longer + 1, less)]!;
        } else {
          const wasEven = longer - 1 === less;
          inflow += arrivals * (wasEven ? 1 : 1 - shorter) * share[at(longer - 1, less)]!;
          if (less > 0) inflow += arrivals * shorter * share[at(longer, less - 1)]!;
          if (longer < most) inflow += share[at(longer + 1, less)]!;
          if (less + 1 <= longer) inflow += (less + 1 === longer ? 2 : 1) * share[at(longer, less + 1)]!;
        }
        const outflow = (longer > 0 ? 1 : 0) + (less > 0 ? 1 : 0) + (longer === most ? (less === most ? 0 : arrivals * shorter) : arrivals);
        const weight = inflow / outflow;
        share[at(longer, less)] = weight;
        total += weight;
        present += (longer + less) * weight;
      }
    }
    const sojourn = present / total / arrivals;
    if (Math.abs(sojourn - before) < 1e-10 * sojourn) break;
    before = sojourn;
  }
  return before;
}
