/** An instant as it is typed: `12.5`, `12.5 s`, `300ms`, `1:05`, `2 min`. */
import type { Micros } from '../../model/time';

const UNITS: Readonly<Record<string, number>> = {
  '': 1_000_000,
  s: 1_000_000,
  秒: 1_000_000,
  ms: 1_000,
  毫秒: 1_000,
  us: 1,
  µs: 1,
  min: 60_000_000,
  分: 60_000_000,
};

/** Undefined for what names no instant. */
export function readInstant(text: string): Micros | undefined {
  const clock = /^(\d{1,4}):([0-5]?\d(?:\.\d+)?)$/.exec(text.trim());
  if (clock) return Math.round(Number(clock[1]) * 60_000_000 + Number(clock[2]) * 1_000_000);
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*(\p{L}*)$/u.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return amount === undefined || factor === undefined ? undefined : Math.round(Number(amount) * factor);
}
