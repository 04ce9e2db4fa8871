/** Where dead letters may go, and what a queue that blocks needs. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import { merge } from './example-files';

const link = (from: string, to: string) => ({ from, to });
const BASE = {
  version: 1,
  duration: '1s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '1/s' }, handler: 'client.ts' },
    jobs: { kind: 'queue', deadLetter: 'morgue' },
    morgue: { kind: 'queue' },
    worker: { kind: 'service', work: '1ms' },
  },
  links: [link('client', 'jobs'), link('jobs', 'worker'), link('jobs', 'morgue')],
  files: { 'client.ts': 'export function onTick() {}' },
};
const BACK = { links: [...BASE.links, link('morgue', 'jobs')] };

function problemsOf(change: unknown): string[] {
  const read = readScenario(merge(BASE, change), null);
  return read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key.replace('problem.', '')}`);
}

describe('dead letters', () => {
  it('may stay in a queue that nobody reads', () => expect(problemsOf({})).toEqual([]));

  it.each([
    [
      'a queue that is not there',
      { components: { jobs: { deadLetter: 'worker' } } },
      ['components.jobs.deadLetter deadLetterNoQueue', 'components.jobs queueConsumer', 'components.morgue queueWithoutConsumer'],
    ],
    ['a name nearly right', { components: { jobs: { deadLetter: 'morge' } } }, ['components.jobs.deadLetter noComponentNear']],
    ['no link', { links: BASE.links.slice(0, 2) }, ['components.jobs.deadLetter deadLetterWithoutLink']],
    ['itself', { components: { jobs: { deadLetter: 'jobs' } } }, ['components.jobs.deadLetter deadLetterCycle']],
    [
      'a circle without rest',
      { ...BACK, components: { morgue: { deadLetter: 'jobs' } } },
      ['components.jobs.deadLetter deadLetterCycle', 'components.morgue.deadLetter deadLetterCycle'],
    ],
    ['a circle with a ttl', { ...BACK, components: { morgue: { deadLetter: 'jobs', ttl: '1s' } } }, []],
    ['a circle with a delay', { ...BACK, components: { morgue: { deadLetter: 'jobs' }, jobs: { delay: '1s' } } }, []],
  ])('to %s', (_name, change, expected) => {
    for (const problem of expected) expect(problemsOf(change)).toContain(problem);
    if (expected.length === 0) expect(problemsOf(change)).toEqual([]);
  });
});

describe('a queue', () => {
  it('that blocks needs confirms', () => {
    expect(problemsOf({ components: { jobs: { overflow: 'block', confirms: false } } })).toEqual([
      'components.jobs.confirms blockWithoutConfirms',
    ]);
    expect(problemsOf({ components: { jobs: { overflow: 'block' } } })).toEqual([]);
  });

  it.each([
    [{ priority: 0 }, 'priority wholeNumber'],
    [{ priority: 10 }, 'priority wholeNumber'],
    [{ durable: 'yes' }, 'durable truth'],
    [{ ttl: '0ms' }, 'ttl durationZero'],
    [{ delay: '31' }, 'delay duration'],
  ])('with %j is wrong', (change, expected) => {
    expect(problemsOf({ components: { jobs: change } })).toEqual([`components.jobs.${expected}`]);
  });
});
