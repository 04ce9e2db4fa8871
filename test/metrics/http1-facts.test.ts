/** What the records of a trace say of a pool of HTTP/1.1 is what its connections knew, at every instant. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SceneReader } from '../../src/metrics/scene';
import { RecordKind } from '../../src/model/trace';
import { Http1Connection } from '../../src/world/http/http1-connection';
import type { TcpConnection } from '../../src/world/transport/tcp-connection';
import { recordsOf } from '../world/run-file';
import { expectKnownWhereKept, observed } from './observed-connections';

const scenario = fc
  .record({
    connections: fc.constantFrom(1, 2, 6),
    maxRequests: fc.constantFrom(1, 3, 1_000),
    bandwidth: fc.constantFrom(undefined, '2Mbit/s'),
    loss: fc.constantFrom(0, 0, 0.05),
    tls: fc.constantFrom('none', 'tls'),
    timeout: fc.constantFrom('90ms', '400ms'),
    seed: fc.integer({ min: 0, max: 1_000 }),
  })
  .map(({ connections, maxRequests, bandwidth, loss, tls, timeout, seed }) => {
    const protocol = { http1: { connections, maxRequests } };
    return {
      version: 1,
      seed,
      duration: '2s',
      components: {
        client: { kind: 'client', arrivals: { bursts: { size: 4, every: '600ms' } }, handler: 'client.ts' },
        peer: { kind: 'client', arrivals: { poisson: '10/s' }, calls: 'other' },
        server: { kind: 'service', workers: 8, handler: 'server.ts' },
        other: { kind: 'service', workers: 8, handler: 'other.ts' },
      },
      links: [
        { from: 'client', to: 'server', delay: '15ms', loss, tls, protocol, ...(bandwidth && { bandwidth }) },
        // Both ends of this link ask the other: each has a pool of its own, whose connections have the same numbers.
        { from: 'other', to: 'server', delay: '9ms', protocol },
        { from: 'peer', to: 'other', delay: '1ms' },
      ],
      files: {
        'client.ts': `export async function onTick(ctx: Ctx) {
          const ask = async () => { try { await ctx.call('server', 'x'.repeat(3_000), { timeout: '${timeout}' }) } catch {} }
          await Promise.all([ask(), ask(), ask()]) }`,
        'server.ts': `export async function onRequest(request: Request, ctx: Ctx) {
          if (ctx.random() < 0.5) await ctx.call('other', 'y'.repeat(2_000))
          await ctx.work('20ms'); return 'x'.repeat(Math.floor(ctx.random() * 30_000)) }`,
        'other.ts': `export async function onRequest(request: Request, ctx: Ctx) {
          if (request.body === undefined) await ctx.call('server', 'z'.repeat(3_000)); return 'x'.repeat(9_000) }`,
      },
    };
  });

function carried(tcp: TcpConnection): string {
  const { exchange } = tcp['layer'] as Http1Connection;
  return `${tcp.client.wire.way.place}/${tcp.number} ${exchange?.request.hasDeparted === true ? exchange.message.id : 'nothing'}`;
}

it('a connection is taken by the message that its ends say, at every instant', { timeout: 60_000 }, () => {
  let [taken, closed, gone] = [0, 0, 0];
  fc.assert(
    fc.property(scenario, (file) => {
      const { lane, known } = observed(file, Http1Connection, carried);
      expect(lane.summary.violations).toEqual([]);
      const reader = new SceneReader(lane);
      for (const [timeMicros, unsorted] of known) {
        const connections = [...unsorted].sort();
        const states = reader.at(timeMicros).places.flatMap((place) => place.connections);
        const told = states.map(({ place, number, streams }) => `${place}/${number} ${streams[0]?.stream ?? 'nothing'}`).sort();
        // On a narrow link the SYN of a new connection may wait for the wire, and the trace sees it when it goes.
        const isNarrow = 'bandwidth' in file.links[0]!;
        expect(told).toEqual(isNarrow ? connections.filter((one) => told.includes(one) || !one.endsWith(' nothing')) : connections);
        taken += told.filter((one) => !one.endsWith(' nothing')).length;
      }
      closed += recordsOf(lane, RecordKind.connectionClosed).length;
      gone += recordsOf(lane, RecordKind.messageCancelled).length;
    }),
    { numRuns: 20, seed: 20_261_123 },
  );
  expect(taken).toBeGreaterThan(2_000);
  expect(closed).toBeGreaterThan(20);
  expect(gone).toBeGreaterThan(5);
});

it('what was dropped of a trace is known where the kept part begins', { timeout: 60_000 }, () => expectKnownWhereKept(scenario, 15));
