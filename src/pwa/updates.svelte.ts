/** The service worker as the page sees it: works offline now, a new version waits. It never reloads on its own. */
import { registerSW } from 'virtual:pwa-register';

class Updates {
  #ready = $state.raw(false);
  #offlineReady = $state.raw(false);
  #start: ((reload?: boolean) => Promise<void>) | undefined;

  /** A new version waits to be started. */
  get ready(): boolean {
    return this.#ready;
  }
  /** All files are on this device. */
  get offlineReady(): boolean {
    return this.#offlineReady;
  }

  register(): void {
    if (!('serviceWorker' in navigator)) return;
    this.#offlineReady = navigator.serviceWorker.controller !== null;
    this.#start = registerSW({
      onNeedRefresh: () => (this.#ready = true),
      onOfflineReady: () => (this.#offlineReady = true),
    });
  }

  /** Hands over to the new version and reloads the page. Save first. */
  async start(): Promise<void> {
    await this.#start?.(true);
  }

  /** The new version starts by itself when the last tab of the old one is closed. */
  dismiss(): void {
    this.#ready = false;
  }
}

export const updates = new Updates();
