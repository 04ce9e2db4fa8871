/** Formulas of closed systems: N users who think for a mean time Z, ask, and wait for the answer. */

export interface ClosedNumbers {
  /** X: requests answered per second. */
  readonly perSecond: number;
  /** R: mean time of a request without the thinking. */
  readonly responseSeconds: number;
  /** Mean number at each station, users who think not counted. */
  readonly meanNumbers: readonly number[];
}

/**
 * Exact mean value analysis of a closed network with one worker at each station: R_k = D_k·(1 + N_k(n−1)), X = n/(Z + ΣR_k),
 * N_k = X·R_k. M. Reiser and S. S. Lavenberg, Mean-value analysis of closed multichain queuing networks, JACM 27 (1980). `demands` are
 * the seconds of work that a request asks of each station, all visits together; exponential at stations in FIFO order, any thinking.
 */
export function meanValueAnalysis(demands: readonly number[], thinkSeconds: number, users: number): ClosedNumbers {
  let [meanNumbers, perSecond, responseSeconds] = [demands.map(() => 0), 0, 0];
  for (let n = 1; n <= users; n++) {
    const residences = demands.map((demand, station) => demand * (1 + meanNumbers[station]!));
    responseSeconds = residences.reduce((sum, residence) => sum + residence, 0);
    perSecond = n / (thinkSeconds + responseSeconds);
    meanNumbers = residences.map((residence) => perSecond * residence);
  }
  return { perSecond, responseSeconds, meanNumbers };
}

/**
 * The machine repairman, M/M/c//N: p_n follows from balance, λ_n = (N−n)/Z up and min(n, c)/s down. Gross et al., Fundamentals of
 * Queueing Theory, 4th ed. (2008), 2.7; any distribution of the thinking with this mean gives the same.
 */
export function repairmen(users: number, thinkSeconds: number, serviceSeconds: number, workers: number): ClosedNumbers {
  let [weight, total, present, busy] = [1, 1, 0, 0];
  for (let n = 1; n <= users; n++) {
    weight *= ((users - n + 1) / thinkSeconds) * (serviceSeconds / Math.min(n, workers));
    total += weight;
    present += n * weight;
    busy += Math.min(n, workers) * weight;
  }
  const perSecond = busy / total / serviceSeconds;
  return { perSecond, responseSeconds: present / total / perSecond, meanNumbers: [present / total] };
}

/**
 * Engset's loss system: N users, c workers, nobody waits, and who is refused thinks again. `time` is the share of time in which all
 * workers are busy, `call` the share of requests refused: what N−1 users would see. T. Engset 1918; V. B. Iversen, Teletraffic
 * Engineering Handbook (2010), 5.5; only the means matter.
 */
export function engset(
  users: number,
  thinkSeconds: number,
  serviceSeconds: number,
  workers: number,
): { readonly time: number; readonly call: number } {
  return { time: busyShare(users), call: busyShare(users - 1) };

  function busyShare(sources: number): number {
    let [weight, total] = [1, 1];
    for (let n = 1; n <= workers; n++) {
      weight *= ((sources - n + 1) / n) * (serviceSeconds / thinkSeconds);
      total += weight;
    }
    return weight / total;
  }
}
