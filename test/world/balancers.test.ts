import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { readScenario } from '../../src/model/read-scenario';
import { recordsOf, runFile } from './run-file';

type Json = Record<string, unknown>;

/** A client, a balancer, and as many services behind it. */
function behind(balancer: Json, services: number, more: Json = {}, service: Json = { work: { exponential: '100ms' } }): Json {
  const ids = Array.from({ length: services }, (_, index) => `server-${index + 1}`);
  return {
    version: 1,
    seed: 7,
    duration: '400s',
    warmup: '20s',
    components: {
      client: { kind: 'client', arrivals: { poisson: `${8 * services}/s` }, calls: 'balancer' },
      balancer: { kind: 'balancer', ...balancer },
      ...Object.fromEntries(ids.map((id) => [id, { kind: 'service', ...service }])),
    },
    links: [{ from: 'client', to: 'balancer' }, ...ids.map((to) => ({ from: 'balancer', to }))],
    ...more,
  };
}

function arrivalsOf(file: Json): number[] {
  const { summary } = runFile(file);
  expect(summary.violations).toEqual([]);
  return Object.entries(summary.components).flatMap(([id, component]) =>
    id.startsWith('server') && component.kind === 'service' ? [component.arrivals] : [],
  );
}

const meanT = (file: Json): number => runFile(file).summary.requests.T.meanMs!;

describe('the policy of a balancer', () => {
  it('round robin gives everybody the same', () => {
    const counts = arrivalsOf(behind({ policy: 'round-robin' }, 4));
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });

  it('random makes each backend an M/M/1 queue: T = 1 / (μ − λ) = 500 ms', () => {
    expect(meanT(behind({ policy: 'random' }, 4, { duration: '4000s', warmup: '200s' }))).toBeCloseTo(500, -2);
  });

  it('more knowledge makes shorter lines: random > power of two > least connections', () => {
    const [random, two, least] = ['random', 'power-of-two', 'least-connections'].map((policy) => meanT(behind({ policy }, 8)));
    expect(random!).toBeGreaterThan(1.5 * two!);
    expect(two!).toBeGreaterThan(1.1 * least!);
  });

  it('choices: 1 is random, choices: 4 is better than 2', () => {
    const [one, two, four] = [1, 2, 4].map((choices) => meanT(behind({ policy: 'power-of-two', choices }, 8)));
    expect(one!).toBeGreaterThan(1.5 * two!);
    expect(two!).toBeGreaterThan(four!);
  });

  it('consistent hash keeps the requests of a caller together', () => {
    const counts = arrivalsOf(behind({ policy: 'consistent-hash' }, 4));
    expect(counts.filter((count) => count > 0)).toHaveLength(1);
  });
});

const KEYED = {
  files: {
    'client.ts': `let key = 0;
export async function onTick(ctx) { return ctx.call('balancer', { key }, { key: 'user ' + (key++ % 400) }) }`,
    'server.ts': `export async function onRequest(request, ctx) { ctx.log(request.body.key % 400) }`,
  },
};

/** Which service served which key. */
function owners(services: number): Map<string, string> {
  const file = behind({ policy: 'consistent-hash' }, services, { ...KEYED, duration: '60s', warmup: '0s' }, { handler: 'server.ts' });
  const components = file['components'] as Json;
  components['client'] = { kind: 'client', arrivals: { constant: '20/s' }, handler: 'client.ts' };
  const lane = runFile(file);
  return new Map(lane.log.map(({ text, place }) => [text, (lane.places[place] as { id: string }).id]));
}

