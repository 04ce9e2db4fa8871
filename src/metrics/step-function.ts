/** A number that changes at instants and stays between them, with its time integral: any window is answered by halving, exactly. */
import type { Micros } from '../model/time';

export class StepFunction {
  /** `areas[i]`: the integral up to the i-th change. Whole numbers of µs, so sums are exact. */
  private readonly areas: Float64Array;

  /** `times` ascend strictly; `values[i]` holds from `times[i]` on, and 0 before the first. */
  constructor(
    readonly times: Float64Array,
    readonly values: Float64Array,
  ) {
    this.areas = new Float64Array(times.length);
    for (let at = 1; at < times.length; at++) this.areas[at] = this.areas[at - 1]! + values[at - 1]! * (times[at]! - times[at - 1]!);
  }

  /** After all that happens at the instant. */
  valueAt(micros: Micros): number {
    return this.values[countUpTo(this.times, micros) - 1] ?? 0;
  }

  /** The integral over a window, in µs. */
  area(fromMicros: Micros, toMicros: Micros): number {
    return this.areaUntil(toMicros) - this.areaUntil(fromMicros);
  }

  /** The mean over a window; of one without length, the value there. */
  mean(fromMicros: Micros, toMicros: Micros): number {
    return toMicros > fromMicros ? this.area(fromMicros, toMicros) / (toMicros - fromMicros) : this.valueAt(toMicros);
  }

  private areaUntil(micros: Micros): number {
    const at = countUpTo(this.times, micros) - 1;
    return at < 0 ? 0 : this.areas[at]! + this.values[at]! * (micros - this.times[at]!);
  }
}

/** Takes in changes in the order of time; those of one instant become one step. */
export class StepBuilder {
  private times = new Float64Array(64);
  private values = new Float64Array(64);
  private count = 0;
  private current = 0;

  get value(): number {
    return this.current;
  }

  add(micros: Micros, change: number): void {
    if (change === 0) return;
    this.current += change;
    if (this.count > 0 && this.times[this.count - 1] === micros) {
      this.values[this.count - 1] = this.current;
      return;
    }
    if (this.count === this.times.length) {
      this.times = doubled(this.times);
      this.values = doubled(this.values);
    }
    this.times[this.count] = micros;
    this.values[this.count++] = this.current;
  }

  finish(): StepFunction {
    return new StepFunction(this.times.slice(0, this.count), this.values.slice(0, this.count));
  }
}

function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(column.length * 2);
  larger.set(column);
  return larger;
}

/** How many of the ascending times are not later than an instant. */
export function countUpTo(times: Float64Array, micros: Micros): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= micros) low = middle + 1;
    else high = middle;
  }
  return low;
}
