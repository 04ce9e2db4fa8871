import { expect, it } from 'vitest';
import { judge } from '../../src/lesson/judge';
import type { Check } from '../../src/model/lesson';
import type { RunSummary } from '../../src/model/summary';

const both = { en: '', zh: '' };

function check(part: Partial<Check>): Check {
  return {
    id: 'check',
    title: both,
    measure: 'completedPerSecond',
    atLeast: undefined,
    atMost: undefined,
    misconception: 'M3',
    failed: both,
    ...part,
  };
}

/** The queue of the greeter lesson: everything is accepted, ten a second are completed. */
const overloaded: RunSummary = {
  title: 'Greeter',
  variant: 'queue',
  seed: 7,
  digest: '',
  events: 0,
  durationMs: 60_000,
  requests: {
    N: 720,
    Ns: 585,
    failed: 0,
    failures: {},
    inFlight: 135,
    R: 1,
    QPerSecond: 9.75,
    T: { meanMs: 6_000, p50Ms: 6_000, p95Ms: 10_500, p99Ms: 10_900, TrMs: 40, TdMs: 4_920, TsMs: 1_000, TpMs: 40 },
    accepted: { N: 720, QPerSecond: 12, meanMs: 40 },
    heldMeanMs: 40,
  },
  components: {},
  replicated: {},
  links: [],
  policies: [],
  metrics: [],
  alerts: [],
  spans: { recorded: 0, dropped: 0 },
  log: { debug: 0, info: 0, warn: 0, error: 0, dropped: 0 },
  attackers: [],
  violations: [],
};

it('counts what is completed, not what is accepted', () => {
  expect(judge([check({ atLeast: 11 })], overloaded)).toMatchObject([{ passed: false, value: 9.75, variant: 'queue', seed: 7 }]);
  expect(judge([check({ measure: 'acceptedPerSecond', atLeast: 11 })], overloaded)).toMatchObject([{ passed: true }]);
});

it('lets a bound itself pass, from either side', () => {
  expect(
    judge([check({ atLeast: 9.75 }), check({ atMost: 9.75 }), check({ atMost: 9.74 })], overloaded).map(({ passed }) => passed),
  ).toEqual([true, true, false]);
});

it('compares in seconds and percent and quotes two decimals', () => {
  const [outcome] = judge([check({ measure: 'p95Seconds', atMost: 5 })], overloaded);
  expect(outcome).toMatchObject({
    passed: false,
    value: 10.5,
    quoted: { inFlightPercent: 18.75, answeredPercent: 100, meanHeldSeconds: 0.04 },
  });
});

it('never passes on a run in which nothing was answered', () => {
  const nothing = { ...overloaded, requests: { ...overloaded.requests, R: null, T: { ...overloaded.requests.T, p95Ms: null } } };
  const outcomes = judge([check({ measure: 'p95Seconds', atMost: 5 }), check({ measure: 'answeredPercent', atLeast: 0 })], nothing);
  expect(outcomes.map(({ passed }) => passed)).toEqual([false, false]);
  expect(outcomes[0]?.quoted.p95Seconds).toBe('–');
});
