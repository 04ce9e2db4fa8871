/** A service that says when to try again: gRPC's grpc-retry-pushback-ms (gRFC A6), HTTP's Retry-After (RFC 9110 §10.2.3). */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../src/model/read-scenario';
import { RecordKind } from '../../../src/model/trace';
import { merge } from '../../model/example-files';
import { logOf, recordsOf, runFile } from '../run-file';
import { CALLED, coded } from '../scenarios';

const RETRY = `retry: { attempts: 5, backoff: 'exponential', base: '100ms' }`;
const call = (options = RETRY): string => `try { await ctx.call('server', 1, { ${options} }) } catch (error) { ctx.log(error.status) }`;

/** The pauses between the attempts, in ms: 20 ms there and 30 ms back, no work. */
function pauses(onRequest: string, options = RETRY): number[] {
  const times = recordsOf(runFile(coded(call(options), onRequest)), RecordKind.messageSent)
    .filter(({ detail }) => detail === 0)
    .map(({ timeMicros }) => timeMicros / 1_000);
  return times.slice(1).map((time, index) => time - times[index]! - 50);
}

describe('push-back', () => {
  it('is the pause before the next attempt', () => {
    expect(pauses(`ctx.fail('UNAVAILABLE', 'busy', { retryAfter: '1.5s' })`)).toEqual([1_500, 1_500, 1_500, 1_500]);
  });

  it('begins the back-off anew', () => {
    const second = `ctx.state.n = (ctx.state.n ?? 0) + 1; ctx.fail('UNAVAILABLE', '', ctx.state.n === 2 ? { retryAfter: '7ms' } : {})`;
    expect(pauses(second)).toEqual([100, 7, 100, 200]);
  });

  it('never means that nothing is tried again', () => {
    const never = `ctx.fail('UNAVAILABLE', '', { retryAfter: 'never' })`;
    expect(pauses(never)).toEqual([]);
    const lane = runFile(coded(call(), never));
    expect(logOf(lane)).toEqual(['UNAVAILABLE']);
    expect(recordsOf(lane, RecordKind.pushedBack, 'client').map(({ value, detail }) => [value, detail])).toEqual([[-1, 1]]);
  });

  it('makes nothing be tried again that would not have been', () => {
    const busy = `ctx.fail('NOT_FOUND', '', { retryAfter: '5ms' })`;
    expect(pauses(busy, `retry: { attempts: 5, on: ['UNAVAILABLE'] }`)).toEqual([]);
    expect(pauses(busy, `retry: { attempts: 1 }`)).toEqual([]);
  });

  it('goes through a balancer', () => {
    const file = merge(
      coded(`try { await ctx.call('front', 1, { ${RETRY} }) } catch {}`, `ctx.fail('UNAVAILABLE', '', { retryAfter: '1s' })`),
      {
        components: { front: { kind: 'balancer' } },
        links: [
          { from: 'client', to: 'front' },
          { from: 'front', to: 'server' },
        ],
      },
    );
    expect(recordsOf(runFile(file), RecordKind.retried).map(({ timeMicros }) => timeMicros / 1e6)).toEqual([2, 3, 4, 5]);
  });

  it('is what a policy of the service says to those whom it refuses', () => {
    const limited = (retryAfter: string) =>
      merge(CALLED, {
        components: { client: { arrivals: { list: ['1s', '1.001s'] }, policies: ['again'] }, server: { policies: ['limit'] } },
        policies: { again: { kind: 'retry', attempts: 3 }, limit: { kind: 'rate-limit', rate: '1/s', retryAfter } },
      });
    const { summary } = runFile(limited('2s'));
    expect(summary.requests).toMatchObject({ N: 2, Ns: 2 });
    expect(summary.requests.T.p99Ms).toBe(2_200);
    expect(runFile(limited('never')).summary.requests).toMatchObject({ Ns: 1, failed: 1 });
  });

  it('must be a duration or never', () => {
    const file = merge(CALLED, { policies: { limit: { kind: 'bulkhead', limit: 1, retryAfter: 'soon' } } });
    const read = readScenario(file, null);
    expect(read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`)).toEqual(['policies.limit.retryAfter problem.retryAfter']);
    expect(runFile(coded(`ctx.fail('UNAVAILABLE', '', { retryAfter: exponential('1s') })`)).handlerProblems).toHaveLength(1);
  });
});
