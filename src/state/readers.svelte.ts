/**
 * What draws the newest result: a reader for each lane, and the file that it came from. Those of a long run are made a little at a
 * time: its numbers are on the screen and the page answers meanwhile, and what was drawn before stays until all of them are there.
 */
import { SceneReader } from '../metrics/scene';
import type { LaneResult } from '../model/run-result';
import type { JsonRecord } from '../model/variant';

/** Real time after which the page gets its turn. */
const SLICE_MS = 10;

interface Drawn {
  readonly readers: readonly SceneReader[];
  readonly file: JsonRecord | undefined;
}

export class ReadersState {
  #drawn = $state.raw<Drawn>({ readers: [], file: undefined });
  #behind = $state.raw(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  get drawn(): Drawn {
    return this.#drawn;
  }
  /** Readers of a newer result are being made. */
  get behind(): boolean {
    return this.#behind;
  }

  /** Makes the readers of these lanes: at once when they are short, in tasks of their own when not. A newer call takes the place of an older one. */
  make(lanes: readonly LaneResult[], file: JsonRecord | undefined): void {
    clearTimeout(this.#timer);
    this.#behind = true;
    this.#work(inSteps(lanes), file);
  }

  #work(steps: Generator<undefined, readonly SceneReader[]>, file: JsonRecord | undefined): void {
    const end = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (!step.done) continue;
      this.#drawn = { readers: step.value, file };
      this.#behind = false;
      return;
    } while (performance.now() < end);
    this.#timer = setTimeout(() => this.#work(steps, file));
  }
}

function* inSteps(lanes: readonly LaneResult[]): Generator<undefined, readonly SceneReader[]> {
  const readers: SceneReader[] = [];
  for (const lane of lanes) readers.push(yield* SceneReader.inSteps(lane));
  return readers;
}
