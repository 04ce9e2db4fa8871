/** `async-lab sweep`: one scenario with values put into it, in all combinations, each over the same seeds. */
import { writeFileSync } from 'node:fs';
import type { ParseArgsConfig } from 'node:util';
import { variantsOf } from '../model/edits/parts';
import { variantFile } from '../model/edits/variants';
import type { Result } from '../model/problem';
import type { RunSummary } from '../model/summary';
import { isRecord, type JsonRecord } from '../model/variant';
import { CliError } from './cli-error';
import { complain } from './complain';
import { overSeeds } from './over-seeds';
import { readParameters } from './parameters';
import { readScenarioFile } from './read-file';
import { seedRange } from './seed-range';
import { sweepCsv, sweepTable, type Point } from './sweep-table';
import { combinations, sweptPlace, withValue, type SweptValue } from './swept-values';
import { Threads } from './threads';

const OPTIONS = {
  set: { type: 'string', multiple: true, default: [] },
  variant: { type: 'string' },
  seeds: { type: 'string' },
  csv: { type: 'string' },
  json: { type: 'boolean', default: false },
} satisfies ParseArgsConfig['options'];

/** Runs of a whole sweep. */
const MAX_RUNS = 100_000;

/** Returns the exit status. */
export async function sweep(parameters: string[]): Promise<number> {
  const { values, positionals } = readParameters(parameters, OPTIONS);
  const [path, ...others] = positionals;
  if (path === undefined || others.length > 0) throw new CliError('Name one scenario file: async-lab sweep FILE --set PATH=FROM..TO:STEP');
  if (values.set.length === 0) throw new CliError('Say what to sweep: --set PATH=FROM..TO:STEP, once for each parameter');
  const places = values.set.map(sweptPlace);
  const paths = places.map((place) => place.path);
  const seeds = values.seeds === undefined ? [undefined] : seedRange(values.seeds, MAX_RUNS);
  const count = places.reduce((product, place) => product * place.values.length, seeds.length);
  if (count > MAX_RUNS) throw new CliError(`These are ${count} runs, and at most ${MAX_RUNS} are possible: sweep fewer values or seeds`);
  const base = baseOf(readScenarioFile(path), values.variant ?? null, path);
  const settings = combinations(places).map((point) => ({
    point,
    file: paths.reduce((file, place, index) => withValue(file, place, point[index]!), base),
  }));

  const threads = new Threads(count);
  const progress = new RunsLine(count);
  try {
    const runOne = async (file: JsonRecord, seed: number | undefined): Promise<Result<RunSummary>> => {
      const reply = await threads.run({ file, variant: null, seed, engine: 'specialised', maxEvents: undefined, keepTrace: false });
      progress.oneMore();
      if (!reply.ok) return reply;
      const { summary, stopped } = reply.value; // all that is kept of a run: the rows of thousands would not fit into memory
      return stopped ? { ok: false, problems: [stopped] } : { ok: true, value: summary };
    };
    const replies = await Promise.all(settings.map(({ file }) => Promise.all(seeds.map((seed) => runOne(file, seed)))));
    progress.clear();
    const points: Point[] = [];
    for (const [index, { point }] of settings.entries()) {
      const runs: RunSummary[] = [];
      for (const reply of replies[index]!) {
        if (!reply.ok) return complain(`${path} with ${settingText(paths, point)}`, reply.problems);
        runs.push({ ...reply.value, variant: values.variant ?? null });
      }
      points.push({ values: point, runs });
    }
    return report(paths, points, values.json, values.csv);
  } finally {
    await threads.close();
  }
}

function baseOf(file: unknown, variant: string | null, path: string): JsonRecord {
  if (!isRecord(file)) throw new CliError(`${path} holds no scenario`);
  const names = Object.keys(variantsOf(file));
  if (variant !== null && !names.includes(variant)) {
    throw new CliError(`${path} has no variant "${variant}"${names.length > 0 ? `; there are: ${names.join(', ')}` : ''}`);
  }
  const { variants: _variants, ...base } = file;
  return variant === null ? base : variantFile(file, variant);
}

function report(paths: readonly string[], points: readonly Point[], json: boolean, csvPath: string | undefined): number {
  if (csvPath !== undefined) writeCsv(csvPath, sweepCsv(paths, points));
  const plain = (): unknown => points.map(({ values, runs }) => ({ set: settingOf(paths, values), runs, ...overSeeds(runs) }));
  process.stdout.write(json ? `${JSON.stringify({ points: plain() }, null, 2)}\n` : sweepTable(paths, points));
  const violated = points.flatMap(({ values, runs }) =>
    runs.filter(({ violations }) => violations.length > 0).map(({ seed, violations }) => ({ values, seed, violations })),
  );
  for (const { values, seed, violations } of violated)
    process.stderr.write(`A simulator invariant broke with ${settingText(paths, values)}, seed ${seed}: ${violations.join('; ')}\n`);
  return violated.length > 0 ? 2 : 0;
}

function writeCsv(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}`);
  }
}

function settingOf(paths: readonly string[], values: readonly SweptValue[]): Readonly<Record<string, SweptValue>> {
  return Object.fromEntries(paths.map((path, index) => [path, values[index]!]));
}

function settingText(paths: readonly string[], values: readonly SweptValue[]): string {
  return paths.map((path, index) => `${path}=${values[index]}`).join(', ');
}

/** One line on a terminal that is written over and over; nothing where nobody watches. */
class RunsLine {
  private done = 0;

  constructor(private readonly count: number) {}

  oneMore(): void {
    this.done++;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${this.done} of ${this.count} runs`);
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  }
}
