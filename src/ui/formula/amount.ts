/** Numbers as the formula strip writes them: few digits, the unit named, and sums that add up as written. */
import type { Micros } from '../../model/time';

/** A duration in the unit that suits it: `40 ms`, `4.45 s`. */
export function duration(ms: number | null): string {
  if (ms === null) return '–';
  return ms >= 1_000 ? `${(ms / 1_000).toFixed(2)} s` : `${ms.toFixed(ms >= 100 ? 0 : 1).replace(/\.0$/, '')} ms`;
}

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

export function perSecond(rate: number): string {
  return `${rate.toFixed(rate >= 100 ? 0 : 1)} / s`;
}

export function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;
}

export function seconds(micros: Micros): string {
  return `${(micros / 1e6).toFixed(1).replace(/\.0$/, '')} s`;
}
