/** Processes that crash, stand still, are replaced, come and go, in any order: the books balance, and nothing hangs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runFile } from './run-file';

type Json = Record<string, unknown>;

const RUNS = 20;
const time = fc.integer({ min: 0, max: 9_000 }).map((ms) => `${ms}ms`);
const length = fc.integer({ min: 1, max: 4_000 }).map((ms) => `${ms}ms`);

const service = fc.record(
  {
    replicas: fc.integer({ min: 1, max: 3 }),
    workers: fc.integer({ min: 1, max: 3 }),
    waitingLimit: fc.constantFrom(0, 2, 1_000),
    threads: fc.constantFrom('blocking', 'event-loop'),
    startTime: fc.constantFrom('0ms', '5ms', '300ms', '2s'),
    stopTime: fc.constantFrom('0ms', '40ms', '1s', '30s'),
    idleTimeout: fc.constantFrom('1us', '50ms', '400ms'),
  },
  { requiredKeys: ['replicas', 'workers'] },
);

const fault = fc.oneof(
  fc.record({ at: time, deploy: fc.record({ service: fc.constant('server'), maxUnavailable: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({ at: time, deploy: fc.constant({ service: 'server', code: 'server.v2.ts' }) }),
  fc.record({ at: time, for: length, crash: fc.constant('server') }),
  fc.record({ at: time, for: length, pause: fc.constant('server') }),
  fc.record({ at: time, for: length, slow: fc.constant({ component: 'server', factor: 3 }) }),
  fc.record({ at: time, for: length, set: fc.record({ 'components.server.replicas': fc.integer({ min: 1, max: 4 }) }) }),
  fc.record({ at: time, set: fc.record({ 'components.server.workers': fc.integer({ min: 1, max: 4 }) }) }),
  fc.record({ at: time, for: length, partition: fc.constant({ from: 'door', to: 'server' }) }),
);

const DOORS: Readonly<Record<string, Json>> = {
  service: { kind: 'service', workers: 99, handler: 'door.ts' },
  balancer: {
    kind: 'balancer',
    policy: 'least-connections',
    healthCheck: { every: '200ms', timeout: '50ms' },
    rateLimit: { rate: '60/s', burst: 5 },
  },
  queue: { kind: 'queue', prefetch: 2, ackTimeout: '700ms' },
  log: { kind: 'topic', partitions: 3 },
};
const ASKS: Readonly<Record<string, string>> = {
  service: `await ctx.call('door', {}, { timeout: '400ms', retry: { attempts: 3, backoff: 'fixed', base: '20ms' } })`,
  balancer: `await ctx.call('door', {}, { timeout: '400ms' })`,
  queue: `await ctx.send('door', 1).accepted`,
  log: `await ctx.publish('door', 1, { key: String(n++ % 9) }).accepted`,
};

const scenario = fc
  .record({
    door: fc.constantFrom(...Object.keys(DOORS)),
    server: service,
    protocol: fc.constantFrom('message', 'http1', 'http2'),
    spread: fc.constantFrom('random', 'round-robin', 'sticky'),
    delay: fc.constantFrom('0ms', '3ms', '60ms'),
    perSecond: fc.integer({ min: 5, max: 60 }),
    faults: fc.array(fault, { minLength: 1, maxLength: 6 }),
    seed: fc.integer({ min: 0, max: 1_000 }),
  })
  .map(({ door, server, protocol, spread, delay, perSecond, faults, seed }): Json => {
    const isMany =
      server.replicas > 1 || faults.some((entry) => 'set' in entry && ((entry.set as Json)['components.server.replicas'] as number) > 1);
    // A consumer cannot sleep.
    const { idleTimeout: _idleTimeout, ...awake } = server;
    const carried = protocol === 'message' || door === 'queue' || door === 'log' ? {} : { protocol };
    return {
      version: 1,
      seed,
      duration: '10s',
      components: {
        client: { kind: 'client', arrivals: { poisson: `${perSecond}/s` }, handler: 'client.ts' },
        door: DOORS[door],
        server: {
          kind: 'service',
          handler: 'server.ts',
          ...(door === 'queue' || door === 'log' ? awake : server),
          ...(isMany && { spread }),
        },
      },
      links: [
        { from: 'client', to: 'door', delay: '1ms' },
        { from: 'door', to: 'server', delay, ...carried },
      ],
      faults,
      files: {
        'client.ts': `let n = 0\nexport async function onTick(ctx: Ctx) { try { ${ASKS[door]!} } catch { ctx.log(n) } }`,
        'door.ts': `export async function onRequest(request: Request, ctx: Ctx) { return ctx.call('server', {}, { timeout: '300ms' }) }`,
        'server.ts': serverCode('exponential("50ms")'),
        'server.v2.ts': serverCode('"20ms"'),
      },
    };
  });

function serverCode(work: string): string {
  const body = `await ctx.work(${work}); await ctx.sleep('5ms'); await ctx.work('1ms')`;
  return `export async function onRequest(request: Request, ctx: Ctx) { ${body} }
export async function onMessage(message: Message, ctx: Ctx) { ${body} }`;
}

describe('whatever happens to the processes of a service', () => {
  it('the books balance, the same run comes out again, and real XState agrees', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(scenario, (file) => {
        const { summary, stopped } = runFile(file);
        expect(stopped).toBeUndefined();
        expect(summary.violations).toEqual([]);
        expect(runFile(file).summary.digest).toBe(summary.digest);
        expect(runFile(file, { engine: 'xstate' }).summary.digest).toBe(summary.digest);
      }),
      { numRuns: RUNS, seed: 3 },
    );
  });
});
