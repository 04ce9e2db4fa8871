/** What the formulas of this room say about one station in the long run. Times in seconds, `Wq` without and `W` with service. */
export interface StationTheory {
  /** ρ: share of time that a worker is busy. */
  readonly utilization: number;
  /** Lq: mean number waiting. */
  readonly meanWaiting: number;
  /** L: mean number waiting or in service. */
  readonly meanInSystem: number;
  /** Wq: mean time that those let in wait. */
  readonly meanWaitSeconds: number;
  /** W: mean time that those let in stay. */
  readonly meanSojournSeconds: number;
  /** Share of arrivals refused; 0 without a limit. */
  readonly blocking: number;
}

/**
 * The other numbers from the mean number waiting, by Little's law: `perSecond` of those let in, `serviceSeconds` the mean service,
 * `workers` c.
 */
export function stationFrom(meanWaiting: number, perSecond: number, serviceSeconds: number, workers: number, blocking = 0): StationTheory {
  const meanWaitSeconds = perSecond > 0 ? meanWaiting / perSecond : 0;
  return {
    utilization: (perSecond * serviceSeconds) / workers,
    meanWaiting,
    meanInSystem: meanWaiting + perSecond * serviceSeconds,
    meanWaitSeconds,
    meanSojournSeconds: meanWaitSeconds + serviceSeconds,
    blocking,
  };
}

/** The smallest t ≥ 0 with `tail(t)` ≤ 1 − p, for a falling tail P(X > t), by halving. */
export function percentileOfTail(tail: (seconds: number) => number, p: number): number {
  if (tail(0) <= 1 - p) return 0;
  let [low, high] = [0, 1e-6];
  while (tail(high) > 1 - p) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (tail(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return high;
}
