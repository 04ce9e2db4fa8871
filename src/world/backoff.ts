/**
 * The pauses between the attempts of a call. Jitter as in M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015, with
 * v = min(max, base · mⁿ⁻¹) before retry n: full jitter U(0, v), equal jitter v/2 + U(0, v/2), decorrelated jitter
 * min(max, U(base, 3 · the pause before)), where the first pause before is `base`. `grpc`: v · U(0.8, 1.2), as gRFC A6 has it since its
 * jitter was narrowed from U(0, v).
 */
import type { Backoff } from '../model/policies/policy';
import type { Micros } from '../model/time';
import type { RandomSource } from '../sim/streams';

export interface Pausing {
  readonly backoff: Backoff;
  readonly baseMicros: Micros;
  /** No pause is longer. */
  readonly maxMicros: Micros;
  /** m: what v grows by with each attempt. */
  readonly multiplier: number;
}

/** The pause after so many attempts, at least 1; `before` is the pause before this one, 0 if there was none. Draws only for jitter. */
export function pauseBefore(pausing: Pausing, attempts: number, before: Micros, chance: RandomSource): Micros {
  const { backoff, baseMicros, maxMicros } = pausing;
  const longest = longestPause(pausing, attempts);
  switch (backoff) {
    case 'none':
      return 0;
    case 'fixed':
      return Math.min(maxMicros, baseMicros);
    case 'exponential':
      return Math.round(longest);
    case 'full-jitter':
      return Math.round(longest * chance.uniform());
    case 'equal-jitter':
      return Math.round((longest / 2) * (1 + chance.uniform()));
    case 'grpc':
      return Math.round(longest * (0.8 + 0.4 * chance.uniform()));
    case 'decorrelated-jitter': {
      const high = 3 * Math.max(baseMicros, before);
      return Math.min(maxMicros, Math.round(baseMicros + (high - baseMicros) * chance.uniform()));
    }
  }
}

/** Multiplied step by step: powers differ between engines in the last bit. */
function longestPause({ baseMicros, maxMicros, multiplier }: Pausing, attempts: number): number {
  let longest = baseMicros;
  for (let attempt = 1; attempt < attempts && (longest < maxMicros || multiplier < 1); attempt++) longest *= multiplier;
  return Math.min(maxMicros, longest);
}
