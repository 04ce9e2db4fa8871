/**
 * Decides whether a busy worker still lives. It is told when the page looks, and when the worker said something; time in which
 * the page itself did not look (a hidden tab, a long task of its own) is not held against the worker.
 */
import { ANSWER_WITHIN_MS, OWN_WORK_WITHIN_MS, PING_EVERY_MS, type Phase } from './protocol';

/** A look that comes later than this was held up on our own side. */
const LATE_LOOK_MS = 2 * PING_EVERY_MS;

export class Watchdog {
  #heardMs = 0;
  #lookedMs = 0;
  #phase: Phase = 'preparing';

  /** A job begins. */
  start(nowMs: number): void {
    this.#heardMs = nowMs;
    this.#lookedMs = nowMs;
    this.#phase = 'preparing';
  }

  /** The worker said something, and what it is at, if it said that. */
  heard(nowMs: number, phase: Phase = this.#phase): void {
    this.#heardMs = nowMs;
    this.#phase = phase;
  }

  /** True when the worker has been silent for longer than it may be. Look every PING_EVERY_MS. */
  isSilent(nowMs: number): boolean {
    const sinceLook = nowMs - this.#lookedMs;
    this.#lookedMs = nowMs;
    if (sinceLook > LATE_LOOK_MS) this.#heardMs += sinceLook - PING_EVERY_MS;
    return nowMs - this.#heardMs > (this.#phase === 'summing-up' ? OWN_WORK_WITHIN_MS : ANSWER_WITHIN_MS);
  }
}
