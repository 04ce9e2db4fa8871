/** A search through a run for words, done while the page answers; a newer one takes its place. */
import type { SceneReader } from '../../metrics/scene';
import { inSlices } from '../shell/in-slices';
import { searchInSteps } from './log-search';
import type { Translate } from './sentence';

export class Search {
  #found = $state.raw<Float64Array>();
  #done = $state.raw(0);
  #serial = 0;

  /** Records in order; undefined while it is searched for them. */
  get found(): Float64Array | undefined {
    return this.#found;
  }

  /** How much of the run is searched, in whole percent. */
  get percent(): number {
    return this.#done;
  }

  begin(reader: SceneReader, fits: (record: number) => boolean, words: readonly string[], t: Translate): void {
    const serial = this.end();
    const wishes = (): boolean => serial === this.#serial;
    const share = (done: number): void => {
      this.#done = Math.floor(done * 100);
    };
    void inSlices(searchInSteps(reader, fits, words, t, { wishes, share })).then((found) => {
      if (wishes()) this.#found = found;
    });
  }

  /** Nothing is searched for any more. */
  end(): number {
    this.#found = undefined;
    this.#done = 0;
    return ++this.#serial;
  }
}
