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

/** gRFC A6, "Pushback" and "Summary of Retry and Hedging Logic", points 4 and 5. */
describe('push-back to a hedged call', () => {
  /** When each attempt leaves, in ms after the first; 20 ms there and 30 ms back. The code of the service knows the attempt as `n`. */
  function attempts(answer: string, hedge = `{ after: '200ms', attempts: 4 }`): { readonly at: number[]; readonly log: string[] } {
    const lane = runFile(
      merge(coded(call(`hedge: ${hedge}`), `const n = (ctx.state.n = (ctx.state.n ?? 0) + 1); ${answer}`), {
        components: { server: { workers: 9 } },
      }),
    );
    expect(lane.summary.violations).toEqual([]);
    const sent = recordsOf(lane, RecordKind.messageSent).filter(({ detail }) => detail === 0);
    return { at: sent.map(({ timeMicros }) => timeMicros / 1_000 - 1_000), log: logOf(lane) };
  }

  it('sends the next attempt after so long, and those after it at the delay of the policy again', () => {
    const pushed = `if (n === 1) ctx.fail('UNAVAILABLE', '', { retryAfter: '1s' }); await ctx.sleep('3s')`;
    expect(attempts(pushed).at).toEqual([0, 1_050, 1_250, 1_450]);
    // Without push-back a failure brings the next one forward.
    expect(attempts(`if (n === 1) ctx.fail('UNAVAILABLE'); await ctx.sleep('3s')`).at).toEqual([0, 50, 250, 450]);
  });

  it('brings it forward too, when that is sooner', () => {
    expect(attempts(`if (n === 1) ctx.fail('UNAVAILABLE', '', { retryAfter: '10ms' }); await ctx.sleep('3s')`).at).toEqual([
      0, 60, 260, 460,
    ]);
  });

  it('never stops hedging, and an attempt under way may still answer', () => {
    const slowFirst = `if (n === 1) { await ctx.sleep('1s'); return } ctx.fail('UNAVAILABLE', '', { retryAfter: 'never' })`;
    expect(attempts(`${slowFirst}`)).toEqual({ at: [0, 200], log: [] });
    // Nothing is under way any more: the call has failed.
    expect(attempts(`ctx.fail('UNAVAILABLE', '', { retryAfter: 'never' })`)).toEqual({ at: [0], log: ['UNAVAILABLE'] });
    const bothFail = `if (n === 1) { await ctx.sleep('1s'); ctx.fail('ABORTED') } ctx.fail('UNAVAILABLE', '', { retryAfter: 'never' })`;
    expect(attempts(bothFail)).toEqual({ at: [0, 200], log: ['ABORTED'] });
  });

  it('with no attempt left changes nothing: the call waits for those under way', () => {
    const lastPushed = `if (n === 1) { await ctx.sleep('1s'); return } ctx.fail('UNAVAILABLE', '', { retryAfter: '5s' })`;
    expect(attempts(lastPushed, `{ after: '200ms', attempts: 2 }`)).toEqual({ at: [0, 200], log: [] });
    expect(attempts(`ctx.fail('UNAVAILABLE', '', { retryAfter: '5s' })`, `{ after: '20ms', attempts: 2 }`)).toEqual({
      at: [0, 20],
      log: ['UNAVAILABLE'],
    });
  });

  it('that says never counts for throttling, whatever the status', () => {
    const config = {
      kind: 'service-config',
      methodConfig: [{ name: [{}], hedgingPolicy: { maxAttempts: 2, hedgingDelay: '5s', nonFatalStatusCodes: ['UNAVAILABLE'] } }],
      retryThrottling: { maxTokens: 4, tokenRatio: 0.1 },
    };
    const tokens = (answer: string): number => {
      const tick = `for (const n of [1, 2, 3, 4]) try { await ctx.call('server', n, { policies: ['rpc'] }) } catch {}`;
      const file = merge(coded(tick, `if (request.body < 4) { ${answer} } ctx.fail('UNAVAILABLE')`), { policies: { rpc: config } });
      return recordsOf(runFile(file), RecordKind.messageSent).filter(({ detail }) => detail === 0).length;
    };
    // Three calls end with their first attempt; the fourth is hedged as long as more than half of the tokens are left.
    expect(tokens(`ctx.fail('NOT_FOUND')`)).toBe(5);
    expect(tokens(`ctx.fail('NOT_FOUND', '', { retryAfter: 'never' })`)).toBe(4);
  });
});
