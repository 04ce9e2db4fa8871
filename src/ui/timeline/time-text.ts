/** Times as people read them. The unit symbols are those of the SI, the same in every language. */
import type { Micros } from '../../model/time';

/** A span with three significant digits: `0 s`, `340 µs`, `20 ms`, `1.25 s`, `12.5 min`. */
export function spanText(micros: Micros): string {
  if (micros === 0) return '0 s';
  if (micros < 1_000) return `${Math.round(micros)} µs`;
  if (micros < 1e6) return `${digits(micros / 1_000)} ms`;
  if (micros < 600e6) return `${digits(micros / 1e6)} s`;
  return `${digits(micros / 60e6)} min`;
}

/** An instant of a run of `endMicros`, always with as many decimals, so that a running clock stands still but for its digits. */
export function clockText(micros: Micros, endMicros: Micros): string {
  return `${(micros / 1e6).toFixed(endMicros > 3_600e6 ? 0 : endMicros > 10e6 || endMicros === 0 ? 2 : 4)} s`;
}

/** An instant within a stretch, to about a thousandth of the stretch. */
export function momentText(micros: Micros, stretchMicros: Micros): string {
  const decimals = Math.ceil(3 - Math.log10(Math.max(1, stretchMicros) / 1e6));
  return `${(micros / 1e6).toFixed(Math.min(6, Math.max(0, decimals)))} s`;
}

/** An instant to the microsecond, without needless zeros. */
export function instantText(micros: Micros): string {
  return `${trim((micros / 1e6).toFixed(6))} s`;
}

function digits(value: number): string {
  return trim(value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2));
}

function trim(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
