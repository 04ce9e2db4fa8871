/** Where audits make their runs: one at a time, in slices, each bounded, with the simulator passed in. */
import type { Evaluate } from '../../handlers/load-module';
import { LIMITS } from '../../model/limits';
import type { Result } from '../../model/problem';
import type { LaneResult } from '../../model/run-result';
import type { Scenario } from '../../model/scenario';
import type { Micros } from '../../model/time';
import type { JsonRecord } from '../../model/variant';

/** What audits need of the door that is world/run.ts. */
export interface AuditDoor<Program extends { readonly scenario: Scenario } = { readonly scenario: Scenario }> {
  prepareRun(file: unknown, options: { variant: string | null; seed?: number; evaluate: Evaluate }): Result<Program>;
  startRun(program: Program, options: { evaluate: Evaluate; keepTrace: boolean; maxEvents: number }): AuditRun;
}

export interface AuditRun {
  advance(maxEvents: number): boolean;
  readonly events: number;
  readonly nowMicros: Micros;
  finish(): LaneResult;
}

/** A run that does much more than the scenario itself (a storm of retries) is stopped at so many times the events. */
const EXCESS = 5;

export class Bench {
  /** Made so far. */
  runs = 0;

  constructor(
    private readonly door: AuditDoor,
    private readonly evaluate: Evaluate,
    /** Events of the next slice: whoever drives the generators says how many fit between two looks at a clock. */
    private readonly sliceEvents: () => number,
  ) {}

  /** Runs a scenario file to its end, or to the limit of events; then the result says that it was stopped. */
  *run(file: JsonRecord, seed: number): Generator<undefined, Result<LaneResult>> {
    const started = this.start(file, seed, true, EXCESS * LIMITS.auditEvents);
    if (!started.ok) return started;
    while (started.value.run.advance(this.sliceEvents())) yield;
    return { ok: true, value: started.value.run.finish() };
  }

  /** How far a scenario gets with the events of one run of an audit: to its end, most often. */
  *reach(file: JsonRecord, seed: number): Generator<undefined, Result<{ readonly scenario: Scenario; readonly micros: Micros }>> {
    const started = this.start(file, seed, false, LIMITS.auditEvents + 1);
    if (!started.ok) return started;
    const { run, scenario } = started.value;
    let goesOn = true;
    while (goesOn && run.events < LIMITS.auditEvents) {
      goesOn = run.advance(Math.min(this.sliceEvents(), LIMITS.auditEvents - run.events));
      yield;
    }
    const { nowMicros } = run;
    const { stopped } = run.finish();
    if (stopped) return { ok: false, problems: [stopped] };
    return { ok: true, value: { scenario, micros: goesOn ? nowMicros : scenario.durationMicros } };
  }

  private start(
    file: JsonRecord,
    seed: number,
    keepTrace: boolean,
    maxEvents: number,
  ): Result<{ readonly run: AuditRun; readonly scenario: Scenario }> {
    const { door, evaluate } = this;
    const prepared = door.prepareRun(file, { variant: null, seed, evaluate });
    if (!prepared.ok) return prepared;
    this.runs++;
    return {
      ok: true,
      value: { run: door.startRun(prepared.value, { evaluate, keepTrace, maxEvents }), scenario: prepared.value.scenario },
    };
  }
}
