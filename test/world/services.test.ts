/** Services: full lines, order, failures of handlers, and users who wait before they ask again. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { logOf, recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded } from './scenarios';

const at = (...list: string[]) => ({ components: { client: { arrivals: { list } } } });

describe('a full line', () => {
  it('refuses at once, and the reply takes the way back', () => {
    const lane = runFile(merge(merge(CALLED, at('1s', '1s', '1s')), { components: { server: { waitingLimit: 1 } } }));
    expect(rowsOf(lane)).toMatchObject([
      { outcome: 'ok', endedMs: 1_150 },
      { outcome: 'ok', endedMs: 1_250 },
      { outcome: 'RESOURCE_EXHAUSTED', endedMs: 1_050, tr: 20, td: 0, ts: 0, tp: 30 },
    ]);
    expect(lane.summary.components['server']).toMatchObject({ arrivals: 3, completions: 2, refused: 1 });
  });

  it('is an error with a status for the code that called', () => {
    const file = merge(
      merge(coded(`try { await ctx.call('server') } catch (error) { ctx.log(error.name, error.status) }`), at('1s', '1s')),
      {
        components: { server: { waitingLimit: 0 } },
      },
    );
    const lane = runFile(file);
    expect(logOf(lane)).toEqual(['CallFailed RESOURCE_EXHAUSTED']);
    expect(lane.summary.requests).toMatchObject({ Ns: 2, failed: 0 });
  });

  it('is tried again by a call with retries', () => {
    const file = merge(
      merge(coded(`await ctx.call('server', {}, { retry: { attempts: 2, backoff: 'fixed', base: '100ms' } })`), at('1s', '1s')),
      {
        components: { server: { waitingLimit: 0 } },
      },
    );
    expect(rowsOf(runFile(file))).toMatchObject([
      { outcome: 'ok', endedMs: 1_150 },
      { outcome: 'ok', endedMs: 1_300, ts: 100 },
    ]);
  });
});

describe('the order of a line', () => {
  it.each([
    ['fifo', [1, 2, 3, 4]],
    ['lifo', [1, 4, 3, 2]],
  ])('%s', (discipline, order) => {
    const lane = runFile(merge(merge(CALLED, at('1s', '1.01s', '1.02s', '1.03s')), { components: { server: { discipline } } }));
    expect(recordsOf(lane, RecordKind.workerFreed, 'server').map(({ request }) => request)).toEqual(order);
  });
});

describe('a handler that throws', () => {
  it('answers with the error INTERNAL, is told with its place, and the run goes on', () => {
    const file = coded(
      `try { await ctx.call('server', { n: ctx.now }); ctx.log('fine') } catch (error) { ctx.log(error.status); throw error }`,
      `await ctx.work('10ms')
      if (request.body.n === 2000) throw new TypeError('two')`,
    );
    const lane = runFile(merge(file, at('1s', '2s', '3s')));
    expect(logOf(lane)).toEqual(['fine', 'INTERNAL', 'fine']);
    expect(rowsOf(lane).map(({ outcome }) => outcome)).toEqual(['ok', 'error', 'ok']);
    expect(lane.handlerProblems[0]).toMatchObject({ file: 'server.ts', line: 2, atMicros: 2_030_000 });
    expect([lane.stopped, lane.endMicros]).toEqual([undefined, 10_000_000]);
    expect(recordsOf(lane, RecordKind.handlerFailed, 'server')).toHaveLength(1);
  });

  it('when it returns what cannot travel fails the same way', () => {
    const lane = runFile(coded(`try { await ctx.call('server') } catch (error) { ctx.log(error.status) }`, `return () => 1`));
    expect(logOf(lane)).toEqual(['INTERNAL']);
    expect(lane.handlerProblems).toHaveLength(1);
  });

  it('cannot reach what has no link', () => {
    const lane = runFile(coded(`try { await ctx.call('nowhere') } catch (error) { ctx.log(error.status, error.message) }`));
    expect(logOf(lane)).toEqual(['UNAVAILABLE there is no component nowhere']);
  });
});

describe('users who wait for their answer', () => {
  // 20 ms there, 100 ms of work, 20 ms back: each user comes round in 140 ms, and four workers complete at most 40 a second.
  it.each([1, 2, 5, 6, 7, 20, 100])('%i of them complete min(n / 0.14, 40) a second', (users) => {
    const file = merge(CALLED, {
      duration: '101s',
      warmup: '1s',
      components: { client: { arrivals: null, users }, server: { workers: 4 } },
      links: [{ from: 'client', to: 'server', delay: '20ms' }],
    });
    const { requests, violations } = runFile(file, { keepTrace: false }).summary;
    expect(violations).toEqual([]);
    expect(Math.abs(requests.QPerSecond - Math.min(users / 0.14, 40))).toBeLessThan(0.01 * users);
    expect(Math.abs((requests.T.meanMs ?? NaN) - Math.max(140, users * 25))).toBeLessThan(1 + 0.01 * users * 25);
  });

  it('think before they ask again', () => {
    const file = merge(CALLED, { components: { client: { arrivals: null, users: 1, thinkTime: '850ms' } } });
    expect(rowsOf(runFile(file)).map(({ startedMs }) => startedMs)).toEqual(
      [0.85, 1.85, 2.85, 3.85, 4.85, 5.85, 6.85, 7.85, 8.85, 9.85].map((s) => s * 1_000),
    );
  });
});
