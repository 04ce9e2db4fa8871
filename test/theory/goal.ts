/**
 * `npm run goal:theory`: the table of theory in its large size, and the shipped scenarios with as many customers as it takes for an
 * interval of ± 1 %. Prints every comparison. `npm run goal:theory -- M/M/1` runs only the rows with that in their name.
 */
import type { RunSummary } from '../../src/model/summary';
import type { Job as RunJob } from './run-thread';
import { compareTable, lineOf, type Job, type Measured } from './table/compare';
import { provePercent } from './shipped-percent';
import { Threads } from './threads';

const SIZE = { seeds: 24, times: 8 };

export interface Scripts {
  readonly tableThread: string;
  readonly runThread: string;
}

/** True when the simulator agrees. */
export async function goal(scripts: Scripts, [only]: readonly string[]): Promise<boolean> {
  const table = await timed('Table of theory', () => inThreads<Job, Measured>(scripts.tableThread, (threads) => runTable(threads, only)));
  if (only !== undefined) return table;
  const percent = await timed('Shipped scenarios, intervals of 99.9 % within ± 1 %', () =>
    inThreads<RunJob, RunSummary>(scripts.runThread, provePercent),
  );
  return table && percent;
}

async function runTable(threads: Threads<Job, Measured>, only: string | undefined): Promise<boolean> {
  const { compared, rows, byInterval, missed, allowed, broken } = await compareTable(SIZE, (job) => threads.ask(job), only);
  for (const one of compared) console.log(lineOf(one));
  console.log(
    `\n${rows} rows, ${compared.length} comparisons, ${byInterval} of them by an interval of 99.9 % over ${SIZE.seeds} seeds or more`,
  );
  console.log(`missed: ${missed.length}, chance allows ${allowed}; identities and bounds broken: ${broken.length}`);
  for (const one of [...missed, ...broken]) console.log(lineOf(one));
  return missed.length <= allowed && broken.length === 0;
}

async function inThreads<Job, Answer>(script: string, run: (threads: Threads<Job, Answer>) => Promise<boolean>): Promise<boolean> {
  const threads = new Threads<Job, Answer>(script);
  try {
    return await run(threads);
  } finally {
    await threads.close();
  }
}

async function timed(title: string, run: () => Promise<boolean>): Promise<boolean> {
  console.log(`\n${title}\n`);
  const began = performance.now();
  const agrees = await run();
  console.log(`${agrees ? 'agrees' : 'DISAGREES'} after ${Math.round((performance.now() - began) / 1_000)} s`);
  return agrees;
}
