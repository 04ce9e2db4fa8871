/**
 * What the kernel needs of a queue of pending events. Every implementation gives the same order: by time, then by `seq`, which is
 * unique. A slot is a small whole number that the kernel reuses; it is in the queue at most once.
 */
export interface EventQueue {
  /** `time` is not below that of the last popped entry. `seq` may be: an entry may come in late with the seq it was given early. */
  push(time: number, seq: number, slot: number): void;
  /** Removes the first entry and returns its slot; −1 when the queue is empty. */
  pop(): number;
  /** Time of the first entry; Infinity when the queue is empty. */
  peekTime(): number;
  /** Seq of the first entry; −1 when the queue is empty. */
  peekSeq(): number;
  readonly size: number;
}
