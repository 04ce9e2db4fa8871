import { describe, expect, test } from 'vitest';
import { shownBy } from '../../../src/model/audited';
import { auditOf, findingOf, stepsOf } from './audit-of';
import { runFile } from '../../world/run-file';

const ASK_ONCE = {
  version: 1,
  title: 'one question, one answer',
  duration: '100s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '5/s' }, calls: 'server' },
    server: { kind: 'service', workers: 4, work: { exponential: '50ms' } },
  },
  links: [{ from: 'client', to: 'server', delay: '5ms' }],
};
const LOSSY = [{ from: 'client', to: 'server', delay: '5ms', loss: 0.1 }];

const byQueue = (queue: object, consumer: string): Parameters<typeof auditOf>[0] => ({
  ...ASK_ONCE,
  components: {
    client: { kind: 'client', arrivals: { poisson: '5/s' }, handler: 'client.ts' },
    orders: { kind: 'queue', ...queue },
    worker: { kind: 'service', workers: 1, handler: 'worker.ts' },
  },
  links: [
    { from: 'client', to: 'orders', delay: '1ms' },
    { from: 'orders', to: 'worker', delay: '1ms' },
  ],
  files: {
    'client.ts': `export async function onTick(ctx: Ctx) { await ctx.send('orders', 1).accepted }`,
    'worker.ts': consumer,
  },
});

describe('the functional audit', () => {
  test('finds nothing wrong where nothing is', () => {
    const report = auditOf(ASK_ONCE, ['functional']);
    expect(report.findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')).toEqual([]);
  });

  test('counts what a lossy link loses, and names the first on a seed that shows it', () => {
    const report = auditOf({ ...ASK_ONCE, links: LOSSY }, ['functional']);
    const lost = findingOf(report, 'functional.lost')!;
    const lanes = [1, 2].map((seed) => runFile({ ...ASK_ONCE, links: LOSSY, seed }));
    const failures = lanes.map(({ summary }) => summary.requests.failures['lost'] ?? 0);
    expect(lost.verdict).toBe('fail');
    expect(lost.params['count']).toBe(failures[0]! + failures[1]!);
    // One in ten either way: 19 % of about a thousand.
    expect(Number(lost.params['count']) / Number(lost.params['requests'])).toBeCloseTo(0.19, 1);
    const shown = runFile(shownBy({ ...ASK_ONCE, links: LOSSY }, report, lost.evidence!, 'changed'));
    expect(shown.summary.seed).toBe(lost.evidence!.seed);
    expect(
      shown.requests.some(({ request, outcome }) => request.some((id, at) => id === lost.evidence!.request && outcome[at] === 2)),
    ).toBe(true);
  });

  test('retries save what is lost, and handle again what had arrived', () => {
    const retrying = {
      ...ASK_ONCE,
      links: LOSSY,
      components: { ...ASK_ONCE.components, client: { ...ASK_ONCE.components.client, policies: ['slow', 'again'] } },
      policies: { again: { kind: 'retry', attempts: 10, backoff: 'none' }, slow: { kind: 'timeout', after: '2s' } },
    };
    const report = auditOf(retrying, ['functional']);
    expect(findingOf(report, 'functional.lost.pass')?.verdict).toBe('pass');
    const again = findingOf(report, 'functional.again')!;
    // The request arrives (0.9) and its reply is lost (0.1): nine in a hundred attempts, of which there are 1 / 0.81 for each request.
    expect(Number(again.params['count']) / Number(again.params['requests'])).toBeCloseTo(0.09 / 0.81, 1);
  });

  test('what a link doubles is handled twice', () => {
    const links = [{ from: 'client', to: 'server', delay: '5ms', duplicate: 0.2, back: { duplicate: 0 } }];
    const again = findingOf(auditOf({ ...ASK_ONCE, links }, ['functional']), 'functional.again')!;
    expect(Number(again.params['count']) / Number(again.params['requests'])).toBeCloseTo(0.2, 1);
  });

  test('a message given back is not handled twice; one that is acknowledged too late is', () => {
    const once = `const seen = {}\nexport async function onMessage(message: Message, ctx: Ctx) { await ctx.work('5ms'); if (ctx.random() < 0.3) ctx.nack() }`;
    expect(findingOf(auditOf(byQueue({}, once), ['functional']), 'functional.again.pass')?.verdict).toBe('pass');
    const slow = `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work(exponential('50ms')) }`;
    const report = auditOf(byQueue({ ackTimeout: '100ms' }, slow), ['functional']);
    expect(findingOf(report, 'functional.again')?.verdict).toBe('warn');
  });

  test('a queue that is too small throws messages away, or lets them lie in another queue', () => {
    const slow = `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work('400ms') }`;
    const small = auditOf(byQueue({ capacity: 5, overflow: 'drop-oldest' }, slow), ['functional']);
    expect(findingOf(small, 'functional.thrownAway')?.verdict).toBe('fail');
    expect(findingOf(small, 'functional.deadLettered.none')?.verdict).toBe('notApplicable');
  });

  test('what is never answered is said', () => {
    const late = auditOf({ ...ASK_ONCE, deadline: '60ms' }, ['functional']);
    expect(findingOf(late, 'functional.late')?.verdict).toBe('fail');
    const silent = { ...ASK_ONCE.components, client: { kind: 'client', arrivals: { list: ['0s'] }, calls: 'server' } };
    const stuck = auditOf({ ...ASK_ONCE, components: { ...silent, server: { kind: 'service', work: '200s' } } }, ['functional']);
    expect(findingOf(stuck, 'functional.overdue')?.params).toMatchObject({ count: 2, requests: 2 });
  });
});

describe('an audit', () => {
  test('is the same however the work is sliced', () => {
    const file = { ...ASK_ONCE, links: LOSSY, duration: '3000s' };
    expect(auditOf(file, ['functional'], { sliceEvents: 777 })).toEqual(auditOf(file, ['functional'], { sliceEvents: 100_000 }));
  });

  test('shortens a long scenario and says so', () => {
    const report = auditOf({ ...ASK_ONCE, duration: '100000s', warmup: '90000s' }, ['functional'], { seeds: [1] });
    expect(report.wholeMicros).toBe(100_000e6);
    expect(report.durationMicros).toBeLessThan(20_000e6);
    expect(JSON.parse(report.shortening)).toHaveProperty('warmup');
  });

  test('tells how far it is, and gives the problems of a scenario that cannot run', () => {
    const steps: number[] = [];
    auditOf(ASK_ONCE, ['functional'], { onProgress: ({ done, total }) => steps.push(done / total) });
    expect(steps).toEqual([0.5, 1]);
    const bad = stepsOf({ ...ASK_ONCE, duration: 'long' }, ['functional']).next();
    expect(bad).toMatchObject({ done: true, value: { ok: false, problems: [{ path: 'duration' }] } });
  });

  test('looks at the variant that is asked for', () => {
    const file = { ...ASK_ONCE, variants: { lossy: { links: LOSSY } } };
    expect(findingOf(auditOf(file, ['functional'], { variant: 'lossy' }), 'functional.lost')?.verdict).toBe('fail');
    expect(findingOf(auditOf(file, ['functional']), 'functional.lost.pass')?.verdict).toBe('pass');
  });
});
