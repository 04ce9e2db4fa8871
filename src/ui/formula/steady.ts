/** A time that stands still for a while when it moves by itself, and follows at once when somebody moves it. */
import type { Micros } from '../../model/time';

export class Steady {
  private shown: Micros = 0;
  private sinceMs = -Infinity;

  constructor(private readonly stayMs: number) {}

  /** The time to be shown. A jump back, as of a loop, is followed at once. */
  at(timeMicros: Micros, moves: boolean, nowMs: number): Micros {
    if (!moves || timeMicros < this.shown || nowMs - this.sinceMs >= this.stayMs) {
      this.shown = timeMicros;
      this.sinceMs = nowMs;
    }
    return this.shown;
  }
}
