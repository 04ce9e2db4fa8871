/** Attackers on links: what they hear and do on plain links, what TLS leaves them, and that honest numbers stay honest. */
import { describe, expect, it } from 'vitest';
import type { AttackerSummary } from '../../src/model/summary';
import { merge } from '../model/example-files';
import { logOf, rowsOf, runFile } from './run-file';
import { coded, queued } from './scenarios';

const ONCE = { tried: 0, accepted: 0, refused: 0 };

/** Ten orders over 50 ms there and back; the shop logs what it is asked to do, and by whom. */
function shop(attacker: Record<string, unknown>, link: Record<string, unknown> = {}, onRequest = ''): Record<string, unknown> {
  const file = coded(
    `const order = { id: Math.round(ctx.now), amount: 100 }
    try { ctx.log('got', (await ctx.call('server', order)).amount) } catch (error) { ctx.log(error.status) }`,
    `${onRequest}; ctx.log(request.from, request.body.amount); return { amount: request.body.amount }`,
  );
  return merge(file, {
    components: { client: { arrivals: { list: Array.from({ length: 10 }, (_, second) => `${second}s`) } } },
    links: [{ from: 'client', to: 'server', delay: '50ms', ...link }],
    attackers: { mallory: { from: 'client', to: 'server', ...attacker } },
  }) as Record<string, unknown>;
}

function attack(file: unknown, options = {}): AttackerSummary & { readonly log: readonly string[]; readonly ok: number } {
  const lane = runFile(file, options);
  expect(lane.summary.violations).toEqual([]);
  expect(lane.handlerProblems).toEqual([]);
  return { ...lane.summary.attackers[0]!, log: logOf(lane), ok: rowsOf(lane).filter(({ outcome }) => outcome === 'ok').length };
}

const TAMPER = { tamper: { body: { amount: 1 } } };
const count = (log: readonly string[], text: string) => log.filter((line) => line === text).length;

describe('an attacker who listens', () => {
  it('reads everything on a plain link', () => {
    // {"amount":100,"id":0} and so on.
    expect(attack(shop({}))).toMatchObject({ overheard: 10, read: 10, bytesRead: 21 + 9 * 24 });
    expect(attack(shop({ from: 'server', to: 'client' }))).toMatchObject({ overheard: 10, read: 10, bytesRead: 10 * 14 });
  });

  it.each(['tls', 'mtls'])('sees only that something passes over %s', (tls) => {
    expect(attack(shop({}, { tls }))).toMatchObject({ overheard: 10, read: 0, bytesRead: 0 });
  });

  it('changes nothing for others', () => {
    const lanes = [shop({}), merge(shop({}), { attackers: null })].map((file) => runFile(file));
    expect(rowsOf(lanes[0]!)).toEqual(rowsOf(lanes[1]!));
    expect(lanes[1]!.summary.attackers).toEqual([]);
  });

  it('does so only in their time', () => {
    expect(attack(shop({ at: '2s', for: '3s' }))).toMatchObject({ overheard: 3 });
  });
});

