/** What a lost message does to its request: decided at that instant when nothing can save it, tried again when something does. */
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/metrics/interval';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded } from './scenarios';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const BUSY = { duration: '400s', components: { client: { arrivals: { list: null, poisson: '20/s' } }, server: { workers: 100 } } };
const LOSSY = { links: [{ from: 'client', to: 'server', delay: '20ms', loss: 0.1 }] };

/** R of each seed. */
function reliabilities(file: unknown): number[] {
  return SEEDS.map((seed) => {
    const { requests, violations } = runFile(file, { seed, keepTrace: false }).summary;
    expect(violations).toEqual([]);
    expect(requests.Ns + requests.failed + requests.inFlight).toBe(requests.N);
    return requests.R ?? NaN;
  });
}

describe('a lossy link, 10 % each way', () => {
  it('lets 81 % through without a retry', () => {
    const { low, high } = meanInterval(reliabilities(merge(merge(CALLED, BUSY), LOSSY)), 0.999);
    expect(low).toBeLessThan(0.81);
    expect(high).toBeGreaterThan(0.81);
    expect(high - low).toBeLessThan(0.01);
  });

  it('lets 1 − 0.19³ through with three attempts', () => {
    const call = `await ctx.call('server', {}, { timeout: '200ms', retry: { attempts: 3, backoff: 'full-jitter', base: '20ms' } })`;
    const { low, high } = meanInterval(reliabilities(merge(merge(coded(call), BUSY), LOSSY)), 0.999);
    const expected = 1 - 0.19 ** 3;
    expect(low).toBeLessThan(expected);
    expect(high).toBeGreaterThan(expected);
    expect(high - low).toBeLessThan(0.004);
  });
});

describe('a request whose last hope was a lost message', () => {
  const oneWay = (forth: number, back: number) =>
    merge(CALLED, { links: [{ from: 'client', to: 'server', delay: '20ms', loss: forth, back: { delay: '30ms', loss: back } }] });

  it('is decided at the instant of the sending, on the way there', () => {
    const lane = runFile(oneWay(1, 0));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'lost', startedMs: 1_000, endedMs: 1_000 }]);
    expect(lane.summary.requests).toMatchObject({ N: 1, Ns: 0, failed: 1, failures: { lost: 1 }, inFlight: 0, R: 0 });
  });

  it('is decided at the instant of the sending, on the way back', () => {
    const lane = runFile(oneWay(0, 1));
    const [lost] = recordsOf(lane, RecordKind.messageLost);
    expect(lost?.timeMicros).toBe(1_120_000);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'lost', endedMs: 1_120 }]);
  });

  it('is decided at its deadline when the scenario has one', () => {
    const lane = runFile(merge(oneWay(0, 1), { deadline: '500ms' }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'deadline', endedMs: 1_500 }]);
  });

  it('is not decided while another branch can still end it', () => {
    const file = merge(coded(`await Promise.race([ctx.call('server'), ctx.sleep('900ms')])`), {
      links: [{ from: 'client', to: 'server', loss: 1 }],
    });
    expect(rowsOf(runFile(file))).toMatchObject([{ outcome: 'ok', endedMs: 1_900, td: 900 }]);
  });

  it('is not well ended when it ends after its deadline', () => {
    expect(rowsOf(runFile(merge(CALLED, { deadline: '150ms' })))).toMatchObject([{ outcome: 'ok' }]);
    expect(rowsOf(runFile(merge(CALLED, { deadline: '149ms' })))).toMatchObject([{ outcome: 'deadline', endedMs: 1_150 }]);
  });
});
