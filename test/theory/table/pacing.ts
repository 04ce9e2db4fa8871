/** Token buckets, retry budgets and jitter: how policies pace what they let through. */
import { meanTMs, reliability, sentPerRequest } from './measures';
import { mean, type Row } from './row';
import { AMPLE, type File } from './scenarios';

/** A client with policies before a service with workers enough. */
function guarded(perSecond: number, policies: Readonly<Record<string, File>>, work: unknown, link: File = {}, server: File = {}): File {
  return {
    policies,
    components: {
      client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, calls: 'server', policies: Object.keys(policies) },
      server: { kind: 'service', workers: AMPLE, work, ...server },
    },
    links: [{ from: 'client', to: 'server', ...link }],
  };
}

/**
 * The share that M/D/1/K refuses, K = `places` with the one in service. The chain at departures: Gross et al., Fundamentals of Queueing
 * Theory, 5.1.8; π₀ from the same ratios as without a limit, and P(refused) = 1 − 1/(π₀ + ρ).
 */
function constantWorkRefuses(load: number, places: number): number {
  const arriving = [Math.exp(-load)];
  for (let n = 1; n <= places; n++) arriving.push((arriving[n - 1]! * load) / n);
  const weights = [1];
  for (let n = 0; n + 1 < places; n++) {
    let next = weights[n]! - weights[0]! * arriving[n]!;
    for (let k = 1; k <= n; k++) next -= weights[k]! * arriving[n + 1 - k]!;
    weights.push(next / arriving[0]!);
  }
  const none = 1 / weights.reduce((sum, weight) => sum + weight, 0);
  return 1 - 1 / (none + load);
}

const DEAD = { loss: 1 } as const;
const JITTER = 'M. Brooker, Exponential Backoff And Jitter (2015)';

/** What a call that nobody answers takes; the handler ends well, so that its T counts. */
function givingUp(attempts: number, backoff: string): File {
  return {
    components: {
      client: { kind: 'client', arrivals: { poisson: '5/s' }, handler: 'client.ts' },
      server: { kind: 'service', workers: 1, work: '1ms' },
    },
    links: [{ from: 'client', to: 'server', ...DEAD }],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) {
  try { await ctx.call('server', null, { timeout: '20ms', retry: { attempts: ${attempts}, backoff: '${backoff}', base: '100ms' } }) } catch { return }
}`,
    },
  };
}

export const PACING: readonly Row[] = [
  {
    name: 'A token bucket',
    source: 'a bucket of b tokens refuses what M/D/1/b does, its missing tokens being the work there; A. W. Berger, IEEE JSAC 9 (1991)',
    loads: (
      [
        [1.2, 2],
        [0.9, 5],
        [1.5, 3],
      ] as const
    ).map(([load, burst]) => ({
      at: `ρ = ${load}, burst ${burst}`,
      file: guarded(load * 20, { pace: { kind: 'rate-limit', rate: '20/s', burst } }, '1ms'),
      seconds: 150,
      warmupSeconds: 5,
      comparisons: [mean('R', reliability, 1 - constantWorkRefuses(load, burst))],
    })),
  },
  {
    name: 'A retry budget',
    source:
      'each call pays in a part of a retry: 1 + ratio attempts when nothing succeeds; Twitter Finagle, RetryBudget; Beyer et al., Site Reliability Engineering, ch. 21',
    loads: [0.1, 0.5, 2].map((ratio) => ({
      at: `ratio ${ratio}`,
      file: guarded(
        20,
        { patience: { kind: 'timeout', after: '20ms' }, again: { kind: 'retry', attempts: 10, budget: { ratio, burst: 10 } } },
        '1ms',
        DEAD,
      ),
      seconds: 100,
      warmupSeconds: 20,
      comparisons: [mean('attempts', sentPerRequest('client', 'server'), 1 + ratio)],
    })),
  },
  {
    name: 'Time to give up, equal jitter',
    source: `${JITTER}: half of each pause is fixed, half is drawn`,
    loads: [2, 4, 6].map((attempts) => ({
      at: `${attempts} attempts`,
      file: givingUp(attempts, 'equal-jitter'),
      seconds: 200,
      warmupSeconds: 10,
      comparisons: [mean('mean T in ms', meanTMs, 20 * attempts + 75 * (2 ** (attempts - 1) - 1))],
    })),
  },
  {
    name: 'Time to give up, decorrelated jitter',
    source: `${JITTER}: each pause is drawn from the base to three times the last one, so its mean m follows m′ = (b + 3m)/2`,
    loads: [2, 4, 6].map((attempts) => {
      let [pause, pauses] = [100, 0];
      for (let again = 1; again < attempts; again++) {
        pause = (100 + 3 * pause) / 2;
        pauses += pause;
      }
      return {
        at: `${attempts} attempts`,
        file: givingUp(attempts, 'decorrelated-jitter'),
        seconds: 400,
        warmupSeconds: 10,
        comparisons: [mean('mean T in ms', meanTMs, 20 * attempts + pauses)],
      };
    }),
  },
];
