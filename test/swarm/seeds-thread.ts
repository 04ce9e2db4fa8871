/** Runs in a thread: judges seeds one after the other, with the judge of whichever bundle a job names. */
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';
import type { Answered, Asked } from '../theory/threads';
import type { Judged } from './judge';

export interface Job {
  readonly bundle: string;
  readonly first: number;
  readonly last: number;
  /** Go no further than the first seed that finds something. */
  readonly untilFound: boolean;
}

// XState takes an actor that is made inside another's action for a mistake; here that is how calls begin.
console.warn = () => undefined;

async function answer({ id, job }: Asked<Job>): Promise<void> {
  const { judge } = (await import(pathToFileURL(job.bundle).href)) as { judge: (seed: number) => Judged };
  const all: Judged[] = [];
  for (let seed = job.first; seed <= job.last; seed++) {
    const judged = judge(seed);
    all.push(judged);
    if (job.untilFound && judged.findings.length > 0) break;
  }
  parentPort?.postMessage({ id, answer: all } satisfies Answered<Judged[]>);
}

parentPort?.on('message', (asked: Asked<Job>) => void answer(asked));
