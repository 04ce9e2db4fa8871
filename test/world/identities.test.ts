/** Who calls: names that are claimed or proved, services that let in only some, secrets and signatures in the hands of handlers. */
import { describe, expect, it } from 'vitest';
import { merge } from '../model/example-files';
import { logOf, rowsOf, runFile } from './run-file';
import { CALLED, coded } from './scenarios';

const server = (patch: Record<string, unknown>, link: Record<string, unknown> = {}) =>
  merge(CALLED, { components: { server: patch }, links: [{ from: 'client', to: 'server', delay: '20ms', ...link }] });

describe('a service that lets in only some', () => {
  it('takes the requests of those it names', () => {
    expect(rowsOf(runFile(server({ allow: ['client'] })))).toMatchObject([{ outcome: 'ok', ts: 100 }]);
  });

  it('refuses the others at once, without a worker: PERMISSION_DENIED', () => {
    const lane = runFile(server({ allow: [] }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'PERMISSION_DENIED', tr: 20, td: 0, ts: 0, tp: 20 }]);
    expect(lane.summary.components['server']).toMatchObject({ arrivals: 1, refused: 1, completions: 0 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('tells the code that called', () => {
    const file = merge(coded(`try { await ctx.call('server') } catch (error) { ctx.log(error.status, error.code) }`), {
      components: { server: { allow: [] } },
    });
    expect(logOf(runFile(file))).toEqual(['PERMISSION_DENIED 7']);
  });

  it('takes what comes through a balancer in the name of its caller', () => {
    const behind = merge(CALLED, {
      components: { client: { calls: 'lb' }, lb: { kind: 'balancer' }, server: { allow: ['client'] } },
      links: [
        { from: 'client', to: 'lb' },
        { from: 'lb', to: 'server' },
      ],
    });
    expect(rowsOf(runFile(behind))).toMatchObject([{ outcome: 'ok' }]);
  });
});

describe('a service that wants proof', () => {
  it('gets it from mutual TLS', () => {
    const lane = runFile(server({ identity: 'proved', allow: ['client'] }, { tls: 'mtls' }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok' }]);
  });

  it('does not know who asks without it: UNAUTHENTICATED', () => {
    const both = merge(server({ identity: 'proved' }), {
      components: { other: { kind: 'client', arrivals: { list: ['2s'] }, calls: 'server' } },
      links: [
        { from: 'client', to: 'server', tls: 'tls' },
        { from: 'other', to: 'server', tls: 'mtls' },
      ],
    });
    expect(rowsOf(runFile(both))).toMatchObject([{ outcome: 'UNAUTHENTICATED' }, { outcome: 'ok' }]);
  });

  it('may know who asks and still refuse', () => {
    expect(rowsOf(runFile(server({ identity: 'proved', allow: [] }, { tls: 'mtls' })))).toMatchObject([{ outcome: 'PERMISSION_DENIED' }]);
  });
});

it.each([
  ['none', 'client null'],
  ['tls', 'client null'],
  ['mtls', 'client client'],
])('with tls %s a handler sees who asks: %s', (tls, seen) => {
  const file = merge(coded(`await ctx.call('server')`, `ctx.log(request.from, request.identity)`), {
    links: [{ from: 'client', to: 'server', tls }],
  });
  expect(logOf(runFile(file))).toEqual([seen]);
});

describe('ctx.crypto and ctx.secrets', () => {
  const shared = { components: { client: { secrets: { orders: 'k' } }, server: { secrets: { orders: 'k' } } } };
  const sign = `const order = { amount: 100 }; const nonce = ctx.crypto.nonce()
    try { await ctx.call('server', { order, nonce, signature: ctx.crypto.hmac(ctx.secrets.orders, { order, nonce }) }) } catch (error) { ctx.log(error.status) }`;
  const check = `const { order, nonce, signature } = request.body
    if (!ctx.crypto.verify(ctx.secrets.orders, { nonce, order }, signature)) ctx.fail('UNAUTHENTICATED')
    ctx.log(nonce.length, order.amount)`;

  it('let a service verify what its caller has signed', () => {
    expect(logOf(runFile(merge(coded(sign, check), shared)))).toEqual(['32 100']);
  });

  it('fail when the two know different secrets', () => {
    const file = merge(merge(coded(sign, check), shared), { components: { server: { secrets: { orders: 'other' } } } });
    expect(logOf(runFile(file))).toEqual(['UNAUTHENTICATED']);
  });

  it('give nonces that differ, and are the same with the same seed', () => {
    const file = coded(`ctx.log(ctx.crypto.nonce()); ctx.log(ctx.crypto.nonce())`);
    const [one, other] = logOf(runFile(file, { seed: 1 }));
    expect(one).not.toBe(other);
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    expect(logOf(runFile(file, { seed: 1 }))).toEqual([one, other]);
    expect(logOf(runFile(file, { seed: 2 }))).not.toContain(one);
  });

  it('tell of a secret that nobody has written down', () => {
    const lane = runFile(coded(`ctx.crypto.hmac(ctx.secrets.orders, 1)`));
    expect(lane.handlerProblems).toMatchObject([{ key: 'problem.cryptoKey', file: 'client.ts', line: 1 }]);
  });

  it('cannot be changed', () => {
    const lane = runFile(merge(coded(`try { ctx.secrets.orders = 'mine' } catch (error) { ctx.log(ctx.secrets.orders) }`), shared));
    expect(logOf(lane)).toEqual(['k']);
  });

  it('end a run that hashes for ever', () => {
    const lane = runFile(coded(`const text = 'x'.repeat(100_000); for (let i = 0; i < 100; i++) ctx.crypto.sha256(text)`));
    expect(lane.stopped).toMatchObject({ key: 'problem.stepLimit', file: 'client.ts' });
  });
});
