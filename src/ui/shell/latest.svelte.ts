/**
 * What is made for a view while the page answers: until the newest is there, what was there before stays. Where the newest cannot be made,
 * that is a fault of ours, and `failed` lets the view say that it shows something older, or nothing.
 */
export class Latest<Value> {
  #value = $state.raw<Value>();
  #failed = $state.raw(false);
  #newest: Promise<Value> | undefined;

  /** Undefined before the first has come. */
  get value(): Value | undefined {
    return this.#value;
  }

  /** What is wanted now could not be made. */
  get failed(): boolean {
    return this.#failed;
  }

  /** This is wanted now. For an effect of a view. */
  follow(coming: Promise<Value>): void {
    this.#newest = coming;
    const settle = (set: () => void, failed: boolean): void => {
      if (this.#newest !== coming) return;
      set();
      this.#failed = failed;
    };
    coming.then(
      (value) => settle(() => (this.#value = value), false),
      (error: unknown) => settle(() => reportError(error), true),
    );
  }
}
