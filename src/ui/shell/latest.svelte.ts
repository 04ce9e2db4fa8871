/** What is made for a view while the page answers: until the newest is there, what was there before stays. */
export class Latest<Value> {
  #value = $state.raw<Value>();
  #newest: Promise<Value> | undefined;

  /** Undefined before the first has come. */
  get value(): Value | undefined {
    return this.#value;
  }

  /** This is wanted now. For an effect of a view. */
  follow(coming: Promise<Value>): void {
    this.#newest = coming;
    void coming.then((value) => {
      if (this.#newest === coming) this.#value = value;
    });
  }
}
