/** Policies of calls, where a formula knows what they do. */
import { erlangB } from '../../../src/theory/mmc';
import { meanTMs, ofSummary, sentPerRequest } from './measures';
import { mean, type Measure, type Row } from './row';
import { station, type File } from './scenarios';

/** The client of `station` with these policies. */
function guarded(file: File, policies: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}): File {
  const components = file['components'] as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return {
    ...file,
    ...more,
    policies,
    components: { ...components, client: { ...components['client'], policies: Object.keys(policies) } },
  };
}

/** Calls that the first policy refused, for each request that the clients started. */
const refusedByPolicy: Measure = ofSummary(({ policies, requests }) => policies[0]!.acts.refused / requests.N);
const hedgesPerRequest: Measure = ofSummary(({ policies, requests }) => policies[0]!.acts.hedged / requests.N);
const shareIn = (state: string): Measure => ofSummary(({ policies }) => policies[0]!.shares[state] ?? 0);

/** Fails at once, but for the very first call, which takes the only worker for good. */
const DEAD = { workers: 1, waitingLimit: 0, work: '240h' };

/** Answers at once, or fails within a microsecond with a chance of `share`. */
const flaky = (perSecond: number, share: number): File => ({
  ...station(perSecond, { work: '0ms' }),
  links: [{ from: 'client', to: 'server', loss: share, back: { loss: 0 } }],
});

export const POLICIES: readonly Row[] = [
  {
    name: 'bulkhead',
    source: "Erlang's loss formula: those inside are servers, those refused are lost",
    loads: [0.5, 1, 2].map((load) => ({
      at: `4 places, ${4 * load} erlang`,
      file: guarded(station(40 * load, { work: { exponential: '100ms' }, workers: 100 }), { room: { kind: 'bulkhead', limit: 4 } }),
      seconds: 300,
      warmupSeconds: 5,
      comparisons: [mean('share refused', refusedByPolicy, erlangB(4, 4 * load))],
    })),
  },
  {
    name: 'bulkhead, work that does not vary',
    source: "Erlang's loss formula depends on the mean only (insensitivity)",
    loads: [1, 2].map((load) => ({
      at: `3 places, ${3 * load} erlang`,
      file: guarded(station(30 * load, { work: '100ms', workers: 100 }), { room: { kind: 'bulkhead', limit: 3 } }),
      seconds: 300,
      warmupSeconds: 5,
      comparisons: [mean('share refused', refusedByPolicy, erlangB(3, 3 * load))],
    })),
  },
  {
    name: 'token bucket of one token',
    source: 'A call is let through when the one before was at least 1/ρ ago: M/D/1/1, Erlang B with one server',
    loads: [0.5, 1, 3].map((load) => ({
      at: `${load} calls for each token`,
      file: guarded(station(20 * load, { work: '0ms' }), { pace: { kind: 'rate-limit', rate: '20/s' } }),
      seconds: 300,
      warmupSeconds: 5,
      comparisons: [mean('share refused', refusedByPolicy, erlangB(1, load))],
    })),
  },
  {
    name: 'circuit breaker before a dead service',
    source: 'Renewal-reward: open for T, then half-open until the next call comes, after 1/λ, and fails',
    loads: [0.5, 2, 8].map((callsWhileOpen) => ({
      at: `${callsWhileOpen} calls while it is open`,
      file: guarded(station(callsWhileOpen * 2, DEAD), {
        breaker: { kind: 'breaker', openFor: '500ms', window: 5, minCalls: 5, probes: 3 },
      }),
      seconds: 300,
      warmupSeconds: 60,
      // Half-open too has an end after T, when no call has come: the mean stay is that of an exponential cut off there.
      comparisons: [mean('share open', shareIn('open'), openShareBeforeDead(callsWhileOpen)), mean('share closed', shareIn('closed'), 0)],
    })),
  },
  {
    name: 'circuit breaker before a service that fails at random',
    source: 'Renewal-reward over open, half-open and closed stays; with one probe and a window of one call',
    loads: [0.1, 0.5].map((failing) => ({
      at: `${failing} fail`,
      file: guarded(flaky(20, failing), {
        breaker: { kind: 'breaker', openFor: '2s', window: 1, minCalls: 1, probes: 1, failureRate: 1 },
        patience: { kind: 'timeout', after: '1us' },
      }),
      seconds: 600,
      warmupSeconds: 20,
      comparisons: [mean('share open', shareIn('open'), 2 / (2 + 1 / 20 + (1 - failing) / (20 * failing)))],
    })),
  },
  {
    name: 'retries over a lossy link',
    source: '(1 − pⁿ)/(1 − p) attempts a call, p the chance that a round trip fails; Google SRE, ch. 22, for the amplification',
    loads: [0.1, 0.3, 0.6].map((loss) => ({
      at: `p = ${loss}`,
      file: guarded(
        station(20, { work: '0ms' }),
        {
          patience: { kind: 'timeout', after: '10ms' },
          again: { kind: 'retry', attempts: 4, backoff: 'decorrelated-jitter', base: '5ms', max: '40ms' },
        },
        { links: [{ from: 'client', to: 'server', loss, back: { loss: 0 } }] },
      ),
      seconds: 200,
      warmupSeconds: 1,
      comparisons: [mean('attempts a call', sentPerRequest('client', 'server'), (1 - loss * loss * loss * loss) / (1 - loss))],
    })),
  },
  {
    name: 'hedged call',
    source: 'min(X, d + Y) of two exponentials: (1 − e^−μd)/μ + e^−μd/2μ; Dean and Barroso, The Tail at Scale (2013)',
    loads: [0, 50, 200].map((delayMs) => ({
      at: `after ${delayMs} ms`,
      file: guarded(station(10, { work: { exponential: '100ms' }, workers: 200 }), { second: { kind: 'hedge', after: `${delayMs}ms` } }),
      seconds: 400,
      warmupSeconds: 5,
      comparisons: [
        mean('mean T in ms', meanTMs, 100 * (1 - Math.exp(-delayMs / 100) / 2)),
        mean('hedges a call', hedgesPerRequest, Math.exp(-delayMs / 100)),
      ],
    })),
  },
];

/** λT calls come while it is open; half-open lasts until the first of them, T at most. */
function openShareBeforeDead(callsWhileOpen: number): number {
  const halfOpen = (1 - Math.exp(-callsWhileOpen)) / callsWhileOpen;
  return 1 / (1 + halfOpen);
}
