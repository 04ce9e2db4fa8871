/**
 * Which lanes of a scenario run side by side where no lesson says so: the first ones, until the reader chooses others. The choice is by
 * the name of the variant, so that it survives edits and their undo; it goes with a link, not with the file.
 */
import type { LessonLane } from '../model/lesson';
import type { DocumentState } from './document.svelte';
import { lanesOf } from './lanes-of';
import type { SelectionState } from './selection.svelte';

/** Lanes that can be watched at once. */
export const MOST_LANES = 5;

export class ShownLanesState {
  #chosen = $state.raw<readonly (string | null)[]>([]);
  readonly #document: DocumentState;
  readonly #selection: SelectionState;
  readonly #onChoice: () => void;

  constructor(document: DocumentState, selection: SelectionState, onChoice: () => void) {
    this.#document = document;
    this.#selection = selection;
    this.#onChoice = onChoice;
    document.onChange((change) => {
      if (change === 'opened') this.#chosen = [];
    });
  }

  /** The base and every variant. */
  get all(): readonly LessonLane[] {
    return lanesOf(this.#document.file);
  }

  /** In the order of the file, 1 to `MOST_LANES`. A chosen variant that an edit has taken away is passed over. */
  get lanes(): readonly LessonLane[] {
    const { all } = this;
    const chosen = all.length > MOST_LANES ? all.filter(({ variant }) => this.#chosen.includes(variant)) : [];
    return chosen.length > 0 ? chosen.slice(0, MOST_LANES) : all.slice(0, MOST_LANES);
  }

  /** Shows a lane or no longer shows it. Neither the last lane goes, nor does one come beyond `MOST_LANES`. */
  show(variant: string | null, shown: boolean): void {
    const others = this.lanes.map((lane) => lane.variant).filter((other) => other !== variant);
    const next = shown ? [...others, variant] : others;
    if (next.length === 0 || next.length > MOST_LANES) return;
    this.#chosen = next;
    // What was selected is known by its lane's place, which the choice moves.
    this.#selection.selectRequest(0, undefined);
    this.#selection.selectPlace(0, undefined);
    this.#onChoice();
  }

  /** What a link says of the choice, by the lanes' places in its file: `lanes=0.2.7`. Empty for the first lanes. */
  get words(): string {
    const { all, lanes } = this;
    const places = lanes.map(({ variant }) => all.findIndex((lane) => lane.variant === variant));
    return places.every((place, index) => place === index) && lanes.length === Math.min(all.length, MOST_LANES)
      ? ''
      : `lanes=${places.join('.')}`;
  }

  /** Chooses what a link says. Places that the file has not are passed over. */
  restore(words: string): void {
    const said = new URLSearchParams(words).get('lanes')?.split('.') ?? [];
    this.#chosen = this.all.filter((_, place) => said.includes(String(place))).map(({ variant }) => variant);
    this.#onChoice();
  }
}
