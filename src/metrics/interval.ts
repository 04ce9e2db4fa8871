/**
 * Means with confidence intervals. Runs of different seeds are independent, so Student's t holds; the values of one run are not, so
 * they are averaged in batches first. No function that differs between engines is used: only arithmetic and `Math.sqrt`.
 */

export interface Interval {
  readonly mean: number;
  /** The interval is mean ± halfWidth; infinite for fewer than two values. */
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/**
 * Mean of independent values with its two-sided confidence interval, `level` such as 0.95 or 0.999. The mean of nothing is NaN.
 * Sums run around the first value, so that a small spread on a large mean survives.
 */
export function meanInterval(values: readonly number[] | Float64Array, level = 0.95): Interval {
  const count = values.length;
  const origin = values[0] ?? NaN;
  let sum = 0;
  for (const value of values) sum += value - origin;
  const mean = origin + sum / count;
  let squares = 0;
  for (const value of values) squares += (value - mean) * (value - mean);
  const halfWidth = count > 1 ? studentQuantile(count - 1, level) * Math.sqrt(squares / (count - 1) / count) : Infinity;
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, count };
}

/**
 * Means of equal batches of successive values (Law and Kelton, Simulation Modeling and Analysis, 9.5.3): with batches much longer than
 * the correlation they are nearly independent, so `meanInterval` of them is an interval for one long run. Values that do not fill the
 * last batch are left out; fewer values than batches give none.
 */
export function batchMeans(values: readonly number[] | Float64Array, batches = 20): number[] {
  const size = Math.floor(values.length / batches);
  if (size === 0) return [];
  return Array.from({ length: batches }, (_, batch) => {
    let sum = 0;
    for (let at = batch * size; at < (batch + 1) * size; at++) sum += values[at]!;
    return sum / size;
  });
}

/** The x with P(|t| ≤ x) = level for Student's t with a whole number of degrees of freedom, to about 12 digits; by halving. */
export function studentQuantile(degrees: number, level: number): number {
  let [low, high] = [0, 1];
  while (studentWithin(high, degrees) < level && high < 1e12) high *= 2;
  for (let step = 0; step < 64; step++) {
    const middle = (low + high) / 2;
    if (studentWithin(middle, degrees) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * P(|t| ≤ x) with ν degrees of freedom, as a finite sum in cos²θ = ν / (ν + x²): Abramowitz and Stegun, Handbook of Mathematical
 * Functions, 26.7.3 for odd ν and 26.7.4 for even ν.
 */
export function studentWithin(x: number, degrees: number): number {
  const cosSquared = degrees / (degrees + x * x);
  const sin = x / Math.sqrt(degrees + x * x);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.sqrt(cosSquared) : 1;
  let sum = 0;
  for (let at = isOdd ? 1 : 0; at <= degrees - 2; at += 2) {
    sum += term;
    term *= ((at + 1) / (at + 2)) * cosSquared;
  }
  return isOdd ? (2 / Math.PI) * (arcTangent(x / Math.sqrt(degrees)) + sin * sum) : sin * sum;
}

/** Halves the angle three times, tan(θ/2) = tan θ / (1 + √(1 + tan² θ)), then sums Gregory's series. For x ≥ 0. */
function arcTangent(x: number): number {
  let tangent = x;
  for (let halving = 0; halving < 3; halving++) tangent /= 1 + Math.sqrt(1 + tangent * tangent);
  let [sum, power] = [0, tangent];
  for (let at = 1; at < 45; at += 2) {
    sum += power / at;
    power *= -tangent * tangent;
  }
  return 8 * sum;
}
