/** The one door to the simulator, for the sandbox, the command line and the tests: a scenario file in, a run in slices, its results out. */
import type { Evaluate, HandlerExports } from '../handlers/load-module';
import { describeFailure, StepLimitReached } from '../handlers/failure';
import { mostWorkers } from '../metrics/live-limits';
import { OpenRecords } from '../metrics/open-records';
import { SummaryFold } from '../metrics/summary-fold';
import { LIMITS } from '../model/limits';
import { problem, type Problem } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { Component } from '../model/scenario';
import type { Micros } from '../model/time';
import type { RequestChunk } from '../model/trace';
import { InvariantBroken } from '../sim/assert';
import { Recorder } from '../sim/recorder';
import { TraceStore } from '../sim/trace-store';
import { clearJobs } from '../sim/virtual-promise';
import { Driver, type Engine } from './driver';
import { loadHandlers, type Program } from './program';
import { LimitMet } from './stop';
import { World } from './world';

export { prepareRun, type Program } from './program';

export interface RunOptions {
  readonly evaluate: Evaluate;
  /** `xstate` runs the same machines on real XState actors, for comparison. */
  readonly engine?: Engine;
  /** Keep the trace and the request rows for views; without it a long run needs no memory for them. */
  readonly keepTrace: boolean;
  readonly traceBytes?: number;
  readonly maxEvents?: number;
}

/** So often XState's answer is looked up in the table before it becomes code. */
const WALKS_BEFORE_CODE = 100;

const drivers = new Map<Engine, Driver>();

/** One driver for all runs: what it has learnt serves the next run, and no result depends on how much that is. */
function driverFor(engine: Engine, evaluate: Evaluate): Driver {
  let driver = drivers.get(engine);
  if (!driver) drivers.set(engine, (driver = new Driver(engine, { evaluate, afterWalks: WALKS_BEFORE_CODE })));
  return driver;
}

export function startRun(program: Program, options: RunOptions): Run {
  return new Run(program, options);
}

export class Run {
  private readonly world: World;
  private readonly recorder: Recorder;
  private readonly fold: SummaryFold;
  private readonly store: TraceStore | undefined;
  /** What is still open of the trace that had to make room. */
  private readonly open: OpenRecords;
  private readonly requests: RequestChunk[] = [];
  private readonly maxEvents: number;
  private readonly violations: string[] = [];
  private stopped: Problem | undefined;
  /** Nothing is left to happen before the duration is over. */
  private isOver = false;

  constructor(
    private readonly program: Program,
    options: RunOptions,
  ) {
    const { scenario, seed } = program;
    this.maxEvents = options.maxEvents ?? LIMITS.events;
    this.store = options.keepTrace ? new TraceStore(options.traceBytes ?? LIMITS.traceBytes, (chunk) => this.open.add(chunk)) : undefined;
    this.recorder = new Recorder({
      onChunk: (chunk) => {
        this.world.alerts?.read(chunk);
        this.fold.add(chunk);
        if (this.store) this.store.add(chunk);
        else this.recorder.recycle(chunk);
      },
      onRequests: (chunk) => {
        this.fold.addRequests(chunk);
        if (this.store) this.requests.push(chunk);
        else this.recorder.recycleRequests(chunk);
      },
    });
    // While the world is being made it is time 0.
    const world = (): World | undefined => this.world;
    program.probes?.listen(() => world()?.kernel.now ?? 0);
    const handlersOf = (component: Component): HandlerExports => loadHandlers(program, component, options.evaluate);
    this.world = new World(scenario, seed, this.recorder, driverFor(options.engine ?? 'specialised', options.evaluate), handlersOf);
    this.fold = new SummaryFold(scenario, this.world.places, this.world.instruments.list);
    this.open = new OpenRecords(this.world.places);
  }

  get nowMicros(): Micros {
    return this.world.kernel.now;
  }

  get events(): number {
    return this.world.kernel.events;
  }

  /** The handler file that ran last: what a watchdog names when nothing answers any more. */
  get position(): string {
    return this.world.position;
  }

  /** Runs on for at most so many events. True when there is more to do. */
  advance(maxEvents: number): boolean {
    if (this.stopped || this.violations.length > 0) return false;
    try {
      const { kernel } = this.world;
      const state = kernel.run(Math.min(maxEvents, this.maxEvents - kernel.events), this.program.scenario.durationMicros);
      if (state === 'standstill') this.stop('problem.standstill', { max: LIMITS.eventsAtOneInstant });
      if (state === 'overflow') this.stop('problem.openRequests', { max: LIMITS.openRequests });
      if (state === 'more' && kernel.events >= this.maxEvents) this.stop('problem.tooManyEvents', { max: this.maxEvents });
      this.isOver = state === 'done';
      return state === 'more' && !this.stopped;
    } catch (error) {
      clearJobs();
      this.endBy(error);
      return false;
    }
  }

  /** Closes the books where the run stands and hands over everything it found. */
  finish(): LaneResult {
    const { scenario, variant, seed } = this.program;
    const { world, recorder } = this;
    const endMicros = this.isOver ? scenario.durationMicros : this.nowMicros;
    try {
      world.closeBooks(endMicros);
    } catch (error) {
      this.endBy(error);
    }
    const summary = this.fold.finish({
      endMicros,
      events: this.events,
      digest: recorder.digest(),
      variant,
      seed,
      violations: this.violations,
      spans: { recorded: world.spans.recorded, dropped: world.spans.dropped },
      log: world.journal.summary,
      chartAt: (place) => world.charts[world.chartOfPlace[place] ?? -1],
    });
    const kept = this.store?.chunks ?? [];
    const { prologue, start } = this.open.before(kept);
    return {
      variant,
      summary,
      durationMicros: scenario.durationMicros,
      warmupMicros: scenario.warmupMicros,
      deadlineMicros: scenario.deadlineMicros,
      endMicros,
      places: world.places,
      charts: world.charts,
      chartOfPlace: world.chartOfPlace,
      workersOfPlace: world.places.map((_, place) => mostWorkers(scenario, scenario.components[place]?.id ?? '')),
      chunks: [...prologue, ...kept],
      keptFrom: start,
      totalRecords: recorder.records,
      requests: this.requests,
      log: world.journal.lines,
      spans: world.spans.finish(),
      instruments: world.instruments.list,
      handlerProblems: world.journal.problems,
      stopped: this.stopped,
    };
  }

  private stop(key: Problem['key'], params: Problem['params']): void {
    this.stopped = problem('', key, { ...params, time: this.nowMicros / 1e6 });
  }

  private endBy(error: unknown): void {
    if (error instanceof LimitMet) this.stop(error.key, error.params);
    else if (error instanceof StepLimitReached) this.stopped = describeFailure(error, this.position, this.nowMicros);
    else if (error instanceof InvariantBroken)
      this.violations.push(`${error.message} (seed ${this.program.seed}, t = ${this.nowMicros} µs)`);
    else throw error;
  }
}
