/** What a picture is taken of, and the ways that many of them share. */
import type { BrowserContext } from 'playwright-core';
import { findLesson } from '../../src/lesson/catalogue';
import { encodeLink } from '../../src/share/link';
import type { Visitor } from './visitor';

export interface View {
  readonly name: string;
  /** What this browser keeps from an earlier visit. */
  readonly remembered?: Readonly<Record<string, unknown>>;
  /** What is behind the `#` of the address. */
  readonly fragment?: string;
  /** Not on a phone, where there is no such thing. */
  readonly wideOnly?: true;
  /** Where the width of the window decides how one gets there, or where what is opened lies. */
  readonly eachSize?: true;
  /** What the console says because of `before`; anything else that it says is a fault. */
  readonly faults?: RegExp;
  /** What this browser or its network is like, before the page comes. */
  before?(context: BrowserContext): Promise<unknown>;
  go(visitor: Visitor): Promise<void>;
  /** Done again when the page has other colours: what was opened keeps those of before. */
  again?(visitor: Visitor): Promise<void>;
}

const LESSON = 'greeter';
export const start = findLesson(LESSON)?.start['greeter.ts'] ?? '';

/** The lesson at a step, its questions answered so far. */
export const atStep = (step: number): Readonly<Record<string, unknown>> => ({
  'async-lab.progress': {
    [LESSON]: { step, done: Array.from({ length: step }, (_, index) => index), answers: step > 0 ? { 0: 'same' } : {} },
  },
});

export const stay = (): Promise<void> => Promise.resolve();

/** One client and one service; what a view needs otherwise is said over it. */
export function scenarioOf(title: string, over: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    title,
    seed: 7,
    duration: '60s',
    components: {
      client: { kind: 'client', arrivals: { poisson: '90/s' }, calls: 'server' },
      server: { kind: 'service', workers: 1, work: { exponential: '10ms' } },
    },
    links: [{ from: 'client', to: 'server', delay: '40ms', loss: 0.01 }],
    ...over,
  };
}

/** The fragment of a link to a scenario. */
export const linkTo = (scenario: Readonly<Record<string, unknown>>): string =>
  encodeLink({
    scenario,
    timeMicros: 0,
    variant: null,
    seed: undefined,
    selection: undefined,
    language: undefined,
    lessonId: undefined,
  });

/** Minutes of work for the simulator, and more records than memory has room for. */
export const LONG = scenarioOf('Long', { duration: '20000s' });
