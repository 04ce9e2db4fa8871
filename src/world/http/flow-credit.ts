/**
 * A receiver's half of flow control (RFC 9113 §5.2, §6.9): it counts what comes and gives credit back when a share of the window is used
 * up. What is received counts as consumed at once, so a window limits what is on its way, not what a slow reader has not read; on a gRPC stream it counts as consumed when it is read.
 */
import { invariant } from '../../sim/assert';

export class FlowCredit {
  private uncredited = 0;
  private granted: number;
  private received = 0;
  private readonly threshold: number;

  /**
   * @param windowBytes what may be uncredited
   * @param granted what the sender may take before any credit: more than the window as long as it has not heard of a smaller one
   * @param share credit is given when this share of the window is used up, 0 to 1
   */
  constructor(windowBytes: number, granted: number, share: number) {
    this.granted = granted;
    this.threshold = Math.max(1, Math.floor(windowBytes * share));
  }

  /** Takes what has come, and says how much credit is due now; 0 for none yet. */
  take(bytes: number): number {
    this.receive(bytes);
    return this.consume(bytes);
  }

  /** Takes what has come and is not consumed yet. */
  receive(bytes: number): void {
    this.received += bytes;
    invariant(this.received <= this.granted, 'no more DATA comes than the window allows');
  }

  /** What has come is consumed: says how much credit is due now; 0 for none yet. */
  consume(bytes: number): number {
    this.uncredited += bytes;
    if (this.uncredited < this.threshold) return 0;
    const credit = this.uncredited;
    this.uncredited = 0;
    this.granted += credit;
    return credit;
  }
}
