/** A time that follows the playhead at a humane rate: what is written about it can be read while it plays, and scrubbing stays smooth. */
import type { Micros } from '../../model/time';

/** While it plays, what is shown stays so long. */
const STAY_MS = 2_000;
/** Who drags the playhead over an hour wants one sentence, not hundreds. */
const REST_MS = 120;

export class SteadyTime {
  #shown = $state.raw<Micros>(0);
  #wanted: Micros = 0;
  #playing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get micros(): Micros {
    return this.#shown;
  }

  /** The playhead is here. For an effect of a view. */
  follow(timeMicros: Micros, playing: boolean): void {
    this.#wanted = timeMicros;
    if (playing && this.#playing && this.#timer !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(), playing && this.#playing ? STAY_MS : REST_MS);
    this.#playing = playing;
  }

  #show(): void {
    this.#timer = undefined;
    this.#shown = this.#wanted;
  }
}
