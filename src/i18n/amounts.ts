/** Amounts as every part of the page and the command line write them: few digits, the unit named. The symbols are those of the SI. */
import type { Micros } from '../model/time';

/** A duration in the unit that suits it: `40 ms`, `4.45 s`. */
export function duration(ms: number | null): string {
  if (ms === null) return '–';
  return ms >= 1_000 ? `${(ms / 1_000).toFixed(2)} s` : `${ms.toFixed(ms >= 100 ? 0 : 1).replace(/\.0$/, '')} ms`;
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
