/**
 * The parts of long runs that are not kept any more, executed again when the playhead gets there: one stretch for each lane at most, as
 * long as memory allows. A newer run takes the simulator, and with it what was being executed.
 */
import { LIMITS } from '../model/limits';
import type { LaneResult } from '../model/run-result';
import type { Micros } from '../model/time';
import type { RunInput, Simulator } from './run-machine';

/** Where the trace of a lane is found at an instant: `missing` until it has been executed again, `failed` when it cannot be. */
export type Whereabouts = 'kept' | 'range' | 'missing' | 'failed';

/** The playhead must rest so long: who drags it over an hour wants one range, not hundreds. */
const REST_MS = 80;
/** Longer than this is worth a note. */
const LONG_MS = 300;
const RECORD_BYTES = 29;

interface Job {
  readonly lane: LaneResult;
  /** The stretch that it will probably bring. */
  readonly fromMicros: Micros;
  readonly untilMicros: Micros;
}

export class OlderRanges {
  #ranges = $state.raw<ReadonlyMap<LaneResult, LaneResult>>(new Map());
  #failed = $state.raw<ReadonlySet<LaneResult>>(new Set());
  /** Of the job that takes long, 0 to 1. */
  #progress = $state.raw<number>();
  #job: Job | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #simulator: Pick<Simulator, 'range' | 'cancel'>;

  constructor(simulator: Pick<Simulator, 'range' | 'cancel'>) {
    this.#simulator = simulator;
  }

  whereabouts(lane: LaneResult, timeMicros: Micros): Whereabouts {
    if (timeMicros >= lane.keptFrom.micros) return 'kept';
    const range = this.#ranges.get(lane);
    if (range && holds(range, timeMicros)) return 'range';
    return this.#failed.has(lane) ? 'failed' : 'missing';
  }

  /** The lane itself, or its stretch that was executed again when the instant lies there. */
  laneAt(lane: LaneResult, timeMicros: Micros): LaneResult {
    return this.whereabouts(lane, timeMicros) === 'range' ? this.rangeOf(lane) : lane;
  }

  /** The stretch of a lane that was executed again last; the lane itself when there is none. */
  rangeOf(lane: LaneResult): LaneResult {
    return this.#ranges.get(lane) ?? lane;
  }

  /** Share that is done of what is being executed; undefined when nothing is, or not for long. */
  get progress(): number | undefined {
    return this.#progress;
  }

  /** Something is being executed again. */
  get busy(): boolean {
    return this.#job !== undefined;
  }

  /** Asks for what the playhead needs and is not there. `input` is what the lanes were run from; `free` that nothing else runs. */
  look(lanes: readonly LaneResult[], input: RunInput | undefined, timeMicros: Micros, free: boolean): void {
    const wanted = lanes.filter((lane) => this.whereabouts(lane, timeMicros) === 'missing');
    clearTimeout(this.#timer);
    if (!free || !input) return; // What runs has cancelled the job here already.
    const job = this.#job;
    if (job) {
      if (wanted.includes(job.lane) && timeMicros >= job.fromMicros && timeMicros < job.untilMicros) return;
      this.#job = undefined;
      this.#simulator.cancel();
    }
    const [lane] = wanted;
    if (lane) this.#timer = setTimeout(() => void this.#execute(lane, input, timeMicros, reach(lane) / 2), REST_MS);
  }

  /** The lanes are gone, or new ones are there. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#job = undefined;
    this.#progress = undefined;
    this.#ranges = new Map();
    this.#failed = new Set();
  }

  /** Brings a stretch that holds the instant and goes on after it for `aheadMicros`, if memory allows. */
  async #execute(lane: LaneResult, input: RunInput, timeMicros: Micros, aheadMicros: number): Promise<void> {
    const untilMicros = Math.min(lane.keptFrom.micros, Math.floor(timeMicros + aheadMicros) + 1);
    const job: Job = { lane, fromMicros: untilMicros - reach(lane), untilMicros };
    this.#job = job;
    let fraction = 0;
    const long = setTimeout(() => (this.#progress = fraction), LONG_MS);
    const { file, seed } = input;
    const reply = await this.#simulator.range({ file, variant: lane.variant, seed, untilMicros }, (share) => {
      fraction = share;
      if (this.#job === job && this.#progress !== undefined) this.#progress = share;
    });
    clearTimeout(long);
    if (this.#job !== job) return;
    this.#job = undefined;
    this.#progress = undefined;
    if (reply.kind === 'cancelled') return;
    const range = reply.kind === 'finished' ? reply.lanes[0] : undefined;
    if (range && holds(range, timeMicros)) this.#ranges = new Map([...this.#ranges, [lane, range]]);
    // Denser than thought: what led to the instant is kept for sure when the execution ends right after it.
    else if (range && aheadMicros > 0) await this.#execute(lane, input, timeMicros, 0);
    else this.#failed = new Set([...this.#failed, lane]);
  }
}

/** How much time fits into the memory for one trace, if the lane is equally busy all the time. */
function reach(lane: LaneResult): Micros {
  return (LIMITS.traceBytes / RECORD_BYTES / Math.max(1, lane.totalRecords)) * lane.endMicros;
}

/** At its end, a stretch may lack records of the same instant. */
function holds(range: LaneResult, timeMicros: Micros): boolean {
  return timeMicros >= range.keptFrom.micros && timeMicros < range.endMicros;
}
