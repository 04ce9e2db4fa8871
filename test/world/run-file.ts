/** Runs scenario files in this process, through the one door that the sandbox and the command line use. */
import type { LaneResult } from '../../src/model/run-result';
import { evaluate } from '../../src/sandbox/evaluate';
import type { Engine } from '../../src/world/driver';
import { prepareRun, startRun } from '../../src/world/run';

export interface RunSettings {
  readonly variant?: string | null;
  readonly seed?: number;
  readonly engine?: Engine;
  readonly keepTrace?: boolean;
  readonly maxEvents?: number;
}

/** Throws when the scenario or its code is wrong: files of tests are right. */
export function runFile(file: unknown, { variant = null, seed, keepTrace = true, ...options }: RunSettings = {}): LaneResult {
  const prepared = prepareRun(file, { variant, evaluate, ...(seed !== undefined && { seed }) });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const run = startRun(prepared.value, { evaluate, keepTrace, ...options });
  while (run.advance(1_000_000));
  return run.finish();
}
