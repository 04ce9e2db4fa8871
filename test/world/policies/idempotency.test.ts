/** Idempotency keys as a policy of a service: the draft of the IETF's Idempotency-Key header, §2. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge } from '../../model/example-files';
import { readScenario } from '../../../src/model/read-scenario';
import { logOf, runFile } from '../run-file';
import { coded, queued } from '../scenarios';

const WORK = `await ctx.work('100ms'); ctx.log('ran'); return { n: (ctx.state.n = (ctx.state.n ?? 0) + 1) }`;

function keyed(onTick: string, policy: unknown = {}, onRequest = WORK, more: unknown = {}): string[] {
  const file = merge(coded(onTick, onRequest), {
    policies: { once: { kind: 'idempotency-key', ...(policy as object) } },
    components: { server: { policies: ['once'], workers: 3 } },
  });
  const lane = runFile(merge(file, more));
  expect(lane.summary.violations).toEqual([]);
  return logOf(lane);
}
const pay = (key: string, body = 'sum: 1'): string => `ctx.call('server', { idempotencyKey: '${key}', ${body} })`;
const tell = (call: string): string => `try { const { n } = await ${call}; ctx.log(n) } catch (error) { ctx.log(error.status) }`;

describe('an idempotency key', () => {
  it('gives the answer of the first request to all that follow', () => {
    expect(keyed(`${tell(pay('a'))}; ${tell(pay('a'))}; ${tell(pay('b'))}`)).toEqual(['ran', '1', '1', 'ran', '2']);
  });

  it('lets what has no key be handled, unless one is required', () => {
    const twice = `${tell(`ctx.call('server', {})`)}; ${tell(`ctx.call('server', {})`)}`;
    expect(keyed(twice)).toEqual(['ran', '1', 'ran', '2']);
    expect(keyed(twice, { required: true })).toEqual(['INVALID_ARGUMENT', 'INVALID_ARGUMENT']);
  });

  it.each(['', '.', 'order.', '.id', 'order..id'])('is not looked for at “%s”, which is no place of a body', (key) => {
    const file = merge(coded('', WORK), { policies: { once: { kind: 'idempotency-key', key } } });
    const read = readScenario(file, null);
    expect(read.ok ? [] : read.problems.map(({ path, key: sentence }) => `${path} ${sentence}`)).toEqual([
      'policies.once.key problem.keyPath',
    ]);
  });

  it('holds a duplicate of one under way until its answer is there', () => {
    const both = `const two = await Promise.all([${pay('a')}, ${pay('a')}]); ctx.log(two.map(({ n }) => n).join())`;
    expect(keyed(both)).toEqual(['ran', '1,1']);
    expect(keyed(both, {}, WORK, { components: { server: { threads: 'event-loop', workers: 1 } } })).toEqual(['ran', '1,1']);
  });

  it('or refuses it as a conflict', () => {
    const both = `const two = await Promise.allSettled([${pay('a')}, ${pay('a')}]); ctx.log(two.map((end) => end.value?.n ?? end.reason.status).join())`;
    expect(keyed(both, { inFlight: 'conflict' })).toEqual(['ran', '1,ABORTED']);
  });

  it('refuses a key that comes with another request', () => {
    expect(keyed(`${tell(pay('a'))}; ${tell(pay('a', 'sum: 2'))}`)).toEqual(['ran', '1', 'INVALID_ARGUMENT']);
  });

  it('takes the key from where the policy says', () => {
    const call = `ctx.call('server', { order: { id: 7 }, at: 1 })`;
    expect(keyed(`${tell(call)}; ${tell(call)}`, { key: 'order.id' })).toEqual(['ran', '1', '1']);
  });

  it('remembers an answer on purpose, and not a failure', () => {
    const refuse = `ctx.log('ran'); ctx.fail('NOT_FOUND')`;
    expect(keyed(`${tell(pay('a'))}; ${tell(pay('a'))}`, {}, refuse)).toEqual(['ran', 'NOT_FOUND', 'NOT_FOUND']);
    const failOnce = `ctx.log('ran'); if (ctx.state.failed) return { n: 1 }; ctx.state.failed = true; throw new Error('boom')`;
    expect(keyed(`${tell(pay('a'))}; ${tell(pay('a'))}; ${tell(pay('a'))}`, {}, failOnce)).toEqual(['ran', 'INTERNAL', 'ran', '1', '1']);
  });

  it('does not remember an answer that says to come again', () => {
    const later = (how: string): string => `ctx.log('ran'); if (ctx.state.asked) return { n: 1 }; ctx.state.asked = true; ${how}`;
    for (const how of [`ctx.fail('UNAVAILABLE')`, `ctx.fail('INTERNAL', '', { retryAfter: '10ms' })`]) {
      const again = tell(`ctx.call('server', { idempotencyKey: 'a' }, { retry: { attempts: 2 } })`);
      expect(keyed(again, {}, later(how))).toEqual(['ran', 'ran', '1']);
    }
  });

  it('forgets an answer when its time is over', () => {
    const later = `${tell(pay('a'))}; await ctx.sleep('500ms'); ${tell(pay('a'))}; await ctx.sleep('600ms'); ${tell(pay('a'))}`;
    expect(keyed(later, { ttl: '1s' })).toEqual(['ran', '1', '1', 'ran', '2']);
  });

  it('outlives a crash of the service when it is durable', () => {
    const around = `${tell(pay('a'))}; await ctx.sleep('3s'); ${tell(pay('a'))}`;
    const crash = { faults: [{ at: '2s', for: '1s', crash: 'server' }] };
    expect(keyed(around, {}, WORK, crash)).toEqual(['ran', '1', '1']);
    expect(keyed(around, { durable: false }, WORK, crash)).toEqual(['ran', '1', 'ran', '1']);
  });

  it('frees the key of a request that a crash has ended', () => {
    const retried = tell(`ctx.call('server', { idempotencyKey: 'a' }, { timeout: '2s', retry: { attempts: 3 } })`);
    expect(keyed(retried, {}, `await ctx.work('1s'); ${WORK}`, { faults: [{ at: '1.5s', for: '1s', crash: 'server' }] })).toEqual([
      'ran',
      '1',
    ]);
  });

  it('acknowledges a message that comes again, without handling it', () => {
    const file = merge(
      queued(
        `ctx.send('jobs', { idempotencyKey: 'a' }); ctx.send('jobs', { idempotencyKey: 'a' })`,
        `ctx.log('ran'); await ctx.work('1s')`,
        { ack: 'manual' },
      ),
      {
        policies: { once: { kind: 'idempotency-key' } },
        components: { worker: { policies: ['once'] } },
      },
    );
    const { log, summary } = runFile(file);
    expect(log.map(({ text }) => text)).toEqual(['ran']);
    expect(summary.components['jobs']).toMatchObject({ completions: 2, depthAtEnd: 0 });
    expect(summary.policies[0]!.acts).toMatchObject({ replayed: 1 });
  });

  it('lets nothing be done twice, whatever is lost, duplicated and retried', () => {
    const share = fc.constantFrom(0, 0.1, 0.4);
    fc.assert(
      fc.property(
        fc.record({
          loss: share,
          duplicate: share,
          inFlight: fc.constantFrom('wait', 'conflict'),
          threads: fc.constantFrom('blocking', 'event-loop'),
          workers: fc.integer({ min: 1, max: 3 }),
          timeout: fc.constantFrom('30ms', '90ms', '400ms'),
          seed: fc.nat(1_000),
        }),
        ({ loss, duplicate, inFlight, threads, workers, timeout, seed }) => {
          const retry = `{ timeout: '${timeout}', retry: { attempts: 6, backoff: 'full-jitter', base: '40ms' } }`;
          const onTick = `const key = 'k' + Math.floor(ctx.now / 1000); try { await ctx.call('server', { idempotencyKey: key }, ${retry}) } catch {}`;
          const file = merge(coded(onTick, `await ctx.work(exponential('60ms')); ctx.log(request.body.idempotencyKey); return 1`), {
            seed,
            duration: '40s',
            policies: { once: { kind: 'idempotency-key', inFlight } },
            components: { client: { arrivals: { list: null, constant: '5/s' } }, server: { policies: ['once'], threads, workers } },
            links: [{ from: 'client', to: 'server', delay: { uniform: ['5ms', '40ms'] }, loss, duplicate }],
          });
          const lane = runFile(file);
          const ran = logOf(lane);
          expect(lane.summary.violations).toEqual([]);
          expect(ran.length).toBeGreaterThan(20);
          expect(new Set(ran).size).toBe(ran.length);
        },
      ),
      { numRuns: 25 },
    );
  });
});
