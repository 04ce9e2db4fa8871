/** Messages of a queue in the order of their turn. A list through the messages themselves: any of them leaves in constant time. */
import type { Stored } from './stored';

export class StoredList {
  length = 0;
  first: Stored | undefined;
  private last: Stored | undefined;

  /** At the back. */
  push(stored: Stored): void {
    this.putAfter(this.last, stored);
  }

  /** At its turn. One that comes back is older than nearly all others: it is looked for from the front. */
  insert(stored: Stored): void {
    let before: Stored | undefined;
    for (let other = this.first; other && other.turn < stored.turn; other = other.later) before = other;
    this.putAfter(before, stored);
  }

  /** The message must be in this list. */
  remove(stored: Stored): void {
    const { earlier, later } = stored;
    if (earlier) earlier.later = later;
    else this.first = later;
    if (later) later.earlier = earlier;
    else this.last = earlier;
    stored.earlier = stored.later = stored.list = undefined;
    this.length--;
  }

  /** A copy, so that who goes through it may remove them. */
  all(): Stored[] {
    const all: Stored[] = [];
    for (let stored = this.first; stored; stored = stored.later) all.push(stored);
    return all;
  }

  private putAfter(before: Stored | undefined, stored: Stored): void {
    const after = before ? before.later : this.first;
    stored.earlier = before;
    stored.later = after;
    if (before) before.later = stored;
    else this.first = stored;
    if (after) after.earlier = stored;
    else this.last = stored;
    stored.list = this;
    this.length++;
  }
}
