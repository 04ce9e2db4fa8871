/**
 * In which order a queue delivers, checked from its records alone: the highest priority first; among equals those that came back before
 * those that were never delivered, and these in the order in which they became ready; nothing that is acknowledged or gone. Whose turn it is
 * follows from counts for each priority, so a record costs the same however long the queue is.
 */
import { LIMITS } from '../model/limits';
import type { Micros } from '../model/time';
import type { Report } from './report';
import { ABSENT, StoredMessages } from './waiting-times';

const LEVELS = LIMITS.priority + 1;

/** Where a message stands: ready for the first time, ready again, not ready yet, handed out. */
const Standing = { fresh: 0, again: 1, delayed: 2, out: 3 } as const;
const STANDINGS = 4;

export class QueueOrder {
  readonly messages = new StoredMessages();
  /** By priority: how many are ready for the first time and again, and the turn of the last one that was delivered for the first time. */
  private readonly fresh = new Int32Array(LEVELS);
  private readonly again = new Int32Array(LEVELS);
  private readonly lastTurn = new Float64Array(LEVELS);
  private turns = 0;

  constructor(
    private readonly place: number,
    private readonly report: Report,
  ) {}

  joined(message: number, priority: number, now: Micros): void {
    if (!this.messages.add(message, now)) this.report('a message is stored once', this.place, now, `message ${message}`);
    this.stand(message, ++this.turns, Standing.fresh, priority);
  }

  delayed(message: number): void {
    this.moveTo(message, Standing.delayed);
  }

  /** Its turn counts from now. */
  delayEnded(message: number): void {
    const tag = this.messages.tagOf(message);
    if (tag !== ABSENT) this.stand(message, ++this.turns, Standing.fresh, tag % LEVELS);
  }

  returned(message: number): void {
    this.moveTo(message, Standing.again);
  }

  dispatched(message: number, now: Micros): void {
    const complain = (invariant: string, what = `message ${message}`): void => this.report(invariant, this.place, now, what);
    const tag = this.messages.tagOf(message);
    if (tag === ABSENT) {
      complain('nothing is delivered after its acknowledgement');
      return;
    }
    const priority = tag % LEVELS;
    const standing = Math.floor(tag / LEVELS) % STANDINGS;
    const turn = Math.floor(tag / (LEVELS * STANDINGS));
    if (standing > Standing.again) complain('only what is ready is delivered');
    for (let higher = priority + 1; higher < LEVELS; higher++) {
      if (this.fresh[higher]! + this.again[higher]! > 0)
        complain('the highest priority goes first', `message ${message}: ${priority} before ${higher}`);
    }
    if (standing === Standing.fresh) {
      if (this.again[priority]! > 0 || turn <= this.lastTurn[priority]!) {
        complain('first come, first delivered, within a priority');
      }
      this.lastTurn[priority] = turn;
    }
    this.moveTo(message, Standing.out);
  }

  /** When the message was stored; −1 when it is not there. */
  removed(message: number): Micros {
    const tag = this.messages.tagOf(message);
    if (tag === ABSENT) return ABSENT;
    this.count(tag, -1);
    return this.messages.remove(message);
  }

  private moveTo(message: number, standing: number): void {
    const tag = this.messages.tagOf(message);
    if (tag === ABSENT) return;
    this.count(tag, -1);
    this.stand(message, Math.floor(tag / (LEVELS * STANDINGS)), standing, tag % LEVELS);
  }

  private stand(message: number, turn: number, standing: number, priority: number): void {
    const tag = (turn * STANDINGS + standing) * LEVELS + priority;
    this.messages.setTag(message, tag);
    this.count(tag, 1);
  }

  private count(tag: number, change: 1 | -1): void {
    const standing = Math.floor(tag / LEVELS) % STANDINGS;
    if (standing === Standing.fresh) this.fresh[tag % LEVELS]! += change;
    else if (standing === Standing.again) this.again[tag % LEVELS]! += change;
  }
}
