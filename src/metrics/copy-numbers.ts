/**
 * A number of its own for each thing that joins a line in which a message may stand twice, because a queue has delivered it again. Copies of
 * one message have the same priority, so the one that joined first leaves first.
 */
import { ABSENT } from './waiting-times';

export class CopyNumbers {
  private last = 0;
  private readonly inLine = new Map<number, number[]>();

  join(message: number): number {
    const numbers = this.inLine.get(message);
    if (numbers) numbers.push(++this.last);
    else this.inLine.set(message, [++this.last]);
    return this.last;
  }

  /** −1 when the message is not in the line. */
  leave(message: number): number {
    const numbers = this.inLine.get(message);
    const first = numbers?.shift() ?? ABSENT;
    if (numbers?.length === 0) this.inLine.delete(message);
    return first;
  }
}