describe('a rate limit', () => {
  it('lets through what a token bucket has tokens for, and refuses the rest', () => {
    const limited = behind({ rateLimit: { rate: '5/s', burst: 10 } }, 2, { duration: '100s', warmup: '0s' }, { workers: 9, work: '1ms' });
    const lane = runFile(limited);
    const { summary } = lane;
    expect(summary.violations).toEqual([]);
    // σ + ρt, the arrival curve of the bucket, and an offered load that always uses it up: 16 a second for 100 s.
    const through = recordsOf(lane, RecordKind.forwarded).length;
    expect(through).toBeLessThanOrEqual(510);
    expect(through).toBeGreaterThan(495);
    expect(summary.components['balancer']).toMatchObject({ refused: summary.requests.N - through });
    expect(summary.requests.failures).toEqual({ RESOURCE_EXHAUSTED: summary.requests.N - through });
    expect(summary.policies).toMatchObject([{ policy: 'rateLimit', machine: 'tokenBucket', of: 'balancer', to: null }]);
  });

  it('needs a rate', () => {
    const read = readScenario(behind({ rateLimit: { burst: 0 } }, 1), null);
    expect(read.ok || read.problems.map(({ path }) => path).sort()).toEqual([
      'components.balancer.rateLimit.burst',
      'components.balancer.rateLimit.rate',
    ]);
  });
});

describe('keys on the ring', () => {
  it('spread over the backends, and only those of a new backend move', () => {
    const [four, five] = [owners(4), owners(5)];
    expect(four.size).toBe(400);
    const shares = [...new Set(four.values())].map((id) => [...four.values()].filter((owner) => owner === id).length);
    expect(shares).toHaveLength(4);
    expect(Math.min(...shares)).toBeGreaterThan(60);
    const moved = [...four].filter(([key, owner]) => five.get(key) !== owner);
    expect(moved.length).toBeGreaterThan(40);
    expect(moved.length).toBeLessThan(130);
    expect(moved.every(([key]) => five.get(key) === 'server-5')).toBe(true);
  });
});

describe('outlier detection', () => {
  const FAULTY = {
    'good.ts': `export async function onRequest(request, ctx) { await ctx.work('10ms') }`,
    'bad.ts': `export async function onRequest(request, ctx) { throw new Error('broken') }`,
  };

  function withOneBad(outlierDetection: Json | undefined): Json {
    const file = behind(
      outlierDetection ? { outlierDetection } : {},
      3,
      { files: FAULTY, duration: '100s', warmup: '0s' },
      { handler: 'good.ts' },
    );
    (file['components'] as Json)['server-2'] = { kind: 'service', handler: 'bad.ts' };
    return file;
  }

  it('leaves alone who fails again and again, and tries again after a while', () => {
    expect(runFile(withOneBad(undefined)).summary.requests.R).toBeCloseTo(2 / 3, 2);
    const lane = runFile(withOneBad({ consecutiveFailures: 5, ejectFor: '30s' }));
    expect(lane.summary.violations).toEqual([]);
    // 24 requests a second by turns: 5 failures at the start, and 5 after each 30 s.
    expect(lane.summary.requests.failed).toBe(20);
    const out = recordsOf(lane, RecordKind.backendOut);
    expect(out.map(({ detail }) => detail)).toEqual([1, 1, 1, 1]);
    expect(recordsOf(lane, RecordKind.backendBack)).toHaveLength(3);
  });

  it('refuses with UNAVAILABLE when nobody is left', () => {
    const file = behind({ outlierDetection: { consecutiveFailures: 1, ejectFor: '1000s' } }, 2, { files: FAULTY }, { handler: 'bad.ts' });
    const { summary } = runFile(file);
    expect(summary.components['balancer']).toMatchObject({ kind: 'balancer', refused: summary.requests.failed });
  });
});

describe('a balancer in a scenario file', () => {
  const problems = (file: Json): string[] => {
    const read = readScenario(file, null);
    return read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`);
  };

  it('needs services behind it, and choices only with power of two', () => {
    expect(problems(behind({}, 0))).toContain('components.balancer problem.balancerWithoutBackend');
    expect(problems(behind({ choices: 3 }, 1))).toEqual(['components.balancer.choices problem.choicesAlone']);
    expect(problems(behind({ policy: 'best' }, 1))).toEqual(['components.balancer.policy problem.choice']);
    expect(problems(behind({ healthCheck: { every: '0s' } }, 1))).toEqual(['components.balancer.healthCheck.every problem.durationZero']);
  });
});
