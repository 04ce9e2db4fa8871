/**
 * The messages of a queue that are ready to be delivered: one line for each priority, the highest goes first, and within a priority who was
 * there first (AMQP 0-9-1, 3.1.10 "message priorities"; RabbitMQ, "Classic Queues Support Priorities"). A message that comes back takes its
 * old turn again.
 */
import { StoredList } from './stored-list';
import type { Stored } from './stored';

export class ReadyLines {
  length = 0;
  private readonly lines: readonly StoredList[];

  /** @param highest the highest priority there is, from 0. */
  constructor(highest: number) {
    this.lines = Array.from({ length: highest + 1 }, () => new StoredList());
  }

  push(stored: Stored): void {
    this.length++;
    this.lines[stored.priority]!.push(stored);
  }

  putBack(stored: Stored): void {
    this.length++;
    this.lines[stored.priority]!.insert(stored);
  }

  has(stored: Stored): boolean {
    return stored.list !== undefined && stored.list === this.lines[stored.priority];
  }

  remove(stored: Stored): void {
    this.length--;
    this.lines[stored.priority]!.remove(stored);
  }

  /** The next to be delivered, taken out. */
  shift(): Stored | undefined {
    for (let priority = this.lines.length - 1; priority >= 0; priority--) {
      const { first } = this.lines[priority]!;
      if (!first) continue;
      this.remove(first);
      return first;
    }
    return undefined;
  }

  all(): Stored[] {
    return this.lines.flatMap((line) => line.all());
  }

  /** The one whose turn is the earliest, whatever its priority. */
  get oldest(): Stored | undefined {
    let oldest: Stored | undefined;
    for (const { first } of this.lines) if (first && (!oldest || first.turn < oldest.turn)) oldest = first;
    return oldest;
  }
}
