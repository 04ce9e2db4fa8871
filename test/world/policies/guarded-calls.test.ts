/** What policies of calls do to calls, on scenarios small enough to be counted by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../../src/model/trace';
import { merge } from '../../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from '../run-file';
import { CALLED, coded } from '../scenarios';

const at = (...times: readonly number[]) => ({ components: { client: { arrivals: { list: times.map((ms) => `${ms}ms`) } } } });
const withPolicies = (policies: Readonly<Record<string, unknown>>, patch: unknown = {}) =>
  merge(merge(CALLED, { policies, components: { client: { policies: Object.keys(policies) }, server: { workers: 100 } } }), patch);
const outcomes = (file: unknown) => rowsOf(runFile(file)).map(({ outcome }) => outcome);
const sent = (file: unknown) => runFile(file).summary.links[0]!.sent;

describe('a bulkhead', () => {
  it('refuses at once who finds it full, and lets the next in when one has left', () => {
    const file = withPolicies({ room: { kind: 'bulkhead', limit: 2 } }, at(0, 10, 20, 149, 151));
    const lane = runFile(file);
    expect(rowsOf(lane)).toMatchObject([
      { outcome: 'ok', endedMs: 150 },
      { outcome: 'ok', endedMs: 160 },
      { outcome: 'RESOURCE_EXHAUSTED', endedMs: 20, td: 0 },
      { outcome: 'RESOURCE_EXHAUSTED', endedMs: 149 },
      { outcome: 'ok', endedMs: 301 },
    ]);
    expect(lane.summary.policies).toMatchObject([
      { policy: 'room', machine: 'bulkhead', of: 'client', to: 'server', acts: { refused: 2 } },
    ]);
    expect(lane.summary.violations).toEqual([]);
  });
});

describe('a breaker', () => {
  /** Every call is refused while the first is worked on. */
  const dead = { components: { server: { workers: 1, waitingLimit: 0, work: '1h' } }, links: [{ from: 'client', to: 'server' }] };
  const breaker = { kind: 'breaker', window: 4, minCalls: 2, failureRate: 0.5, openFor: '1s', probes: 1 };

  it('fails calls without sending them, until one probe after its time', () => {
    const file = withPolicies({ breaker }, merge(dead, at(0, 10, 20, 30, 900, 1_100, 1_200)));
    const lane = runFile(file);
    // 10 and 20 ms fail at the service and open the breaker until 1,020 ms; at 1,100 ms a probe fails.
    expect(lane.summary.links[0]!.sent).toBe(4);
    expect(rowsOf(lane).map(({ outcome }) => outcome)).toEqual([
      'inFlight',
      ...['RESOURCE_EXHAUSTED', 'RESOURCE_EXHAUSTED', 'UNAVAILABLE', 'UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'UNAVAILABLE'],
    ]);
    const place = lane.places.findIndex(({ kind }) => kind === 'part');
    expect(lane.charts[lane.chartOfPlace[place]!]!.id).toBe('breaker');
    expect(recordsOf(lane, RecordKind.policyActed).map(({ timeMicros }) => timeMicros / 1_000)).toEqual([30, 900, 1_200]);
  });

  it('does not have its refusals tried again', () => {
    const again = { kind: 'retry', attempts: 3 };
    const file = withPolicies({ breaker: { ...breaker, window: 3, minCalls: 3, failureRate: 1 }, again }, merge(dead, at(0, 10, 20, 30)));
    // The second request makes three attempts, which open the breaker.
    expect([sent(file), ...outcomes(file)]).toEqual([4, 'inFlight', 'RESOURCE_EXHAUSTED', 'UNAVAILABLE', 'UNAVAILABLE']);
  });

  it('tells a handler that it is open', () => {
    const file = merge(
      coded(
        `for (let n = 0; n < 4; n++) { try { await ctx.call('server', {}, { policies: ['breaker'] }) } catch (error) { ctx.log(error.status, error.message) } }`,
        `throw new Error('ill')`,
      ),
      { policies: { breaker } },
    );
    expect(logOf(runFile(file))).toEqual([
      ...['INTERNAL server failed', 'INTERNAL server failed'],
      ...['UNAVAILABLE breaker to server is open', 'UNAVAILABLE breaker to server is open'],
    ]);
  });
});

