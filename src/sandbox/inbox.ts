/** The page's way in: counts what the worker sends against what it was granted, and reads every reply before passing it on. */
import { readReply } from './check-reply';
import { CREDIT_STEP, INITIAL_CREDIT, type Reply } from './protocol';

export type Received = { readonly reply: Reply } | { readonly breach: string };

export class Inbox {
  #granted = INITIAL_CREDIT;
  #received = 0;

  constructor(private readonly grant: (messages: number) => void) {}

  /** The worker may send so many more. */
  allow(messages: number): void {
    this.#granted += messages;
    this.grant(messages);
  }

  /** Reads one message. A breach means that the worker is not ours any more and has to be replaced. */
  receive(message: unknown): Received {
    this.#received++;
    if (this.#received > this.#granted) return { breach: 'more messages than granted' };
    const reply = readReply(message);
    if (typeof reply === 'string') return { breach: reply };
    if (reply.sequence !== this.#received) return { breach: 'messages out of order' };
    if (this.#received % CREDIT_STEP === 0) {
      this.allow(CREDIT_STEP);
    }
    return { reply };
  }
}
