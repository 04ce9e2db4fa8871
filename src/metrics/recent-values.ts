/** The values of the latest stretch of time, for the numbers of a window that moves along. */
import type { Micros } from '../model/time';

export class RecentValues {
  private times: Micros[] = [];
  private values: number[] = [];
  /** Index of the oldest that counts. */
  private first = 0;

  constructor(private readonly windowMicros: Micros) {}

  add(value: number, now: Micros): void {
    this.times.push(now);
    this.values.push(value);
  }

  /** Forgets what is older than the window that ends now, its beginning included. */
  moveTo(now: Micros): void {
    const { times } = this;
    while (this.first < times.length && times[this.first]! <= now - this.windowMicros) this.first++;
    if (this.first < times.length / 2) return;
    this.times = times.slice(this.first);
    this.values = this.values.slice(this.first);
    this.first = 0;
  }

  get count(): number {
    return this.values.length - this.first;
  }

  get sum(): number {
    let sum = 0;
    for (let at = this.first; at < this.values.length; at++) sum += this.values[at]!;
    return sum;
  }

  get last(): number | undefined {
    return this.values.at(-1);
  }

  /** The mean; undefined of nothing. */
  get mean(): number | undefined {
    return this.count > 0 ? this.sum / this.count : undefined;
  }

  /** By the nearest rank; undefined of nothing. */
  percentile(p: number): number | undefined {
    const sorted = Float64Array.from(this.values.slice(this.first)).sort();
    return sorted[Math.max(1, Math.ceil(p * sorted.length)) - 1];
  }
}
