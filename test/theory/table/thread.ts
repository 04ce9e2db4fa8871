/** Runs in a thread: one load of the table on one seed after the other, and what the comparisons measure of it. */
import { parentPort } from 'node:worker_threads';
import { runFile } from '../../world/run-file';
import type { Answered, Asked } from '../threads';
import type { Job, Measured } from './compare';
import { TABLE } from './table';

/** Traces of the large size are kept whole. */
const TRACE_BYTES = 2 ** 31;

function measure({ row, load: index, times, seed }: Job): Measured {
  const load = TABLE[row]!.loads[index]!;
  const seconds = load.warmupSeconds + load.seconds * times;
  const file = { version: 1, title: TABLE[row]!.name, ...load.file, duration: `${seconds}s`, warmup: `${load.warmupSeconds}s` };
  const keepTrace = load.comparisons.some(({ measure }) => measure.needsTrace);
  const lane = runFile(file, { seed, keepTrace, variant: load.variant ?? null, traceBytes: TRACE_BYTES });
  // A call that fails in the end is what some rows are about; any other throw is a mistake in the row.
  const thrown = lane.handlerProblems.filter(({ params }) => !load.handlersThrow && !String(params['message']).startsWith('CallFailed'));
  const wrong = [...lane.summary.violations, ...thrown.slice(0, 3), ...(lane.stopped ? [lane.stopped] : [])];
  if (wrong.length > 0) throw new Error(`${TABLE[row]!.name}, ${load.at}, seed ${seed}: ${JSON.stringify(wrong)}`);
  return load.comparisons.map(({ measure }) => measure.of(lane));
}

parentPort?.on('message', ({ id, job }: Asked<Job>) => {
  parentPort?.postMessage({ id, answer: measure(job) } satisfies Answered<Measured>);
});
