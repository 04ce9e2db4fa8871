/**
 * One tab edits a document, the others look on: a Web Lock for each document, and a channel on which a tab asks for it. Who holds the lock
 * first saves what it has; who does not answer, such as a tab that the browser has put to sleep, has the lock taken away. Two tabs that
 * save all the same do not overwrite each other: the store sees to that.
 */
export interface Claim {
  /** Asks the tab that edits to let go. */
  takeOver(): void;
  /** This tab has done with the document. */
  release(): void;
}

export interface ClaimEvents {
  /** This tab edits from now on. */
  gained(): void;
  /** Another tab edits from now on. */
  lost(): void;
  /** Another tab asks for the document: resolves when everything is saved. */
  asked(): Promise<unknown>;
}

export interface EditLocks {
  claim(id: string, events: ClaimEvents): Claim;
  /** Whether any tab, this one or another, edits the document now. False where the browser cannot say. */
  isClaimed(id: string): Promise<boolean>;
}

/** A tab that has not let go by then is taken to be asleep, in ms. */
const PATIENCE_MS = 2_000;

/** Where the browser has no locks, every tab edits. */
export function openEditLocks(name: string): EditLocks {
  const alone: EditLocks = {
    claim(_id, { gained }) {
      gained();
      return { takeOver: () => undefined, release: () => undefined };
    },
    isClaimed: () => Promise.resolve(false),
  };
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return alone;
  const channel = new BroadcastChannel(`${name}.edit`);
  const nameOf = (id: string): string => `${name}.edit:${id}`;
  return {
    claim: (id, events) => new LockClaim(nameOf(id), events, navigator.locks, channel),
    isClaimed: async (id) => ((await navigator.locks.query()).held ?? []).some((lock) => lock.name === nameOf(id)),
  };
}

class LockClaim implements Claim {
  readonly #name: string;
  readonly #events: ClaimEvents;
  readonly #locks: LockManager;
  readonly #channel: BroadcastChannel;
  /** Ends what waits in the line of the lock. */
  readonly #leaving = new AbortController();
  /** Lets the lock go; undefined while another tab has it. */
  #letGo: (() => void) | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, events: ClaimEvents, locks: LockManager, channel: BroadcastChannel) {
    this.#name = name;
    this.#events = events;
    this.#locks = locks;
    this.#channel = channel;
    channel.addEventListener('message', this.#hear);
    void this.#begin();
  }

  takeOver(): void {
    if (this.#letGo) return;
    this.#channel.postMessage(this.#name);
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      if (!this.#letGo && !this.#leaving.signal.aborted) void this.#request({ steal: true });
    }, PATIENCE_MS);
  }

  release(): void {
    clearTimeout(this.#patience);
    this.#channel.removeEventListener('message', this.#hear);
    this.#leaving.abort();
    this.#letGo?.();
  }

  async #begin(): Promise<void> {
    if (!(await this.#request({ ifAvailable: true }))) void this.#stand();
  }

  /** Waits in line for the lock, and again each time that it has been lost. */
  async #stand(): Promise<void> {
    if (this.#leaving.signal.aborted) return;
    this.#events.lost();
    await this.#request({ signal: this.#leaving.signal });
  }

  /** Resolves when the lock is gone again, to false when there was none to be had. */
  async #request(options: LockOptions): Promise<boolean> {
    let had = false;
    try {
      await this.#locks.request(this.#name, options, (lock) => {
        if (!lock || this.#leaving.signal.aborted) return undefined;
        had = true;
        clearTimeout(this.#patience);
        this.#events.gained();
        return new Promise<void>((resolve) => (this.#letGo = resolve));
      });
    } catch {
      // It was stolen, or the claim was released while it stood in line.
    }
    this.#letGo = undefined;
    if (had) void this.#stand();
    return had;
  }

  readonly #hear = ({ data }: MessageEvent<unknown>): void => {
    if (data !== this.#name || !this.#letGo) return;
    const letGo = this.#letGo;
    void this.#events.asked().then(letGo, letGo);
  };
}
