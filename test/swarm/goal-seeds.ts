/**
 * `npm run goal:seeds`: 2,000 random scenarios, each run twice and held against everything that must hold, and every deliberate fault of
 * `mutations.ts`, which the same seeds must catch. `npm run goal:seeds -- --seed N` judges one seed and prints its scenario;
 * `npm run goal:seeds -- --faults` looks at the faults alone.
 */
import { rmSync } from 'node:fs';
import { Threads } from '../theory/threads';
import { bundleJudge, type Rolldown } from './bundle-judge';
import type { Judged } from './judge';
import { MUTATIONS, type Mutation } from './mutations';
import { randomScenario } from './random-scenario';
import type { Job } from './seeds-thread';

const SEEDS = 2_000;
const AT_ONCE = 20;
/** A fault that so many seeds do not show is not caught. */
const SEEDS_FOR_A_FAULT = 480;

type Pool = Threads<Job, Judged[]>;

/** True when every seed holds and every fault is caught. */
export async function goal(bundler: Rolldown, script: string, parameters: readonly string[]): Promise<boolean> {
  const asked = parameters.indexOf('--seed');
  const only = asked < 0 ? undefined : Number(parameters[asked + 1]);
  const threads: Pool = new Threads(script);
  try {
    if (only !== undefined) {
      console.log(JSON.stringify(randomScenario(only).file, null, 2));
      return await judgeSeeds(threads, bundler, only, only);
    }
    const holds = parameters.includes('--faults') || (await judgeSeeds(threads, bundler, 1, SEEDS));
    return (await judgeMutations(threads, bundler)) && holds;
  } finally {
    await threads.close();
  }
}

async function judgeSeeds(threads: Pool, bundler: Rolldown, from: number, to: number): Promise<boolean> {
  const began = performance.now();
  const { folder, path: bundle } = await bundleJudge(bundler);
  const jobs: Promise<Judged[]>[] = [];
  for (let first = from; first <= to; first += AT_ONCE) {
    jobs.push(threads.ask({ bundle, first, last: Math.min(first + AT_ONCE - 1, to), untilFound: false }));
  }
  const judged = (await Promise.all(jobs)).flat();
  rmSync(folder, { recursive: true });
  for (const { seed, findings } of judged) {
    for (const { check, what } of findings) console.log(`seed ${seed}: ${check}: ${what}\n  again: npm run goal:seeds -- --seed ${seed}`);
  }
  const sum = (value: (one: Judged) => number): string => judged.reduce((total, one) => total + value(one), 0).toLocaleString('en');
  const bad = judged.filter(({ findings }) => findings.length > 0).length;
  const took = Math.round((performance.now() - began) / 1_000);
  console.log(
    `${judged.length} seeds, each run twice: ${sum(({ events }) => events)} events, ${sum(({ requests }) => requests)} requests, ${took} s`,
  );
  console.log(`${bad} of them break something\n`);
  return bad === 0;
}

async function judgeMutations(threads: Pool, bundler: Rolldown): Promise<boolean> {
  const caught = await Promise.all(MUTATIONS.map((mutation) => judgeMutation(threads, bundler, mutation)));
  const missed = caught.filter((isCaught) => !isCaught).length;
  console.log(`\n${caught.length - missed} of ${caught.length} deliberate faults caught`);
  return missed === 0;
}

async function judgeMutation(threads: Pool, bundler: Rolldown, mutation: Mutation): Promise<boolean> {
  const { folder, path: bundle } = await bundleJudge(bundler, mutation);
  const judged = await threads.ask({ bundle, first: 1, last: SEEDS_FOR_A_FAULT, untilFound: true });
  rmSync(folder, { recursive: true });
  const { seed, findings } = judged.at(-1)!;
  const [finding] = findings;
  console.log(finding ? `caught: ${mutation.name}: seed ${seed}, ${finding.check}: ${finding.what}` : `MISSED: ${mutation.name}`);
  return finding !== undefined;
}
