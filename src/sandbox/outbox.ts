/** The worker's way out: replies are numbered, and none leaves without credit from the page. */
import { INITIAL_CREDIT, type Reply, type ReplyBody } from './protocol';

/** Replies held back for lack of credit before the executor has to wait. */
const HELD_MAX = 64;

export type Post = (reply: Reply, transfer: Transferable[]) => void;

export class Outbox {
  #credit = INITIAL_CREDIT;
  #sequence = 0;
  readonly #held: { readonly body: ReplyBody; readonly transfer: Transferable[] }[] = [];

  constructor(private readonly post: Post) {}

  /** True when the executor should stop producing until the page has read some. */
  get full(): boolean {
    return this.#held.length >= HELD_MAX;
  }

  send(body: ReplyBody, transfer: Transferable[] = []): void {
    this.#held.push({ body, transfer });
    this.#flush();
  }

  /** Sends what may be left out when there is no credit: the next one says the same and more. */
  sendIfFree(body: ReplyBody): void {
    if (this.#credit > 0 && this.#held.length === 0) this.send(body);
  }

  grant(messages: number): void {
    this.#credit += messages;
    this.#flush();
  }

  #flush(): void {
    while (this.#credit > 0) {
      const next = this.#held.shift();
      if (!next) return;
      this.#credit--;
      this.post({ ...next.body, sequence: ++this.#sequence }, next.transfer);
    }
  }
}
