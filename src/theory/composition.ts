/** Reliability of compositions of independent parts. Shares are from 0 to 1. */

/** All are needed: the product. Two parts of 0.9 give 0.81. Valid when they fail independently. */
function inSeries(reliabilities: readonly number[]): number {
  return reliabilities.reduce((product, reliability) => product * reliability, 1);
}

/** A request there and a reply back over links that each lose a share: (1−there)·(1−back). */
export function roundTrip(lossThere: number, lossBack: number): number {
  return inSeries([1 - lossThere, 1 - lossBack]);
}