describe('tampering', () => {
  it('changes what a plain link carries, and nobody notices', () => {
    const { log, ok, acts } = attack(shop(TAMPER));
    expect(acts.tamper).toEqual({ tried: 10, accepted: 10, refused: 0 });
    expect([ok, count(log, 'client 1'), count(log, 'client 100')]).toEqual([10, 10, 0]);
  });

  it('reaches replies as well', () => {
    const { log, acts } = attack(shop({ ...TAMPER, from: 'server', to: 'client' }));
    expect(acts.tamper).toEqual({ tried: 10, accepted: 10, refused: 0 });
    expect([count(log, 'client 100'), count(log, 'got 1')]).toEqual([10, 10]);
  });

  it.each([{ transport: 'tcp' }, { protocol: 'http1' }, { protocol: 'http2' }])('needs no more on %s without TLS', (link) => {
    expect(attack(shop(TAMPER, link)).acts.tamper).toEqual({ tried: 10, accepted: 10, refused: 0 });
  });

  it.each([{ protocol: 'http1' }, { protocol: 'http2' }])('ends the connection where TLS protects %s', (link) => {
    const { log, acts, ok } = attack(shop(TAMPER, { ...link, tls: 'tls' }));
    expect(acts.tamper).toEqual({ tried: 10, accepted: 0, refused: 10 });
    expect([ok, count(log, 'UNAVAILABLE'), count(log, 'client 1')]).toEqual([10, 10, 0]);
  });

  it('makes a plain connection under TLS lose what is on it', () => {
    const lane = runFile(shop(TAMPER, { tls: 'tls' }));
    expect(rowsOf(lane).every(({ outcome }) => outcome === 'lost')).toBe(true);
    expect(lane.summary.violations).toEqual([]);
  });
});

describe('forging', () => {
  const FORGE = { forge: { rate: '10/s', body: { amount: 7 } } };

  it('is taken for the real thing on a plain link, and counts for no client', () => {
    const { log, ok, acts } = attack(shop(FORGE));
    expect(acts.forge.accepted).toBe(acts.forge.tried - acts.forge.refused);
    expect(acts.forge.accepted).toBeGreaterThan(50);
    expect(count(log, 'client 7')).toBeGreaterThanOrEqual(acts.forge.accepted);
    expect(ok).toBe(10);
    expect(count(log, 'got 100')).toBe(10);
  });

  it('claims any name, of nobody too', () => {
    const { log } = attack(shop({ forge: { rate: '10/s', as: 'nobody' } }, {}, `ctx.log(request.from, request.identity); return`));
    expect(count(log, 'nobody null')).toBeGreaterThan(50);
  });

  it.each(['tls', 'mtls'])('into a connection under %s ends it', (tls) => {
    const { acts, log } = attack(shop(FORGE, { protocol: 'http2', tls }));
    expect(acts.forge).toEqual({ tried: acts.forge.tried, accepted: 0, refused: acts.forge.tried });
    expect(count(log, 'client 7')).toBe(0);
  });

  it('by a connection of their own gets past TLS, which does not ask who connects, and not past mutual TLS', () => {
    const own = { forge: { ...FORGE.forge, over: 'connection' } };
    const tls = attack(shop(own, { protocol: 'http2', tls: 'tls' }));
    expect(tls.acts.forge.accepted).toBeGreaterThan(50);
    expect(tls.ok).toBe(10);
    const mutual = attack(shop(own, { protocol: 'http2', tls: 'mtls' }));
    expect(mutual.acts.forge).toMatchObject({ accepted: 0, refused: mutual.acts.forge.tried });
    expect(count(mutual.log, 'got 100')).toBe(10);
  });

  it('by a connection of their own proves nothing', () => {
    const both = merge(shop({ forge: { ...FORGE.forge, over: 'connection' } }, { protocol: 'http2', tls: 'tls' }), {
      components: { server: { identity: 'proved' }, other: { kind: 'client', arrivals: { list: [] }, calls: 'server' } },
    });
    const links = [...(both as { links: unknown[] }).links, { from: 'other', to: 'server', tls: 'mtls' }];
    const { acts } = attack(merge(both, { links }));
    expect(acts.forge).toMatchObject({ accepted: 0 });
    expect(acts.forge.refused).toBeGreaterThan(50);
  });

  it('to a queue is delivered as a message of whom it claims', () => {
    const file = merge(queued(`await ctx.send('jobs', { amount: 100 }).accepted`, `ctx.log(message.from, message.body.amount)`), {
      attackers: { mallory: { from: 'client', to: 'jobs', forge: { rate: '1/s', body: { amount: 7 } } } },
    });
    const { log, acts } = attack(file);
    expect(acts.forge.accepted).toBe(count(log, 'client 7'));
    expect(acts.forge.accepted).toBeGreaterThan(20);
  });
});

