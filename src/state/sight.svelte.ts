/** The stretch of virtual time that the reader has moved the views to. All views over time show the same one, until it is let go. */
import type { ChosenView, Viewport } from '../geometry/time-scale';
import type { Micros } from '../model/time';

export class SightState {
  #chosen = $state.raw<ChosenView>();

  /** Undefined until the reader moves: each view then shows what suits it. */
  get chosen(): ChosenView | undefined {
    return this.#chosen;
  }

  show(view: Viewport, timeMicros: Micros): void {
    this.#chosen = { view, timeMicros };
  }

  letGo(): void {
    this.#chosen = undefined;
  }
}
