/** Whatever an attacker does: TLS lets nothing in that is not its ends' own, a signature nothing that was changed; on plain links all of it gets in. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttackActName } from '../../src/model/attackers/attacker';
import type { AttackerSummary } from '../../src/model/summary';
import { merge } from '../model/example-files';
import { logOf, rowsOf, runFile } from '../world/run-file';
import { coded } from '../world/scenarios';
import { anyScenario } from './any-scenario';

const share = fc.double({ min: 0.05, max: 1, noNaN: true });
const attacks = fc.record({
  seed: fc.nat(1_000),
  tamper: fc.record({ probability: share, body: fc.record({ amount: fc.integer({ min: 1, max: 9 }) }) }),
  forge: fc.record({ rate: fc.integer({ min: 1, max: 20 }).map((rate) => `${rate}/s`), body: fc.constant({ amount: 7 }) }),
  replay: fc.record({
    probability: share,
    after: fc.integer({ min: 0, max: 3_000 }).map((ms) => `${ms}ms`),
    times: fc.integer({ min: 1, max: 3 }),
  }),
  delay: fc.integer({ min: 0, max: 200 }).map((ms) => `${ms}ms`),
  link: fc.constantFrom({}, { transport: 'tcp' }, { protocol: 'http1' }, { protocol: 'http2' }),
  at: fc.integer({ min: 0, max: 5 }).map((seconds) => `${seconds}s`),
});
type Attacks = typeof attacks extends fc.Arbitrary<infer Drawn> ? Drawn : never;

const SECRET = { secrets: { orders: 'known to both' } };
const CLIENT = `const order = { amount: 100, nonce: ctx.crypto.nonce() }
  await ctx.call('server', { ...order, signature: ctx.crypto.hmac(ctx.secrets.orders, order) })`;
const TRUSTING = `ctx.log(request.body.amount)`;
const VERIFYING = `const { signature, ...order } = request.body
  if (!ctx.crypto.verify(ctx.secrets.orders, order, signature)) ctx.fail('UNAUTHENTICATED')
  ctx.log(order.amount)`;
const REMEMBERING = `${VERIFYING}; if (ctx.state[order.nonce]) { ctx.fail('ALREADY_EXISTS') }; ctx.state[order.nonce] = true`;

function run({ seed, link, delay, at, ...acts }: Attacks, onRequest: string, tls: 'none' | 'tls' | 'mtls' = 'none') {
  const file = merge(coded(CLIENT, onRequest), {
    components: { client: { arrivals: { list: null, poisson: '5/s' }, ...SECRET }, server: { workers: 5, ...SECRET } },
    links: [{ from: 'client', to: 'server', delay, ...link, ...(tls !== 'none' && { tls }) }],
    attackers: { mallory: { from: 'client', to: 'server', at, ...acts } },
  });
  const lane = runFile(file, { seed });
  expect(lane.summary.violations).toEqual([]);
  const attacker: AttackerSummary = lane.summary.attackers[0]!;
  const accepted = (act: AttackActName): number => attacker.acts[act].accepted;
  for (const { tried, ...ends } of Object.values(attacker.acts)) expect(ends.accepted + ends.refused).toBeLessThanOrEqual(tried);
  return { lane, attacker, accepted, amounts: new Set(logOf(lane)) };
}

it('with TLS nothing that an attacker slips in, changes or sends again is ever accepted', () => {
  fc.assert(
    fc.property(attacks, fc.constantFrom('tls' as const, 'mtls' as const), (drawn, tls) => {
      const { attacker, accepted, amounts } = run(drawn, TRUSTING, tls);
      expect([accepted('tamper'), accepted('forge'), accepted('replay'), attacker.read]).toEqual([0, 0, 0, 0]);
      expect([...amounts]).toEqual(amounts.size === 0 ? [] : ['100']);
    }),
    { numRuns: 25 },
  );
});

it('with a signature nothing changed or made up is ever accepted, and with a nonce that is remembered nothing twice', () => {
  fc.assert(
    fc.property(attacks, (drawn) => {
      const signed = run(drawn, VERIFYING);
      expect([signed.accepted('tamper'), signed.accepted('forge'), [...signed.amounts]]).toEqual([0, 0, ['100']]);
      const whole = { ...drawn, tamper: { ...drawn.tamper, probability: 0 } };
      expect(run(whole, REMEMBERING).accepted('replay')).toBe(0);
    }),
    { numRuns: 25 },
  );
});

it('on a plain link all of it is, and the client hears of nothing', () => {
  fc.assert(
    fc.property(attacks, (drawn) => {
      const { lane, attacker, accepted } = run(drawn, TRUSTING);
      for (const act of ['tamper', 'forge', 'replay'] as const) {
        const { tried, refused } = attacker.acts[act];
        expect(refused).toBe(0);
        // What is still on its way at the end is not judged yet.
        expect(tried - accepted(act)).toBeLessThanOrEqual(30);
        expect(accepted(act) > 0 || tried < 10).toBe(true);
      }
      expect(rowsOf(lane).every(({ outcome }) => outcome === 'ok' || outcome === 'inFlight')).toBe(true);
    }),
    { numRuns: 25 },
  );
});

const acts = fc.record({
  tamper: fc.option(fc.record({ probability: share, body: fc.constantFrom<unknown>(7, null, { n: 1 }, []) }), { nil: undefined }),
  replay: fc.option(fc.record({ probability: share, after: fc.constantFrom('0ms', '5ms'), times: fc.constantFrom(1, 3) }), {
    nil: undefined,
  }),
  forge: fc.option(fc.record({ rate: fc.constant('100/s'), as: fc.constantFrom('client0', 'service', 'nobody'), body: fc.constant(1) }), {
    nil: undefined,
  }),
  flood: fc.option(fc.constant({ rate: '200/s' }), { nil: undefined }),
});
const attackers = fc.array(fc.record({ link: fc.nat(20), acts, turned: fc.boolean(), tls: fc.constantFrom('none', 'tls', 'mtls') }), {
  minLength: 1,
  maxLength: 3,
});

it('on any links of any small scenario, they break no invariant, and the same run comes again', { timeout: 200_000 }, () => {
  let attacked = 0;
  fc.assert(
    fc.property(anyScenario, attackers, (drawn, given) => {
      const file = structuredClone(drawn) as { links: { from: string; to: string; tls?: string }[]; attackers: Record<string, unknown> };
      file.attackers = {};
      for (const [index, attacker] of given.entries()) {
        const link = file.links[attacker.link % file.links.length]!;
        if (attacker.tls !== 'none') link.tls = attacker.tls;
        const isTurned = attacker.turned && !link.from.startsWith('client');
        const [from, to] = isTurned ? [link.to, link.from] : [link.from, link.to];
        const { tamper, ...sends } = attacker.acts;
        file.attackers[`mallory${index}`] = JSON.parse(JSON.stringify({ from, to, tamper, ...(to.startsWith('client') ? {} : sends) }));
      }
      const { summary } = runFile(file, { maxEvents: 20_000 });
      expect(summary.violations).toEqual([]);
      expect(runFile(file, { maxEvents: 20_000, keepTrace: false }).summary).toEqual(summary);
      attacked += summary.attackers.reduce((sum, attacker) => sum + attacker.acts.tamper.tried + attacker.acts.forge.tried, 0);
    }),
    { numRuns: 80 },
  );
  expect(attacked).toBeGreaterThan(1_000);
});
