/** `async-lab run`: one scenario, one or many seeds. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { LIMITS } from '../model/limits';
import type { LaneResult } from '../model/run-result';
import { overSeeds } from './over-seeds';
import { CliError } from './cli-error';
import { complain, sentence } from './complain';
import { readParameters } from './parameters';
import { readScenarioFile } from './read-file';
import { seedRange, wholeNumber } from './seed-range';
import { table } from './table';
import { Threads } from './threads';
import { traceLines } from './trace-lines';

const OPTIONS = {
  variant: { type: 'string' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  json: { type: 'boolean', default: false },
  trace: { type: 'string' },
  'max-events': { type: 'string' },
  engine: { type: 'string', default: 'specialised' },
} satisfies ParseArgsConfig['options'];

/** Returns the exit status. */
export async function run(parameters: string[]): Promise<number> {
  const { values, positionals } = readParameters(parameters, OPTIONS);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new CliError('Name one scenario file: async-lab run FILE');
  const file = readScenarioFile(path);
  const seeds = seedsOf(values.seed, values.seeds);
  if (values.trace !== undefined && seeds.length > 1) throw new CliError('--trace writes the trace of one run: use --seed, not --seeds');
  const { engine } = values;
  if (engine !== 'specialised' && engine !== 'xstate') throw new CliError('--engine is specialised or xstate');
  const maxEvents =
    values['max-events'] === undefined ? undefined : wholeNumber(values['max-events'], '--max-events', Number.MAX_SAFE_INTEGER);

  const threads = new Threads(seeds.length);
  try {
    const lanes: LaneResult[] = [];
    const replies = await Promise.all(
      seeds.map((seed) =>
        threads.run({ file, variant: values.variant ?? null, seed, engine, maxEvents, keepTrace: values.trace !== undefined }),
      ),
    );
    for (const reply of replies) {
      if (!reply.ok) return complain(path, reply.problems);
      lanes.push(reply.value);
    }
    return report(lanes, values.json, path, values.trace);
  } finally {
    await threads.close();
  }
}

function report(lanes: readonly LaneResult[], json: boolean, path: string, tracePath: string | undefined): number {
  const [first] = lanes;
  if (tracePath !== undefined && first) writeLines(tracePath, traceLines(first));
  const summaries = lanes.map((lane) => lane.summary);
  const result = summaries.length === 1 ? summaries[0]! : { runs: summaries, ...overSeeds(summaries) };
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : table(summaries));
  const handlerProblems = lanes.flatMap((lane) => lane.handlerProblems);
  if (handlerProblems[0]) {
    process.stderr.write(`${path}: handlers threw ${handlerProblems.length} times; the first: ${sentence(handlerProblems[0])}\n`);
  }
  const violated = summaries.filter((summary) => summary.violations.length > 0);
  for (const { seed, violations } of violated)
    process.stderr.write(`A simulator invariant broke with seed ${seed}: ${violations.join('; ')}\n`);
  if (violated.length > 0) return 2;
  const stopped = lanes.flatMap((lane) => lane.stopped ?? []);
  return stopped.length > 0 ? complain(path, stopped.slice(0, 1)) : 0;
}

/** In parts, because the trace of a long run is longer than the longest text. */
function writeLines(path: string, lines: Iterable<string>): void {
  try {
    const file = openSync(path, 'w');
    let part: string[] = [];
    const flush = (): void => {
      if (part.length > 0) writeSync(file, `${part.join('\n')}\n`);
      part = [];
    };
    for (const line of lines) if (part.push(line) >= LINES_AT_ONCE) flush();
    flush();
    closeSync(file);
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}`);
  }
}

function seedsOf(seed: string | undefined, seeds: string | undefined): (number | undefined)[] {
  if (seed !== undefined && seeds !== undefined) throw new CliError('Give --seed or --seeds, not both');
  if (seeds === undefined) return [seed === undefined ? undefined : wholeNumber(seed, '--seed', LIMITS.seed)];
  return seedRange(seeds, MAX_SEEDS);
}

const MAX_SEEDS = 100_000;
const LINES_AT_ONCE = 10_000;
