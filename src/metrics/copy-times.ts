/**
 * Since when something of each message is in a place where a message may be twice, because a queue has delivered it again. Nothing but their
 * times tells the copies apart.
 */
import type { Micros } from '../model/time';
import { ABSENT, StoredMessages } from './waiting-times';

export class CopyTimes {
  private readonly firsts = new StoredMessages();
  /** Copies beyond the first; nearly always nothing. */
  private readonly others = new Map<number, Micros[]>();

  get length(): number {
    let { length } = this.firsts;
    for (const times of this.others.values()) length += times.length;
    return length;
  }

  add(message: number, micros: Micros): void {
    if (this.firsts.add(message, micros)) return;
    const others = this.others.get(message);
    if (others) others.push(micros);
    else this.others.set(message, [micros]);
  }

  /** Takes out the copy of that time, or else another one, and says its time; −1 when there is none. */
  take(message: number, micros: Micros): Micros {
    const others = this.others.size > 0 ? this.others.get(message) : undefined;
    const first = this.firsts.remove(message);
    if (!others || first === ABSENT) return first;
    const at = first === micros ? -1 : others.indexOf(micros);
    const taken = at < 0 ? first : others.splice(at, 1)[0]!;
    this.firsts.add(message, at < 0 ? others.pop()! : first);
    if (others.length === 0) this.others.delete(message);
    return taken;
  }

  /** Σ (end − time) over all that are there. */
  sumUntil(endMicros: Micros): number {
    let sum = this.firsts.sumUntil(endMicros);
    for (const times of this.others.values()) for (const micros of times) sum += endMicros - micros;
    return sum;
  }
}
