/** What a screen reader is told, at a humane rate: never more often than every two seconds, and of many the newest. */
const LEAST_GAP_MS = 2_000;

class Announcer {
  #text = $state.raw('');
  #nextMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get text(): string {
    return this.#text;
  }

  say(text: string): void {
    const nowMs = performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#nextMs = performance.now() + LEAST_GAP_MS;
        this.#text = text;
      },
      Math.max(0, this.#nextMs - nowMs),
    );
  }
}

export const announcer = new Announcer();
