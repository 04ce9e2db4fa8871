/** Numbers as the formula strip writes them: amounts, and sums that add up as written. */
export { duration, percent, perSecond, seconds } from '../../i18n/amounts';

export interface WrittenSum {
  readonly parts: readonly string[];
  readonly total: string;
}

/**
 * Parts and their total in one unit. Each is rounded by itself, and what rounding leaves over goes to the largest part, so that a reader
 * who adds up what is written gets the total that is written.
 */
export function writtenSum(partsMs: readonly number[]): WrittenSum {
  const totalMs = partsMs.reduce((sum, part) => sum + part, 0);
  const [unit, scale, digits] = totalMs >= 1_000 ? (['s', 1_000, 2] as const) : (['ms', 1, totalMs >= 100 ? 0 : 1] as const);
  const grid = digits === 2 ? 100 : digits === 1 ? 10 : 1;
  const rounded = partsMs.map((part) => Math.round((part / scale) * grid));
  const total = Math.round((totalMs / scale) * grid);
  const largest = partsMs.indexOf(Math.max(...partsMs));
  rounded[largest] = rounded[largest]! + total - rounded.reduce((sum, part) => sum + part, 0);
  const write = (steps: number): string => (steps / grid).toFixed(digits);
  return { parts: rounded.map(write), total: `${write(total)} ${unit}` };
}
