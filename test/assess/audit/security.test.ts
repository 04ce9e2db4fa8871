import { describe, expect, test } from 'vitest';
import { auditOf, findingOf } from './audit-of';

const shop = (link: object, server: object = { work: '5ms' }): Parameters<typeof auditOf>[0] => ({
  version: 1,
  title: 'orders',
  duration: '30s',
  components: {
    client: { kind: 'client', arrivals: { poisson: '10/s' }, handler: 'client.ts' },
    shop: { kind: 'service', workers: 4, ...server },
  },
  links: [{ from: 'client', to: 'shop', delay: '5ms', ...link }],
  files: {
    'client.ts': `export async function onTick(ctx: Ctx) { await ctx.call('shop', { amount: 1 }) }`,
    'wary.ts': `export async function onRequest(request: Request, ctx: Ctx) { if (request.body.amount !== 1 || request.body.tampered) ctx.fail('INVALID_ARGUMENT', 'no'); await ctx.work('5ms') }`,
  },
});

describe('the audit of security', () => {
  test('finds that a plain link is open to everybody', () => {
    const report = auditOf(shop({}), ['security']);
    for (const act of ['tamper', 'forge', 'replay']) expect(findingOf(report, `security.${act}`)?.verdict).toBe('fail');
    const heard = findingOf(report, 'security.eavesdrop');
    expect(heard?.verdict).toBe('warn');
    expect(heard?.params['read']).toBe(heard?.params['overheard']);
  });

  test('finds that mutual TLS keeps them out', () => {
    const report = auditOf(shop({ protocol: 'http1', tls: 'mtls' }), ['security']);
    for (const act of ['tamper', 'forge', 'replay']) expect(findingOf(report, `security.${act}.pass`)?.verdict).toBe('pass');
    expect(findingOf(report, 'security.eavesdrop.pass')?.params['read']).toBe(0);
  });

  test('a service that looks at what it gets refuses what is changed, and takes what is sent again', () => {
    const report = auditOf(shop({}, { handler: 'wary.ts' }), ['security']);
    expect(findingOf(report, 'security.tamper.pass')?.params).toMatchObject({ accepted: 0, from: 'client', to: 'shop' });
    expect(findingOf(report, 'security.forge.pass')).toBeDefined();
    expect(findingOf(report, 'security.replay')?.verdict).toBe('fail');
  });

  test('a flood is felt where the server has nothing to spare', () => {
    const slow = auditOf(shop({}, { workers: 1, work: '50ms', waitingLimit: 5 }), ['security']);
    expect(findingOf(slow, 'security.flood')?.verdict).toBe('fail');
    const fast = auditOf(shop({}), ['security']);
    expect(findingOf(fast, 'security.flood.pass')?.verdict).toBe('pass');
  });
});
