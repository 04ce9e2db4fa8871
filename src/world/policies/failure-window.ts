/** The latest outcomes that a breaker looks at, as counts. */
import type { BreakerPolicy } from '../../model/policies/policy';
import type { Micros } from '../../model/time';

export interface FailureWindow {
  /** Calls in the window, and how many of them failed. */
  calls: number;
  failures: number;
  add(failed: boolean, now: Micros): void;
  clear(): void;
}

export function failureWindow(window: BreakerPolicy['window']): FailureWindow {
  return 'calls' in window ? new CountWindow(window.calls) : new TimeWindow(window.micros);
}

/** The latest so many calls. */
class CountWindow implements FailureWindow {
  calls = 0;
  failures = 0;
  private readonly failed: Uint8Array;
  private next = 0;

  constructor(size: number) {
    this.failed = new Uint8Array(size);
  }

  add(failed: boolean): void {
    const { failed: ring, next } = this;
    if (this.calls === ring.length) this.failures -= ring[next]!;
    else this.calls++;
    ring[next] = failed ? 1 : 0;
    this.failures += ring[next]!;
    this.next = (next + 1) % ring.length;
  }

  clear(): void {
    this.calls = this.failures = this.next = 0;
  }
}

/** A window of time keeps one pair of counts for each of so many slices, whatever the rate of calls. */
const SLICES = 32;

/** The calls of the latest so many µs, to within one slice: whole slices leave the window. */
class TimeWindow implements FailureWindow {
  calls = 0;
  failures = 0;
  private readonly callsOf = new Float64Array(SLICES);
  private readonly failuresOf = new Float64Array(SLICES);
  private slice = 0;

  constructor(private readonly micros: Micros) {}

  add(failed: boolean, now: Micros): void {
    const slice = Math.floor((now * SLICES) / this.micros);
    if (slice - this.slice >= SLICES) this.clear();
    else for (let gone = this.slice + 1; gone <= slice; gone++) this.forget(gone % SLICES);
    this.slice = slice;
    const at = slice % SLICES;
    this.callsOf[at]!++;
    this.calls++;
    if (!failed) return;
    this.failuresOf[at]!++;
    this.failures++;
  }

  clear(): void {
    this.calls = this.failures = 0;
    this.callsOf.fill(0);
    this.failuresOf.fill(0);
  }

  private forget(at: number): void {
    this.calls -= this.callsOf[at]!;
    this.failures -= this.failuresOf[at]!;
    this.callsOf[at] = this.failuresOf[at] = 0;
  }
}