describe('replaying', () => {
  const REPLAY = { replay: { after: '200ms', times: 2 } };

  it('makes the shop do it again on a plain link, under the name of its caller', () => {
    const { log, acts, ok } = attack(shop(REPLAY));
    expect(acts.replay).toEqual({ tried: 20, accepted: 20, refused: 0 });
    expect([count(log, 'client 100'), ok, count(log, 'got 100')]).toEqual([30, 10, 10]);
  });

  it('is no record of the connection under TLS', () => {
    const { log, acts } = attack(shop(REPLAY, { protocol: 'http2', tls: 'tls' }));
    expect(acts.replay).toEqual({ tried: 20, accepted: 0, refused: 20 });
    expect(count(log, 'client 100')).toBe(10);
  });

  it('of a message with a correlation id is answered once to whoever waits', () => {
    const file = merge(
      queued(
        `const { reply } = ctx.send('jobs', { amount: 1 }, { replyTo: 'replies' }); ctx.log('reply', await reply)`,
        `ctx.log('did'); ctx.reply('done')`,
      ),
      { attackers: { mallory: { from: 'client', to: 'jobs', replay: { after: '1ms', times: 3 } } } },
    );
    const { log, acts } = attack(file);
    expect(acts.replay).toEqual({ tried: 3, accepted: 3, refused: 0 });
    expect([count(log, 'did'), count(log, 'reply done')]).toEqual([4, 1]);
  });

  it('may answer for a message that was lost, and the times of the request still add up', () => {
    const file = merge(
      queued(
        `const { reply } = ctx.send('jobs', { amount: 1 }, { replyTo: 'replies', confirm: false }); ctx.log('reply', await reply)`,
        `ctx.log('did', message.deliveries); if (ctx.now < 2000) throw new Error('late'); ctx.reply('done')`,
        { maxDeliveries: 1 },
      ),
      { deadline: '30s', attackers: { mallory: { from: 'client', to: 'jobs', replay: { after: '5s' } } } },
    );
    const lane = runFile(file);
    expect(lane.summary.violations).toEqual([]);
    expect(logOf(lane)).toEqual(['did 1', 'did 1', 'reply done']);
    // The handler goes on, but what the request has sent itself was never done.
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'deadline', tr: 0, td: 30_000 }]);
  });
});

describe('flooding', () => {
  it('takes the workers from those who ask honestly', () => {
    const work = `await ctx.work('10ms')`;
    const calm = runFile(shop({}, {}, work)).summary;
    const flooded = runFile(shop({ flood: { rate: '95/s', body: { amount: 0 } } }, {}, work)).summary;
    expect(flooded.violations).toEqual([]);
    expect(flooded.requests.T.TdMs!).toBeGreaterThan(calm.requests.T.TdMs! + 5);
    expect(flooded.requests).toMatchObject({ N: 10 });
    const { acts } = flooded.attackers[0]!;
    expect(acts.flood.tried).toBeGreaterThan(900);
    expect(acts.forge).toEqual(ONCE);
  });

  it('does not get in where who asks must be allowed', () => {
    const file = merge(shop({ flood: { rate: '100/s', as: 'bot' } }), { components: { server: { allow: ['client'] } } });
    const { acts, ok } = attack(file);
    expect(acts.flood.accepted).toBe(0);
    expect(ok).toBe(10);
  });
});

it('the same seed gives the same attacks, on both engines', () => {
  const file = shop({ ...TAMPER, replay: { probability: 0.5 }, forge: { rate: '3/s', body: { amount: 1 } }, flood: { rate: '20/s' } });
  const digests = [{}, { engine: 'xstate' as const }].map((options) => runFile(file, options).summary.digest);
  expect(digests[0]).toBe(digests[1]);
  expect(runFile(file, { seed: 2 }).summary.digest).not.toBe(digests[0]);
});
