/** The retransmission timeout of TCP, computed from round trips as RFC 6298 §2 says. Microseconds, rounded when read. */
import type { Micros } from '../../model/time';

/** RFC 6298 §2.1: before the first round trip is known. */
const FIRST: Micros = 1_000_000;
/** RFC 6298 §2.5: an upper bound of at least 60 seconds. */
const LONGEST: Micros = 60_000_000;

export class RetransmissionTimeout {
  private micros = FIRST;
  private smoothed = 0;
  private variation = 0;

  /** @param shortest RFC 6298 §2.4 asks for a second; Linux takes 200 ms */
  constructor(private readonly shortest: Micros) {
    this.micros = Math.max(FIRST, shortest);
  }

  get current(): Micros {
    return Math.round(this.micros);
  }

  /** Takes in a measured round trip (RFC 6298 §2.2, §2.3). A doubled timeout ends with it. */
  sample(roundTrip: Micros): void {
    if (this.smoothed === 0) {
      this.smoothed = roundTrip;
      this.variation = roundTrip / 2;
    } else {
      this.variation = 0.75 * this.variation + 0.25 * Math.abs(this.smoothed - roundTrip);
      this.smoothed = 0.875 * this.smoothed + 0.125 * roundTrip;
    }
    // The clock's granularity is one microsecond.
    this.micros = Math.min(LONGEST, Math.max(this.shortest, this.smoothed + Math.max(1, 4 * this.variation)));
  }

  /** RFC 6298 §5.5. */
  backOff(): void {
    this.micros = Math.min(LONGEST, this.micros * 2);
  }
}
