/** What the parts of the page that are in sight offer: a part says for each of its buttons what the command of the same name does. */
import { untrack } from 'svelte';
import type { OfferedId } from './offered-commands';

/** What is done, or why it cannot be done now. */
export type Offers = Readonly<Partial<Record<OfferedId, (() => void) | string>>>;

class Offered {
  #parts = $state.raw<readonly (() => Offers)[]>([]);

  get all(): Offers {
    return Object.assign({}, ...this.#parts.map((part) => part()));
  }

  /** Until the returned function is called: the effect of a component. */
  offer(part: () => Offers): () => void {
    this.#parts = [...untrack(() => this.#parts), part];
    return () => (this.#parts = this.#parts.filter((other) => other !== part));
  }
}

export const offered = new Offered();
