import { describe, expect, test } from 'vitest';
import type { AuditReport, Finding } from '../../../src/model/audit';
import { shownBy } from '../../../src/model/audited';
import { runFile } from '../../world/run-file';
import { auditOf, stepsOf } from './audit-of';

const byQueue = (queue: object): Parameters<typeof auditOf>[0] => ({
  version: 1,
  title: 'orders',
  duration: '100s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '5/s' }, handler: 'client.ts' },
    orders: { kind: 'queue', ...queue },
    worker: { kind: 'service', handler: 'worker.ts' },
  },
  links: [
    { from: 'client', to: 'orders', delay: '1ms' },
    { from: 'orders', to: 'worker', delay: '1ms' },
  ],
  files: {
    'client.ts': `export async function onTick(ctx: Ctx) { await ctx.send('orders', 1).accepted }`,
    'worker.ts': `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work(exponential('150ms')) }`,
  },
});
const of = ({ findings }: AuditReport, fault: string, target: string): Finding =>
  findings.find(({ params }) => params['fault'] === fault && params['target'] === target)!;

describe('the audit of faults', () => {
  test('a crash of the broker takes what is not durable', () => {
    const kept = of(auditOf(byQueue({}), ['faults']), 'crash', 'orders');
    const report = auditOf(byQueue({ durable: false }), ['faults']);
    const gone = of(report, 'crash', 'orders');
    expect(kept.params).toMatchObject({ lost: 0, unanswered: 0 });
    expect(Number(gone.params['lost']) + Number(gone.params['unanswered'])).toBeGreaterThan(0);
    expect(gone.verdict).toBe('fail');
    const shown = runFile(shownBy(byQueue({ durable: false }), report, gone.evidence!, 'changed'), { variant: 'changed' });
    expect(shown.summary.components['orders']).toMatchObject({ kind: 'queue' });
    expect(shown.summary.digest).not.toBe(runFile(byQueue({ durable: false }), { seed: 1 }).summary.digest);
  });

  test('a pause loses nothing, and is made good after as long as the backlog takes', () => {
    const file = {
      version: 1,
      duration: '100s',
      components: {
        client: { kind: 'client', arrivals: { constant: '5/s' }, calls: 'server' },
        server: { kind: 'service', work: '150ms' },
      },
      links: [{ from: 'client', to: 'server' }],
    };
    const pause = of(auditOf(file, ['faults']), 'pause', 'server');
    expect(pause.params).toMatchObject({ lost: 0, unanswered: 0, failed: 0, lastsMs: 10_000 });
    // Fifty wait after ten seconds; 1 / 0.15 s − 5 / s of them are made good each second: thirty seconds.
    expect(Number(pause.params['recoveryMs']) / 30_000).toBeCloseTo(1, 1);
  });

  test('a partition without retries loses all that is sent meanwhile', () => {
    const file = {
      version: 1,
      duration: '100s',
      components: {
        client: { kind: 'client', arrivals: { constant: '10/s' }, calls: 'server' },
        server: { kind: 'service', work: '1ms' },
      },
      links: [{ from: 'client', to: 'server', delay: '1ms' }],
    };
    const cut = of(auditOf(file, ['faults']), 'partition', 'client – server');
    expect(cut.params).toMatchObject({ lost: 100, whileShare: 0, baseShare: 1, recoveryMs: 0 });
  });

  test('says what it did not try because nothing comes by there', () => {
    const file = byQueue({});
    const idle = { ...file, components: { ...(file['components'] as object), spare: { kind: 'service', work: '1ms' } } };
    const report = auditOf(idle, ['faults']);
    expect(of(report, 'crash', 'spare')).toMatchObject({ verdict: 'notApplicable', key: 'audit.faults.unused' });
  });
});

test('all four audits are the same however they are sliced, and can be left at any slice', () => {
  const file = { ...byQueue({ durable: false }), duration: '20s' };
  const all = ['functional', 'performance', 'faults', 'security'] as const;
  expect(auditOf(file, all, { seeds: [3], sliceEvents: 501 })).toEqual(auditOf(file, all, { seeds: [3] }));
  const steps = stepsOf(file, all, { sliceEvents: 10 });
  for (let slice = 0; slice < 100; slice++) expect(steps.next().done).toBe(false);
});
