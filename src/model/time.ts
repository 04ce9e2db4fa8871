/** Virtual time is an integer number of microseconds. Files and people write `"20ms"`; names inside carry the unit. */
export type Micros = number;

const MILLISECOND: Micros = 1_000;
export const SECOND: Micros = 1_000_000;

const UNIT_MICROS: Readonly<Record<string, number>> = { us: 1, µs: 1, ms: 1_000, s: SECOND, min: 60 * SECOND, h: 3_600 * SECOND };

export const DURATION_PATTERN = /^(\d+(?:\.\d+)?|\.\d+)\s*(us|µs|ms|s|min|h)$/;
export const RATE_PATTERN = /^(\d+(?:\.\d+)?|\.\d+)\s*\/\s*(ms|s|min|h)$/;

/** `"1.5s"` to 1,500,000 µs, rounded to a whole microsecond; undefined when the text is no duration. */
export function parseDuration(text: string): Micros | undefined {
  const match = DURATION_PATTERN.exec(text.trim());
  return match ? Math.round(Number(match[1]) * UNIT_MICROS[match[2]!]!) : undefined;
}

/** `"12/s"` to 12 per second; undefined when the text is no rate. */
export function parseRate(text: string): number | undefined {
  const match = RATE_PATTERN.exec(text.trim());
  return match ? (Number(match[1]) * SECOND) / UNIT_MICROS[match[2]!]! : undefined;
}

/** The shortest exact text that `parseDuration` reads back: 1,500,000 µs is `"1.5s"`. */
export function formatDuration(micros: Micros): string {
  if (micros === 0) return '0ms';
  if (micros >= SECOND || micros % 100_000 === 0) return `${micros / SECOND}s`;
  return micros >= MILLISECOND || micros % 100 === 0 ? `${micros / MILLISECOND}ms` : `${micros}us`;
}
