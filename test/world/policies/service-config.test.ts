/** gRPC's service config: its names, its rules, its throttling. */
import { describe, expect, it } from 'vitest';
import { retryThrottleMachine } from '../../../src/machines/index';
import { readScenario } from '../../../src/model/read-scenario';
import { RecordKind } from '../../../src/model/trace';
import { started } from '../../machines/started';
import { merge } from '../../model/example-files';
import { logOf, recordsOf, runFile } from '../run-file';
import { coded } from '../scenarios';

const RETRY = {
  maxAttempts: 4,
  initialBackoff: '0.1s',
  maxBackoff: '1s',
  backoffMultiplier: 2,
  retryableStatusCodes: ['UNAVAILABLE'],
};

const rpc = (config: unknown, answer: string, times = 1) =>
  merge(
    coded(
      `for (let n = 0; n < ${times}; n++) { try { await ctx.call('server', n, { policies: ['rpc'] }); ctx.log('ok') } catch (error) { ctx.log(error.status) } }`,
      answer,
    ),
    { policies: { rpc: { kind: 'service-config', ...(config as object) } }, duration: '1000s' },
  );
const requests = (file: unknown) => recordsOf(runFile(file), RecordKind.messageSent).filter(({ detail }) => detail === 0);
const findings = (config: unknown) => {
  const read = readScenario(rpc(config, ''), null);
  return read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`);
};

describe('the retry policy', () => {
  const config = { methodConfig: [{ name: [{ service: 'server' }], retryPolicy: RETRY }] };

  it('tries only the status codes it names, maxAttempts times', () => {
    expect(requests(rpc(config, `ctx.fail('UNAVAILABLE')`))).toHaveLength(4);
    expect(requests(rpc(config, `ctx.fail('NOT_FOUND')`))).toHaveLength(1);
    expect(logOf(runFile(rpc(config, `ctx.fail('NOT_FOUND', 'gone')`)))).toEqual(['NOT_FOUND']);
  });

  it('treats more than five attempts as five', () => {
    const many = { methodConfig: [{ name: [{}], retryPolicy: { ...RETRY, maxAttempts: 50 } }] };
    expect(requests(rpc(many, `ctx.fail('UNAVAILABLE')`))).toHaveLength(5);
  });

  it('waits initialBackoff · multiplierⁿ⁻¹, at most maxBackoff, give or take 20 %', () => {
    const steep = { methodConfig: [{ name: [{}], retryPolicy: { ...RETRY, maxAttempts: 5, backoffMultiplier: 4 } }] };
    const times = requests(rpc(steep, `ctx.fail('UNAVAILABLE')`)).map(({ timeMicros }) => timeMicros / 1_000);
    // 20 ms there and 30 ms back; the work is none.
    const pauses = times.slice(1).map((time, index) => time - times[index]! - 50);
    for (const [index, expected] of [100, 400, 1_000, 1_000].entries()) {
      expect(Math.abs(pauses[index]! / expected - 1), `pause ${index}`).toBeLessThanOrEqual(0.2);
    }
  });

  it('is chosen by the name of the service, before the one for all', () => {
    const two = { methodConfig: [{ name: [{}] }, { name: [{ service: 'server' }], retryPolicy: RETRY }] };
    expect(requests(rpc(two, `ctx.fail('UNAVAILABLE')`))).toHaveLength(4);
    expect(
      requests(rpc({ methodConfig: [{ name: [{ service: 'client' }], retryPolicy: RETRY }] }, `ctx.fail('UNAVAILABLE')`)),
    ).toHaveLength(1);
  });

  it('ends with the timeout of the method, which is a deadline for the call in all', () => {
    const short = { methodConfig: [{ name: [{}], timeout: '0.12s', retryPolicy: RETRY }] };
    expect(logOf(runFile(rpc(short, `ctx.fail('UNAVAILABLE')`)))).toEqual(['DEADLINE_EXCEEDED']);
  });
});

describe('the hedging policy', () => {
  it('goes on after a non-fatal status code and ends with any other', () => {
    const config = (codes: readonly string[]) => ({
      methodConfig: [{ name: [{}], hedgingPolicy: { maxAttempts: 3, hedgingDelay: '5s', nonFatalStatusCodes: codes } }],
    });
    expect(requests(rpc(config(['UNAVAILABLE']), `ctx.fail('UNAVAILABLE')`))).toHaveLength(3);
    expect(requests(rpc(config(['ABORTED']), `ctx.fail('UNAVAILABLE')`))).toHaveLength(1);
  });
});

describe('retry throttling', () => {
  const throttle = (maxTokens: number, tokenRatio: number) =>
    started(retryThrottleMachine, { maxMillis: maxTokens * 1_000, ratioMillis: tokenRatio * 1_000 });

  it('permits retries while more than half of the tokens are there', () => {
    const one = throttle(10, 0.1);
    const permitted = () => one.after('retry')[0] === 'permit';
    // 10 tokens: after four failures there are 6, after five 5, which is half.
    one.after('failed', 'failed', 'failed', 'failed');
    expect([one.count('millis'), permitted()]).toEqual([6_000, true]);
    one.after('failed');
    expect([one.count('millis'), permitted()]).toEqual([5_000, false]);
    one.after('succeeded');
    expect([one.count('millis'), permitted()]).toEqual([5_100, true]);
  });

  it('keeps the tokens between 0 and maxTokens', () => {
    const one = throttle(2, 0.5);
    one.after(...Array.from({ length: 9 }, () => 'failed'));
    expect(one.count('millis')).toBe(0);
    one.after('succeeded', 'succeeded');
    expect([one.count('millis'), one.state]).toEqual([1_000, 'throttling']);
    one.after(...Array.from({ length: 9 }, () => 'succeeded'));
    expect([one.count('millis'), one.state]).toEqual([2_000, 'open']);
  });

  it('ends retries when a service fails, and does not count what is not worth a retry', () => {
    const config = { methodConfig: [{ name: [{}], retryPolicy: RETRY }], retryThrottling: { maxTokens: 10, tokenRatio: 0.1 } };
    // Four attempts, then one that takes the fifth token; from there on each call is sent once.
    expect(requests(rpc(config, `ctx.fail('UNAVAILABLE')`, 10))).toHaveLength(4 + 1 + 8);
    expect(runFile(rpc(config, `ctx.fail('UNAVAILABLE')`, 10)).summary.policies).toMatchObject([
      { machine: 'retryThrottle', acts: { refused: 9 } },
    ]);
    expect(runFile(rpc(config, `ctx.fail('INVALID_ARGUMENT')`, 10)).summary.policies).toMatchObject([{ acts: { refused: 0 } }]);
  });
});

describe('what is wrong with a service config', () => {
  it.each([
    [
      'both policies',
      { methodConfig: [{ name: [{}], retryPolicy: RETRY, hedgingPolicy: { maxAttempts: 2 } }] },
      ['policies.rpc.methodConfig[0] problem.retryOrHedge'],
    ],
    [
      'no status code',
      { methodConfig: [{ name: [{}], retryPolicy: { ...RETRY, retryableStatusCodes: [] } }] },
      ['policies.rpc.methodConfig[0].retryPolicy.retryableStatusCodes problem.statusCodes'],
    ],
    [
      'one attempt',
      { methodConfig: [{ name: [{}], retryPolicy: { ...RETRY, maxAttempts: 1 } }] },
      ['policies.rpc.methodConfig[0].retryPolicy.maxAttempts problem.wholeNumber'],
    ],
    [
      'an unknown code',
      { methodConfig: [{ name: [{}], retryPolicy: { ...RETRY, retryableStatusCodes: ['BUSY'] } }] },
      ['policies.rpc.methodConfig[0].retryPolicy.retryableStatusCodes[0] problem.choice'],
    ],
    ['no name', { methodConfig: [{ name: [] }] }, ['policies.rpc.methodConfig[0].name problem.methodNames']],
    [
      'too many tokens',
      { retryThrottling: { maxTokens: 1_001, tokenRatio: 0.1 } },
      ['policies.rpc.retryThrottling.maxTokens problem.wholeNumber'],
    ],
  ])('%s', (_what, config, expected) => {
    expect(findings(config)).toEqual(expected);
  });
});
