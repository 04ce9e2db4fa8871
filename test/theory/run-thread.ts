/** Runs in a thread: one scenario on one seed after the other, without its trace. */
import { parentPort } from 'node:worker_threads';
import type { RunSummary } from '../../src/model/summary';
import { runFile } from '../world/run-file';

export interface Job {
  readonly id: number;
  readonly file: unknown;
  readonly variant: string | null;
  readonly seed: number;
}

export interface Done {
  readonly id: number;
  readonly summary: RunSummary;
}

parentPort?.on('message', ({ id, file, variant, seed }: Job) => {
  const { summary } = runFile(file, { variant, seed, keepTrace: false });
  parentPort?.postMessage({ id, summary } satisfies Done);
});
