/** Who waits at a service, and whose turn it is: first come, last come, or the highest priority and first come within it. */
import type { Service } from '../model/kinds/service';
import { LIMITS } from '../model/limits';
import { Line } from './line';
import type { Message } from './message';

export class WaitingLine {
  length = 0;
  /** By priority; only the first is used without priorities. */
  private readonly lines: readonly Line<Message>[];

  constructor(private readonly discipline: Service['discipline']) {
    this.lines = Array.from({ length: discipline === 'priority' ? LIMITS.priority + 1 : 1 }, () => new Line<Message>());
  }

  push(message: Message, priority: number): void {
    this.length++;
    this.lines[priority]!.push(message);
  }

  /** The next one to be served, taken out. */
  next(): Message | undefined {
    for (let priority = this.lines.length - 1; priority >= 0; priority--) {
      const line = this.lines[priority]!;
      if (line.length === 0) continue;
      this.length--;
      return this.discipline === 'lifo' ? line.pop() : line.shift();
    }
    return undefined;
  }
}
