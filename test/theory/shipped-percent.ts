/**
 * Mean number present, mean wait and share refused of the shipped scenarios, within ± 1 % at 99.9 %. The time simulated comes from the
 * variance of the mean wait, which is the largest; the seeds are 1 to 48.
 */
import type { RunSummary } from '../../src/model/summary';
import type { Job } from './run-thread';
import { agreements, shipped } from './shipped';
import type { Threads } from './threads';

const SEEDS = 48;
const DURATIONS = { mm1: '65500s', mm10: '28050s', md1: '30500s', mg1: '65500s', mm1k: '12500s' } as const;
const ONE_PERCENT = { inSystem: 0.01, wait: 0.01 } as const;

/** Prints what was seen. True when every interval holds what theory says and none is wider than 1 %. */
export async function provePercent(threads: Threads<Job, RunSummary>): Promise<boolean> {
  let agrees = true;
  for (const [name, duration] of Object.entries(DURATIONS)) {
    const began = performance.now();
    const file = shipped(name, duration);
    const jobs = Array.from({ length: SEEDS }, (_, index): Job => ({ file, variant: null, seed: index + 1 }));
    const summaries = await Promise.all(jobs.map((job) => threads.ask(job)));
    const customers = summaries.reduce((sum, { requests }) => sum + requests.N, 0);
    const seconds = (performance.now() - began) / 1_000;
    console.log(`${summaries[0]!.title}: ${(customers / 1e6).toFixed(1)} million customers in ${seconds.toFixed(0)} s`);
    agrees &&= summaries.every(({ violations }) => violations.length === 0);
    for (const { what, interval, predicted, isInside, isNarrow } of agreements(summaries, file, ONE_PERCENT)) {
      const share = interval.mean === 0 ? 0 : (100 * interval.halfWidth) / interval.mean;
      const verdict = isInside ? (isNarrow ? '' : 'TOO WIDE') : 'MISSED';
      const told = `${interval.mean.toPrecision(6).padStart(10)} ± ${share.toFixed(2)} %`;
      console.log(`  ${what.padEnd(18)}${told}   theory ${predicted.toPrecision(6)}   ${verdict}`.trimEnd());
      agrees &&= isInside && isNarrow;
    }
  }
  return agrees;
}
