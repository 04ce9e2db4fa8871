/** Chance for making scenarios: a generator of its own, so that a fault in the simulator's streams cannot choose its own test. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) | 0;
  }

  /** A whole number from 0 up to, not including, `count`: mulberry32 by Tommy Ettinger. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let word = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 0x100000000) * count);
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(...choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  /** True once in so many times. */
  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  /** The value, or as often undefined: an option that is not set. */
  perhaps<T>(value: T): T | undefined {
    return this.oneIn(2) ? value : undefined;
  }
}