describe('a rate limit', () => {
  it('lets at most burst + rate · t through in any t seconds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 50 }),
        (times, burst, rate) => {
          const file = withPolicies({ pace: { kind: 'rate-limit', rate: `${rate}/s`, burst } }, at(...times));
          const passed = recordsOf(runFile(file), RecordKind.messageSent)
            .filter(({ detail }) => detail === 0)
            .map(({ timeMicros }) => timeMicros / 1e6);
          for (const [first, from] of passed.entries()) {
            for (const [last, to] of passed.entries()) {
              if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(burst + rate * (to - from) + 1e-6);
            }
          }
          expect(passed.length).toBeGreaterThanOrEqual(Math.min(burst, times.length));
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });

  it('lets the next call through at the microsecond in which its token is whole', () => {
    const file = withPolicies(
      { pace: { kind: 'rate-limit', rate: '3/s', burst: 1 } },
      { components: { client: { arrivals: { list: ['0ms', '333333us', '333334us', '666667us', '666668us'] } } } },
    );
    expect(outcomes(file)).toEqual(['ok', 'RESOURCE_EXHAUSTED', 'ok', 'RESOURCE_EXHAUSTED', 'ok']);
  });
});

describe('a retry budget', () => {
  it.each([
    [0.1, 10],
    [0.5, 1],
    [0, 3],
  ])('of ratio %f and burst %i never spends more', (ratio, burst) => {
    const again = { kind: 'retry', attempts: 5, budget: { ratio, burst } };
    const times = Array.from({ length: 200 }, (_, index) => index * 10);
    const file = withPolicies({ again, patience: { kind: 'timeout', after: '5ms' } }, at(...times));
    // Everything fails, so all that may be spent is spent; what is left is less than one retry.
    expect(sent(file)).toBeLessThanOrEqual(200 * (1 + ratio) + burst);
    expect(sent(file)).toBeGreaterThanOrEqual(Math.floor(200 * (1 + ratio)));
  });
});

describe('policies of a call', () => {
  it('go before those of the component, and what the call says itself before both', () => {
    const file = (options: string) =>
      merge(coded(`try { await ctx.call('server', {}, ${options}) } catch (error) { ctx.log(ctx.now, error.status) }`), {
        components: { client: { policies: ['short'] } },
        policies: { short: { kind: 'timeout', after: '50ms' }, long: { kind: 'timeout', after: '80ms' } },
      });
    expect(logOf(runFile(file('{}')))).toEqual(['1050 DEADLINE_EXCEEDED']);
    expect(logOf(runFile(file(`{ policies: ['long'] }`)))).toEqual(['1080 DEADLINE_EXCEEDED']);
    expect(logOf(runFile(file(`{ policies: ['long'], timeout: '70ms' }`)))).toEqual(['1070 DEADLINE_EXCEEDED']);
    expect(logOf(runFile(file(`{ policies: [], timeout: seconds(1) }`)))).toEqual([]);
  });

  it('that do not exist, or do the same twice, are said to the handler in words', () => {
    const said = (options: string) => {
      const file = merge(coded(`try { ctx.call('server', {}, ${options}) } catch (error) { ctx.log(error.message) }`), {
        policies: { one: { kind: 'timeout', after: '1s' }, two: { kind: 'timeout', after: '2s' } },
      });
      return logOf(runFile(file))[0];
    };
    expect(said(`{ policies: ['three'] }`)).toBe('the scenario has no policy three; it has: one, two');
    expect(said(`{ policies: ['one', 'two'] }`)).toBe('one and two are both policies of kind timeout: name one of them');
    expect(said(`{ policies: 'one' }`)).toContain('list of names');
  });
});
