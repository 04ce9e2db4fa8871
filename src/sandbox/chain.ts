/**
 * The page's end of page → mid.html (same origin) → srcdoc frame (opaque origin) → blob worker. It makes the frames, hands down
 * one end of a private channel and gives back the other. It knows nothing of what is said over it.
 */
import { START_WITHIN_MS } from './protocol';

class ChainFailed extends Error {}

export class Chain {
  readonly #mid: HTMLIFrameElement;
  #fail: ((error: ChainFailed) => void) | undefined;
  #ready: Promise<void> | undefined;

  constructor(private readonly parent: HTMLElement) {
    this.#mid = document.createElement('iframe');
    this.#mid.hidden = true;
    this.#mid.title = 'Sandbox';
    this.#mid.src = 'mid.html';
  }

  /**
   * Starts a fresh worker; the one before it ends, whatever it is doing. The port is there at once, the worker a little later.
   * `onFailure` is called when the browser refuses to start the worker, or when it dies of an error outside every handler.
   */
  async spawn(onFailure: (error: ChainFailed) => void): Promise<MessagePort> {
    this.#fail = onFailure;
    await (this.#ready ??= this.#load());
    const { port1, port2 } = new MessageChannel();
    this.#mid.contentWindow?.postMessage('spawn', location.origin, [port2]);
    return port1;
  }

  remove(): void {
    removeEventListener('message', this.#onMessage);
    this.#mid.remove();
  }

  #load(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new ChainFailed('mid.html did not answer')), START_WITHIN_MS);
      const onReady = (event: MessageEvent) => {
        if (event.source !== this.#mid.contentWindow || event.data !== 'mid-ready') return;
        clearTimeout(timer);
        removeEventListener('message', onReady);
        resolve();
      };
      addEventListener('message', onReady);
      addEventListener('message', this.#onMessage);
      this.parent.append(this.#mid);
    });
  }

  readonly #onMessage = (event: MessageEvent): void => {
    if (event.source === this.#mid.contentWindow && event.data === 'sandbox-failed')
      this.#fail?.(new ChainFailed('the worker did not start'));
  };
}
