/** Runs in a thread: one scenario on one seed after the other, without its trace. */
import { parentPort } from 'node:worker_threads';
import type { RunSummary } from '../../src/model/summary';
import { runFile } from '../world/run-file';
import type { Answered, Asked } from './threads';

export interface Job {
  readonly file: unknown;
  readonly variant: string | null;
  readonly seed: number;
}

parentPort?.on('message', ({ id, job: { file, variant, seed } }: Asked<Job>) => {
  const { summary } = runFile(file, { variant, seed, keepTrace: false });
  parentPort?.postMessage({ id, answer: summary } satisfies Answered<RunSummary>);
});
