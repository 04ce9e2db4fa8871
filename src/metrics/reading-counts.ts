/** How one group reads one partition: counts over the window of a summary, and how things stand. */
import { RecordKind } from '../model/trace';
import type { Micros } from '../model/time';

const NONE = -1;

export class ReadingCounts {
  delivered = 0;
  redelivered = 0;
  handled = 0;
  passedOver = 0;
  waitMicros: Micros = 0;
  handledMicros: Micros = 0;
  skipped = 0;
  strays = 0;
  commitsRefused = 0;
  // Not of the window, but how things stand.
  next = 0;
  committed = NONE;
  private highest = NONE;
  /** The offset after the last one handled so far; −1 before the first reader. */
  private reached = NONE;
  /** Whether the record in hand is no longer in the log: what stands at its offset now is another, which it says nothing of. */
  private isGone = false;
  /** Since when nobody reads it; −1 while somebody does. */
  private unreadSince: Micros;
  private unreadMicros: Micros = 0;

  constructor(private readonly keeps: boolean) {
    this.unreadSince = keeps ? 0 : NONE;
  }

  /** Forgets all that was counted, keeps how things stand. */
  beginWindow(now: Micros): void {
    this.delivered = this.redelivered = this.handled = this.passedOver = 0;
    this.waitMicros = this.handledMicros = this.unreadMicros = 0;
    this.skipped = this.strays = this.commitsRefused = 0;
    if (this.unreadSince >= 0) this.unreadSince = now;
  }

  /** @param isGone whether what is delivered has been cut off the log since it was fetched */
  take(kind: number, offset: number, value: number, now: Micros, isGone: boolean): void {
    switch (kind) {
      case RecordKind.delivered:
        this.delivered++;
        this.isGone = isGone;
        if (!isGone && offset <= this.highest) {
          this.redelivered++;
          break;
        }
        this.waitMicros += value;
        if (!isGone) this.highest = offset;
        break;
      case RecordKind.handled:
        this.handled++;
        this.handledMicros += value;
        this.goOnAfter(offset);
        break;
      case RecordKind.passedOver:
        this.passedOver++;
        this.goOnAfter(offset);
        break;
      case RecordKind.offsetCommitted:
        this.committed = offset;
        break;
      case RecordKind.assigned:
        if (offset < 0) {
          this.unreadSince = now;
          break;
        }
        this.unreadMicros += this.unreadSoFar(now);
        this.unreadSince = NONE;
        if (this.reached >= 0) this.skipped += Math.max(0, value - this.reached);
        this.reached = Math.max(this.reached, value);
        this.next = value;
        if (this.committed === NONE) this.committed = value;
        break;
      case RecordKind.sought:
        this.next = offset;
        break;
      case RecordKind.strayDelivered:
        this.strays++;
        this.highest = Math.max(this.highest, offset);
        break;
      case RecordKind.strayHandled:
        this.reached = Math.max(this.reached, offset + 1);
        break;
      case RecordKind.commitRefused:
        this.commitsRefused++;
    }
  }

  /** The log has been cut off: what comes to stand from this offset on is new to all readers. */
  fallBack(end: number): void {
    this.highest = Math.min(this.highest, end - 1);
    this.reached = Math.min(this.reached, end);
    this.next = Math.min(this.next, end);
    this.committed = Math.min(this.committed, end);
  }

  /** Time in the window up to an instant in which nobody has read it. */
  unreadUntil(now: Micros): Micros {
    return this.unreadMicros + this.unreadSoFar(now);
  }

  private unreadSoFar(now: Micros): Micros {
    return this.unreadSince < 0 ? 0 : now - this.unreadSince;
  }

  private goOnAfter(offset: number): void {
    if (this.isGone) return;
    this.reached = Math.max(this.reached, offset + 1);
    // Without a log many may be in hand at once, and one that was sent later may be done before.
    this.next = this.keeps ? offset + 1 : Math.max(this.next, offset + 1);
  }
}
