import { expect, test } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import { problem } from '../../src/model/problem';
import type { RunSummary } from '../../src/model/summary';
import type { SeedsReply } from '../../src/sandbox/run-reply';
import type { Simulator } from '../../src/state/run-machine';
import { SeedsState } from '../../src/state/seeds.svelte';

const FILE = { title: 'mine' };
const LANES = [null, 'queue'];

interface Job {
  readonly request: Parameters<Simulator['seeds']>[0];
  /** Reports the mean T of one run in ms; null when no request of it has ended. */
  readonly report: (variant: string | null, seed: number, meanMs: number | null) => void;
  readonly end: (reply: SeedsReply) => void;
}

function bench(): { readonly seeds: SeedsState; readonly jobs: Job[] } {
  const jobs: Job[] = [];
  const seeds = new SeedsState({
    seeds: (request, onSummary) =>
      new Promise((end) => {
        const report: Job['report'] = (variant, seed, meanMs) =>
          onSummary(variant, seed, { requests: { T: { meanMs } } } as unknown as RunSummary);
        jobs.push({ request, report, end });
      }),
    cancel: () => jobs.at(-1)?.end({ kind: 'cancelled' }),
  });
  return { seeds, jobs };
}

const meanT = ({ requests }: RunSummary): number | null => requests.T.meanMs;

/** Lets every lane end on every seed, with `at(lane, seed)` for its mean T. */
async function runAll({ seeds, jobs }: ReturnType<typeof bench>, file: object, at: (lane: number, seed: number) => number | null) {
  const asked = seeds.ask(file as never, LANES);
  const job = jobs.at(-1)!;
  for (const seed of job.request.seeds) LANES.forEach((variant, lane) => job.report(variant, seed, at(lane, seed)));
  job.end({ kind: 'finished' });
  await asked;
}

test('every lane runs on every seed, and the progress counts the runs', async () => {
  const { seeds, jobs } = bench();
  const asked = seeds.ask(FILE, LANES);
  expect(jobs[0]!.request).toEqual({ file: FILE, variants: LANES, seeds: Array.from({ length: seeds.wanted }, (_, index) => index + 1) });
  jobs[0]!.report(null, 1, 40);
  jobs[0]!.report('queue', 1, 60);
  expect([seeds.running, seeds.done, seeds.total]).toEqual([true, 2, 2 * seeds.wanted]);
  expect([seeds.countFor(FILE), seeds.interval(null, meanT)]).toEqual([0, undefined]);
  await seeds.ask(FILE, LANES);
  expect(jobs).toHaveLength(1);
  jobs[0]!.end({ kind: 'finished' });
  await asked;
  expect(seeds.running).toBe(false);
});

test('each lane has the interval of its own runs', async () => {
  const on = bench();
  await runAll(on, FILE, (lane, seed) => (lane === 0 ? seed : 100));
  const { seeds } = on;
  expect(seeds.countFor(FILE)).toBe(30);
  // Of 1 to 30: the mean 15.5, the deviation √77.5, and the quantile 2.04523 of Student's t with 29 degrees of freedom.
  const interval = seeds.interval(null, meanT)!;
  expect(interval.mean).toBe(15.5);
  expect(interval.halfWidth).toBeCloseTo((2.04523 * Math.sqrt(77.5)) / Math.sqrt(30), 4);
  expect(seeds.interval('queue', meanT)).toMatchObject({ mean: 100, halfWidth: 0, count: 30 });
  expect(seeds.interval('unknown', meanT)).toBeUndefined();
});

test('runs without the number are left out, and one run alone has no interval', async () => {
  const on = bench();
  await runAll(on, FILE, (lane, seed) => (lane === 0 ? (seed <= 3 ? 10 * seed : null) : seed === 1 ? 5 : null));
  expect(on.seeds.interval(null, meanT)).toEqual(meanInterval([10, 20, 30], 0.95));
  expect(on.seeds.interval('queue', meanT)).toBeUndefined();
});

test('what was cancelled leaves what was shown before', async () => {
  const on = bench();
  await runAll(on, FILE, () => 40);
  const asked = on.seeds.ask(FILE, LANES);
  on.jobs[1]!.report(null, 1, 9_999);
  on.seeds.cancel();
  await asked;
  expect([on.seeds.running, on.seeds.countFor(FILE), on.seeds.problems]).toEqual([false, 30, []]);
  expect(on.seeds.interval(null, meanT)).toMatchObject({ mean: 40, count: 30 });
});

test('the numbers of another file are not shown, until that file has its own', async () => {
  const on = bench();
  const other = { title: 'another' };
  expect(on.seeds.isStaleFor(FILE)).toBe(false);
  await runAll(on, FILE, () => 40);
  expect([on.seeds.isStaleFor(FILE), on.seeds.isStaleFor(other), on.seeds.countFor(other)]).toEqual([false, true, 0]);
  await runAll(on, other, () => 50);
  expect([on.seeds.countFor(FILE), on.seeds.countFor(other)]).toEqual([0, 30]);
});

test('why the seeds could not be run is said until they are asked for again', async () => {
  const on = bench();
  const asked = on.seeds.ask(FILE, LANES);
  on.jobs[0]!.end({ kind: 'stopped', problem: problem('', 'problem.sandboxSilent') });
  await asked;
  expect([on.seeds.running, on.seeds.problems.map(({ key }) => key)]).toEqual([false, ['problem.sandboxSilent']]);
  await runAll(on, FILE, () => 40);
  expect(on.seeds.problems).toEqual([]);
});

test('cancelling when nothing runs leaves the run of others alone', () => {
  let cancelled = 0;
  new SeedsState({ seeds: () => Promise.resolve({ kind: 'finished' }), cancel: () => (cancelled += 1) }).cancel();
  expect(cancelled).toBe(0);
});
