/** How fast the simulator is: `npm run bench`. One iteration is one whole run, so hz × events is events per second. */
import { bench, describe } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { prepareRun, startRun } from '../../src/world/run';

const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as (...values: unknown[]) => unknown;

const MM1 = {
  version: 1,
  title: 'M/M/1',
  duration: '2000s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '8/s' }, calls: 'server' },
    server: { kind: 'service', workers: 1, work: { exponential: '100ms' } },
  },
  links: [{ from: 'client', to: 'server', delay: '0ms', loss: 0 }],
};

function run(file: unknown, variant: string | null, keepTrace: boolean): void {
  const prepared = prepareRun(file, { variant, evaluate });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const running = startRun(prepared.value, { evaluate, keepTrace });
  while (running.advance(1_000_000));
  running.finish();
}

describe('one run', () => {
  bench('M/M/1, 2000 s, 16,000 requests, without a trace', () => run(MM1, null, false));
  bench('M/M/1, 2000 s, 16,000 requests, with its trace', () => run(MM1, null, true));
  bench('greeter, called, 60 s, with its trace', () => run(findLesson('greeter')?.scenario, null, true));
  bench('greeter, through queues, 60 s, with its trace', () => run(findLesson('greeter')?.scenario, 'queue', true));
});
