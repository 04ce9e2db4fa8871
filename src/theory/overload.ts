/**
 * A station that gets more than it can do, as a fluid: work flows in with λ and out with at most cμ, and chance is left out. Right to
 * first order when the backlog is large. G. F. Newell, Applications of Queueing Theory (1971), ch. 2.
 */

/** How fast the line grows, per second: λ − cμ, and 0 when the workers keep up. */
export function backlogGrowthPerSecond(perSecond: number, capacityPerSecond: number): number {
  return Math.max(0, perSecond - capacityPerSecond);
}

/** Number in line after `seconds`, from `initial`; never below 0. */
export function backlogAfter(seconds: number, perSecond: number, capacityPerSecond: number, initial = 0): number {
  return Math.max(0, initial + (perSecond - capacityPerSecond) * seconds);
}

/** How long who joins behind `backlog` waits, in seconds: they leave one after another at the capacity. */
export function waitBehindSeconds(backlog: number, capacityPerSecond: number): number {
  return backlog / capacityPerSecond;
}

/** How long a backlog takes to melt away, in seconds; infinite when λ ≥ cμ. */
export function drainSeconds(backlog: number, perSecond: number, capacityPerSecond: number): number {
  return perSecond < capacityPerSecond ? backlog / (capacityPerSecond - perSecond) : backlog > 0 ? Infinity : 0;
}

/** When a line with `limit` places is full, in seconds from empty; infinite when the workers keep up. */
export function fullAfterSeconds(limit: number, perSecond: number, capacityPerSecond: number): number {
  return perSecond > capacityPerSecond ? limit / (perSecond - capacityPerSecond) : Infinity;
}

/** Share refused in the long run once the line is full: 1 − cμ/λ; 0 when the workers keep up. */
export function refusedShare(perSecond: number, capacityPerSecond: number): number {
  return perSecond > capacityPerSecond ? 1 - capacityPerSecond / perSecond : 0;
}
