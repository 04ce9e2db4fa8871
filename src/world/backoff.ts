/**
 * The pauses between the attempts of a call. Jitter as in M. Brooker, "Exponential Backoff and Jitter", AWS Architecture Blog, 2015, with
 * v = min(max, base · 2ⁿ⁻¹) before retry n: full jitter U(0, v), equal jitter v/2 + U(0, v/2), decorrelated jitter
 * min(max, U(base, 3 · the pause before)), where the first pause before is `base`.
 */
import type { Backoff } from '../model/policies/policy';
import type { Micros } from '../model/time';
import type { RandomSource } from '../sim/streams';

export interface Pausing {
  readonly backoff: Backoff;
  readonly baseMicros: Micros;
  /** No pause is longer. */
  readonly maxMicros: Micros;
}

/** The pause after so many attempts, at least 1; `before` is the pause before this one, 0 if there was none. Draws only for jitter. */
export function pauseBefore({ backoff, baseMicros, maxMicros }: Pausing, attempts: number, before: Micros, chance: RandomSource): Micros {
  const longest = Math.min(maxMicros, baseMicros * (1 << Math.min(attempts - 1, 30)));
  switch (backoff) {
    case 'none':
      return 0;
    case 'fixed':
      return Math.min(maxMicros, baseMicros);
    case 'exponential':
      return longest;
    case 'full-jitter':
      return Math.round(longest * chance.uniform());
    case 'equal-jitter':
      return Math.round((longest / 2) * (1 + chance.uniform()));
    case 'decorrelated-jitter': {
      const high = 3 * Math.max(baseMicros, before);
      return Math.min(maxMicros, Math.round(baseMicros + (high - baseMicros) * chance.uniform()));
    }
  }
}
