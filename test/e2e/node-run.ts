/** The same simulator in this process, to compare with what the browser says. */
import { prepareRun, startRun } from '../../src/world/run';
import { evaluate } from '../../src/sandbox/evaluate';

/** The digest of one run, or the problems as text. */
export function runInNode(file: unknown, variant: string | null, seed: number): string {
  const prepared = prepareRun(file, { variant, seed, evaluate });
  if (!prepared.ok) return JSON.stringify(prepared.problems);
  const run = startRun(prepared.value, { evaluate, keepTrace: false });
  while (run.advance(100_000));
  return run.finish().summary.digest;
}
