/** Code without end, events without time, logs without measure: each meets its limit, says so, and leaves books that are closed. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/model/limits';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { recordsOf, rowsOf, runFile } from './run-file';
import { CALLED, coded } from './scenarios';

describe('code that does not end', () => {
  it('ends the run at that instant, with its place', () => {
    const lane = runFile(coded(`await ctx.call('server')`, `await ctx.work('10ms')\nfor (;;) {}`));
    expect(lane.stopped).toMatchObject({ file: 'server.ts', line: 2, atMicros: 1_030_000 });
    expect(lane.endMicros).toBe(1_030_000);
    expect(lane.summary.requests).toMatchObject({ N: 1, inFlight: 1 });
    expect(lane.summary.violations).toEqual([]);
  });

  it.each([
    ['what it writes to the log', `ctx.log({ get endless() { for (;;) {} } })`],
    ['what it answers', `return new Proxy({}, { ownKeys() { for (;;) {} } })`],
  ])('ends the run in %s too, where other errors are only noted', (_, code) => {
    const lane = runFile(coded(`await ctx.call('server')`, code));
    expect(lane.stopped).toMatchObject({ key: 'problem.stepLimit', file: 'server.ts', line: 1 });
    expect(lane.handlerProblems).toEqual([]);
  });

  it('is the same end on real XState, and a later run is not affected', () => {
    const endless = coded(`for (;;) {}`);
    const [one, other] = (['specialised', 'xstate'] as const).map((engine) => runFile(endless, { engine }));
    expect(one?.summary.digest).toBe(other?.summary.digest);
    expect(rowsOf(runFile(CALLED))).toMatchObject([{ outcome: 'ok' }]);
  });
});

describe('a run that does not come forward', () => {
  it('stands still when time does not pass, and says when', { timeout: 30_000 }, () => {
    const lane = runFile(coded(`for (;;) await ctx.sleep('0ms')`), { keepTrace: false });
    expect(lane.stopped).toMatchObject({ key: 'problem.standstill', params: { max: LIMITS.eventsAtOneInstant, time: 1 } });
    expect(lane.summary.events).toBeLessThanOrEqual(LIMITS.eventsAtOneInstant + 10);
  });

  it('ends at the number of events it is allowed', () => {
    const file = merge(CALLED, { duration: '1h', components: { client: { arrivals: { list: null, constant: '100/s' } } } });
    const lane = runFile(file, { maxEvents: 1_000 });
    expect(lane.stopped).toMatchObject({ key: 'problem.tooManyEvents', params: { max: 1_000 } });
    expect(lane.summary.events).toBe(1_000);
    const { N, Ns, failed, inFlight } = lane.summary.requests;
    expect(Ns + failed + inFlight).toBe(N);
  });
});

describe('the log', () => {
  it('keeps so many lines and so much of each, and the run goes on', () => {
    const lane = runFile(coded(`for (let i = 0; i < 12000; i++) ctx.log('x'.repeat(2000)); await ctx.call('server')`));
    expect(lane.log).toHaveLength(LIMITS.logLines);
    expect(lane.log.every(({ text }) => text.length <= LIMITS.logLength)).toBe(true);
    expect(recordsOf(lane, RecordKind.logged)).toHaveLength(LIMITS.logLines);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok' }]);
  });

  it('shows what cannot be shown as such', () => {
    const lane = runFile(coded(`const a = {}; a.a = a; ctx.log('is', 1, { b: [true, null] }, a)`));
    expect(lane.log.map(({ text }) => text)).toEqual(['is 1 {"b":[true,null]} [a value that cannot be shown]']);
  });
});
