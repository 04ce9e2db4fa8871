/** Many seeds of what is on the screen, for intervals around its numbers. They run in the background and belong to one file. */
import { meanInterval, type Interval } from '../metrics/interval';
import type { RunSummary } from '../model/summary';
import type { Simulator } from './run-machine';

/** Enough for Student's t to be narrow; a 60 s scenario of a dozen requests a second takes about a second. */
const WANTED = 30;

type Asked = Parameters<Simulator['seeds']>[0];

export class SeedsState {
  readonly wanted = WANTED;
  #running = $state.raw(false);
  #summaries = $state.raw<readonly RunSummary[]>([]);
  #done = $state.raw(0);
  #file = $state.raw<unknown>();
  readonly #simulator: Simulator;

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  get running(): boolean {
    return this.#running;
  }
  get done(): number {
    return this.#done;
  }

  /** The number of seeds behind `interval`, for the lanes of this file; 0 when they were run for another. */
  countFor(file: unknown): number {
    return this.#file === file ? this.#summaries.length : 0;
  }

  /** The interval of one number of a component over the seeds; undefined when the runs have no such number. */
  interval(component: string, key: string): Interval | undefined {
    const values = this.#summaries.flatMap(({ components }) => {
      const value = (components[component] as unknown as Readonly<Record<string, unknown>> | undefined)?.[key];
      return typeof value === 'number' ? [value] : [];
    });
    return values.length > 1 ? meanInterval(values, 0.95) : undefined;
  }

  /** Runs seeds 1, 2, … of one variant. What was shown before stays until all are there. */
  async ask(file: Asked['file'], variant: string | null): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#done = 0;
    const summaries: RunSummary[] = [];
    const seeds = Array.from({ length: WANTED }, (_, index) => index + 1);
    const reply = await this.#simulator.seeds({ file, variants: [variant], seeds }, (_variant, _seed, summary) => {
      summaries.push(summary);
      this.#done = summaries.length;
    });
    this.#running = false;
    if (reply.kind !== 'finished') return;
    this.#summaries = summaries;
    this.#file = file;
  }
}
