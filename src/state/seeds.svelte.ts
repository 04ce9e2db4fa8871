/** Many seeds of every lane on the screen, for intervals around its numbers. They run in the background and belong to one file. */
import { meanInterval, type Interval } from '../metrics/interval';
import type { Problem } from '../model/problem';
import type { RunSummary } from '../model/summary';
import type { Simulator } from './run-machine';

/** Enough for Student's t to be narrow; a 60 s scenario of a dozen requests a second takes about a second. */
const WANTED = 30;

type Asked = Parameters<Simulator['seeds']>[0];
type ByVariant = ReadonlyMap<string | null, readonly RunSummary[]>;

export class SeedsState {
  /** Seeds that are run for each lane. */
  readonly wanted = WANTED;
  #running = $state.raw(false);
  #byVariant = $state.raw<ByVariant>(new Map());
  #done = $state.raw(0);
  #total = $state.raw(0);
  #problems = $state.raw<readonly Problem[]>([]);
  #file = $state.raw<unknown>();
  readonly #simulator: Pick<Simulator, 'seeds' | 'cancel'>;

  constructor(simulator: Pick<Simulator, 'seeds' | 'cancel'>) {
    this.#simulator = simulator;
  }

  get running(): boolean {
    return this.#running;
  }
  /** Runs that have ended, of `total`: each seed once for each lane. */
  get done(): number {
    return this.#done;
  }
  get total(): number {
    return this.#total;
  }
  /** Why the newest could not be run to the end. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** The number of seeds behind the intervals of this file; 0 when they were run for another, or not yet. */
  countFor(file: unknown): number {
    return this.isStaleFor(file) ? 0 : Math.max(0, ...[...this.#byVariant.values()].map(({ length }) => length));
  }

  /** Seeds were run, but for another file or another version of this one. */
  isStaleFor(file: unknown): boolean {
    return this.#byVariant.size > 0 && this.#file !== file;
  }

  /**
   * The 95 % interval of the mean over the seeds of one number of a lane. Runs that have no such number are left out, and `count` says
   * how many had it; undefined when fewer than two had.
   */
  interval(variant: string | null, read: (summary: RunSummary) => number | null | undefined): Interval | undefined {
    const values = (this.#byVariant.get(variant) ?? []).flatMap((summary) => read(summary) ?? []);
    return values.length > 1 ? meanInterval(values, 0.95) : undefined;
  }

  /** Runs seeds 1, 2, … of every variant. What was shown before stays until all are there, and when they do not come to their end. */
  async ask(file: Asked['file'], variants: Asked['variants']): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#done = 0;
    this.#total = WANTED * variants.length;
    this.#problems = [];
    const byVariant = new Map<string | null, RunSummary[]>(variants.map((variant) => [variant, []]));
    const seeds = Array.from({ length: WANTED }, (_, index) => index + 1);
    const reply = await this.#simulator.seeds({ file, variants, seeds }, (variant, _seed, summary) => {
      byVariant.get(variant)?.push(summary);
      this.#done += 1;
    });
    this.#running = false;
    if (reply.kind === 'finished') {
      this.#byVariant = byVariant;
      this.#file = file;
    } else if (reply.kind !== 'cancelled') {
      this.#problems = reply.kind === 'problems' ? reply.problems : [reply.problem];
    }
  }

  cancel(): void {
    if (this.#running) this.#simulator.cancel();
  }
}
