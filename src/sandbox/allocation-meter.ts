/**
 * Counts what handlers ask for in one go: arrays and texts that built-in functions make without any step of the handler's own.
 * Loops are the step counter's business; this is for `'x'.repeat(1e9)` and its kin, which are a single step. The counts depend
 * on the code alone, never on the machine's memory, so a run that meets the limit meets it everywhere at the same place.
 */

/** The longest array or text that one call may make. */
const LENGTH_MAX = 16_777_216;
/** Smaller pieces are not counted: the step limit bounds how many of them one event can make. */
const COUNTED_FROM = 4_096;
/** Elements and characters of all counted pieces of one run together, whether or not they are still held. */
const RUN_MAX = 134_217_728;

export class AllocationMeter {
  #used = 0;

  /** A new run begins. */
  reset(): void {
    this.#used = 0;
  }

  /** Counts a piece of so many elements or characters. Throws a RangeError that says which limit it meets. */
  charge(length: number): void {
    if (!(length >= COUNTED_FROM)) return;
    if (length > LENGTH_MAX) throw new RangeError(`An array or text of ${length} is longer than handlers may make: ${LENGTH_MAX}`);
    this.#used += length;
    if (this.#used > RUN_MAX)
      throw new RangeError(`The handlers of this run have made more than ${RUN_MAX} elements of long arrays and texts`);
  }
}
