/**
 * One seed of the swarm: the run keeps the simulator's invariants, is the same when it runs again and on real XState, does what the file
 * says, and is the same beside a bystander that has chance of its own. What is found is named by the check that found it.
 */
import type { LaneResult } from '../../src/model/run-result';
import { rowsOf, runFile } from '../world/run-file';
import { brokenExpectations } from './expectations';
import { randomScenario, type SwarmFile } from './random-scenario';

/** No scenario of the swarm needs more; one that does has run away, which the limit turns into an early end. */
const MAX_EVENTS = 30_000;
/** XState itself is slow, and a bystander a third run: they look at one seed in so many. */
const RARELY = 4;

export interface Finding {
  readonly check: 'crash' | 'invariant' | 'expectation' | 'repeat' | 'engine' | 'bystander';
  readonly what: string;
}

export interface Judged {
  readonly seed: number;
  readonly events: number;
  readonly requests: number;
  readonly findings: readonly Finding[];
}

export function judge(seed: number): Judged {
  const { file, attempts, hasTrouble } = randomScenario(seed);
  try {
    const first = run(file);
    const { summary } = first;
    const findings: Finding[] = [
      ...summary.violations.map((what): Finding => ({ check: 'invariant', what })),
      ...(hasTrouble ? [] : brokenExpectations(file, attempts, first).map((what): Finding => ({ check: 'expectation', what }))),
    ];
    const again = run(file).summary.digest;
    if (again !== summary.digest) findings.push({ check: 'repeat', what: `${summary.digest}, and again ${again}` });
    if (seed % RARELY === 0) {
      const real = runFile(file, { maxEvents: MAX_EVENTS, keepTrace: false, engine: 'xstate' }).summary.digest;
      if (real !== summary.digest) findings.push({ check: 'engine', what: `${summary.digest}, on XState ${real}` });
      findings.push(...besideBystander(file, first));
    }
    return { seed, events: summary.events, requests: summary.requests.N, findings };
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    return { seed, events: 0, requests: 0, findings: [{ check: 'crash', what }] };
  }
}

function run(file: SwarmFile): LaneResult {
  return runFile(file, { maxEvents: MAX_EVENTS });
}

/** Health checks over a bad link draw from streams of their own: every request must fare as it did without them. */
function besideBystander(file: SwarmFile, alone: LaneResult): Finding[] {
  const accompanied = run({
    ...file,
    components: {
      ...file.components,
      bystander: { kind: 'balancer', healthCheck: { every: '7ms', timeout: '5ms', unhealthyAfter: 2 } },
      idler: { kind: 'service', work: '1ms' },
    },
    links: [...file.links, { from: 'bystander', to: 'idler', delay: { uniform: ['1ms', '9ms'] }, loss: 0.3 }],
  });
  if (alone.stopped !== undefined || accompanied.stopped !== undefined) return [];
  const [before, after] = [rowsOf(alone), rowsOf(accompanied)].map((rows) => rows.map((row) => JSON.stringify(row)));
  const at = before!.findIndex((row, index) => row !== after![index]);
  return at < 0 ? [] : [{ check: 'bystander', what: `${before![at]} alone, ${after![at]} beside it` }];
}
