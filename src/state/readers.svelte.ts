/**
 * What reads the newest result: first its numbers, then what draws it, with the file that it came from. Those of a long run are made a
 * little at a time: the page answers meanwhile, and what was shown before stays until all of them are there.
 */
import { SceneReader } from '../metrics/scene';
import { WindowReader } from '../metrics/window';
import type { LaneResult } from '../model/run-result';
import type { JsonRecord } from '../model/variant';

/** Real time after which the page gets its turn. */
const SLICE_MS = 10;

export interface Drawn {
  readonly readers: readonly SceneReader[];
  /** One for each reader. */
  readonly windows: readonly WindowReader[];
  readonly file: JsonRecord | undefined;
}

export class ReadersState {
  #windows = $state.raw<readonly WindowReader[]>([]);
  #drawn = $state.raw<Drawn>({ readers: [], windows: [], file: undefined });
  #behind = $state.raw(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The numbers of each lane in any window: there before its pictures are. */
  get windows(): readonly WindowReader[] {
    return this.#windows;
  }
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
    this.#work(this.#inSteps(lanes, file));
  }

  #work(steps: Generator<undefined, void>): void {
    const end = performance.now() + SLICE_MS;
    do {
      if (steps.next().done) return;
    } while (performance.now() < end);
    this.#timer = setTimeout(() => this.#work(steps));
  }

  *#inSteps(lanes: readonly LaneResult[], file: JsonRecord | undefined): Generator<undefined, void> {
    const windows: WindowReader[] = [];
    for (const lane of lanes) windows.push(yield* WindowReader.inSteps(lane));
    this.#windows = windows;
    const readers: SceneReader[] = [];
    for (const lane of lanes) readers.push(yield* SceneReader.inSteps(lane));
    this.#drawn = { readers, windows, file };
    this.#behind = false;
  }
}
