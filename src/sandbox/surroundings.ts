/** What the worker's side of the sandbox needs of others: the simulator, a real clock, a way out. All of it is passed in. */
import type { Evaluate } from '../handlers/load-module';
import type { Probes } from '../handlers/probes';
import type { Result } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { Scenario } from '../model/scenario';
import type { Micros } from '../model/time';
import type { AllocationMeter } from './allocation-meter';
import type { Post } from './outbox';

/** What the sandbox needs of the simulator: the door that is world/run.ts. */
export interface Door<Program extends ProgramLike = ProgramLike> {
  prepareRun(file: unknown, options: { variant: string | null; seed?: number; evaluate: Evaluate; probes?: Probes }): Result<Program>;
  startRun(program: Program, options: { evaluate: Evaluate; keepTrace: boolean; maxEvents?: number }): RunLike;
}

export interface ProgramLike {
  readonly scenario: Scenario;
}

export interface RunLike {
  advance(maxEvents: number): boolean;
  readonly nowMicros: Micros;
  readonly events: number;
  readonly position: string;
  finish(): LaneResult;
}

export interface Surroundings {
  readonly door: Door;
  readonly evaluate: Evaluate;
  readonly meter: AllocationMeter;
  /** Real time in ms, for slices only: results never depend on it. */
  readonly clock: () => number;
  /** Calls back after the messages that have arrived so far. */
  readonly later: (callback: () => void) => void;
  readonly post: Post;
}
