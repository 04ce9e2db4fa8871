/** What the frames of a trace say of windows and streams is what the ends of the connections knew, at every instant. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frameFlights, framesUnderWay } from '../../src/metrics/frame-flights';
import { SceneReader } from '../../src/metrics/scene';
import type { ConnectionState } from '../../src/model/connection-state';
import { RecordKind } from '../../src/model/trace';
import { Http2Connection } from '../../src/world/http/http2-connection';
import type { Http2Endpoint } from '../../src/world/http/http2-endpoint';
import type { TcpConnection } from '../../src/world/transport/tcp-connection';
import { framesOf, wired } from '../world/http/wire-scenario';
import { recordsOf, runFile } from '../world/run-file';
import { expectKnownWhereKept, observed } from './observed-connections';

/** What both ends of a connection know: what they may send on it, and on each stream that is open for the client. */
interface Known {
  readonly name: string;
  readonly windows: readonly [number, number];
  /** By number; an end that has no such stream, any more or yet, knows nothing. */
  readonly streams: ReadonlyMap<number, readonly [string, string | undefined]>;
}

const CLIENT_CODE = `
  const size = () => 'x'.repeat(Math.floor(ctx.random() * 9_000))
  const ask = async () => { try { await ctx.call('server', size(), { timeout: '180ms' }) } catch {} }
  await Promise.all([ask(), ask(), ask()])`;
const STREAMING_CODE = `
  const call = ctx.stream('server')
  const reading = (async () => { for await (const part of call) await ctx.work('4ms') })()
  for (let n = 0; n < 5; n++) await call.write('x'.repeat(Math.floor(ctx.random() * 3_000)))
  call.end()
  await reading`;

const scenario = fc
  .record({
    http2: fc.record({
      maxConcurrentStreams: fc.constantFrom(1, 2, 100),
      initialWindowSize: fc.constantFrom('700B', '4kB', '65535B', '200kB'),
      connectionWindowSize: fc.constantFrom('65535B', '100kB'),
      windowUpdateAt: fc.constantFrom(0, 0.5, 1),
      maxRequests: fc.constantFrom(2, 5, 1_000),
    }),
    isGrpc: fc.boolean(),
    streams: fc.boolean(),
    isBoth: fc.boolean(),
    bandwidth: fc.constantFrom(undefined, '2Mbit/s'),
    loss: fc.constantFrom(0, 0, 0.05),
    tls: fc.constantFrom('none', 'tls'),
    seed: fc.integer({ min: 0, max: 1_000 }),
  })
  .map(({ http2, isGrpc, streams, isBoth, bandwidth, loss, tls, seed }) => ({
    version: 1,
    seed,
    duration: '2s',
    components: {
      client: { kind: 'client', arrivals: { bursts: { size: 4, every: '600ms' } }, handler: 'client.ts' },
      server: { kind: 'service', workers: 8, handler: 'server.ts' },
      ...(isBoth && {
        peer: { kind: 'client', arrivals: { poisson: '10/s' }, calls: 'other' },
        other: { kind: 'service', handler: 'other.ts' },
      }),
    },
    links: [
      {
        from: 'client',
        to: 'server',
        delay: '15ms',
        loss,
        tls,
        protocol: isGrpc ? { grpc: http2 } : { http2 },
        ...(bandwidth && { bandwidth }),
      },
      // Both ends of this link ask the other: each opens a connection of its own.
      ...(isBoth
        ? [
            { from: 'other', to: 'server', delay: '9ms', protocol: { http2 } },
            { from: 'peer', to: 'other', delay: '1ms' },
          ]
        : []),
    ],
    files: {
      'client.ts': `export async function onTick(ctx: Ctx) { ${isGrpc && streams ? STREAMING_CODE : CLIENT_CODE} }`,
      'server.ts': `export async function onRequest(request: Request, ctx: Ctx) { ${isBoth ? `if (ctx.random() < 0.3) await ctx.call('other', 'y'.repeat(2_000));` : ''} await ctx.work('20ms'); return 'x'.repeat(Math.floor(ctx.random() * 30_000)) }
        ${isGrpc ? 'export ' : ''}async function* onStream(requests: Requests, ctx: Ctx) { for await (const part of requests) { await ctx.work('2ms'); yield 'y'.repeat(2_500) } }`,
      'other.ts': `export async function onRequest(request: Request, ctx: Ctx) { if (ctx.random() < 0.5 && request.body === undefined) await ctx.call('server', 'z'.repeat(3_000)); return 'x'.repeat(9_000) }`,
    },
  }));

function ofEnds(connection: Http2Connection, tcp: TcpConnection): Known {
  const [client, server] = [connection['client'], connection['server']];
  const stream = (endpoint: Http2Endpoint, id: number): string | undefined => {
    const open = endpoint['streams'].get(id);
    return open && told(open.sendWindow, open['isBlocked']);
  };
  return {
    name: `${tcp.client.wire.way.place}/${tcp.number}`,
    windows: [client.sendWindow, server.sendWindow],
    streams: new Map([...client['streams'].keys()].map((id) => [id, [stream(client, id)!, stream(server, id)]])),
  };
}

const told = (windowBytes: number, isBlocked: boolean): string => `${windowBytes}${isBlocked ? ' blocked' : ''}`;

/** `isNarrow`: a SYN and an RST_STREAM may wait for the wire, and the trace sees them when they go. */
function expectSame(state: ConnectionState | undefined, { windows, streams }: Known, isNarrow: boolean): void {
  if (!state) {
    expect({ isNarrow, windows, streams: streams.size }).toEqual({ isNarrow: true, windows: [65_535, 65_535], streams: 0 });
    return;
  }
  expect(state.ends.map(({ windowBytes }) => windowBytes)).toEqual(windows);
  const open = new Map(state.streams.filter(({ ends }) => !ends[0].isClosed).map(({ stream, ends }) => [stream, ends]));
  if (!isNarrow) expect([...open.keys()]).toEqual([...streams.keys()]);
  for (const [id, [there, back]] of streams) {
    const [client, server] = open.get(id)!.map(({ windowBytes, blockedBy }) => told(windowBytes, blockedBy !== null));
    expect(client).toBe(there);
    if (back !== undefined) expect(server).toBe(back);
  }
}

it('windows and streams are those of the ends, at every instant', { timeout: 60_000 }, () => {
  let compared = 0;
  let blocked = 0;
  let closed = 0;
  fc.assert(
    fc.property(scenario, (file) => {
      const { lane, known } = observed(file, Http2Connection, (tcp) => ofEnds(tcp['layer'] as Http2Connection, tcp));
      expect(lane.summary.violations).toEqual([]);
      const reader = new SceneReader(lane);
      for (const [timeMicros, connections] of known) {
        const states = reader.at(timeMicros).places.flatMap((place) => place.connections);
        for (const one of connections) {
          const state = states.find(({ place, number }) => `${place}/${number}` === one.name);
          expectSame(state, one, 'bandwidth' in file.links[0]!);
        }
        expect(states.length).toBeLessThanOrEqual(connections.length);
        compared += connections.length;
      }
      blocked += recordsOf(lane, RecordKind.windowBlocked).length;
      closed += recordsOf(lane, RecordKind.connectionClosed).length;
    }),
    { numRuns: 25, seed: 20_261_123 },
  );
  expect(compared).toBeGreaterThan(4_000);
  expect(blocked).toBeGreaterThan(40);
  expect(closed).toBeGreaterThan(5);
});

it('what was dropped of a trace is known where the kept part begins', { timeout: 60_000 }, () => expectKnownWhereKept(scenario, 30));

it('finds for every frame on its way when it comes', () => {
  const lane = runFile(wired({ at: ['1s', '1s', '1.1s'], link: { protocol: 'http2', bandwidth: '2Mbit/s' }, replySize: '40kB' }));
  const reader = new SceneReader(lane);
  const frames = framesOf(lane).filter(({ name }) => !name.startsWith('syn'));
  let seen = 0;
  for (let timeMicros = 1_000_000; timeMicros < 2_000_000; timeMicros += 7_001) {
    const sent = frames.filter((frame) => frame.kind === 'sent' && frame.timeMicros <= timeMicros);
    const received = frames.filter((frame) => frame.kind === 'received');
    const expected = (['forth', 'back'] as const).flatMap((way) => {
      const [out, into] = [sent.filter((frame) => frame.way === way), received.filter((frame) => frame.way === way)];
      return out.flatMap((frame, at) =>
        into[at]!.timeMicros > timeMicros ? [`${frame.type} ${frame.timeMicros} ${into[at]!.timeMicros}`] : [],
      );
    });
    const scene = reader.at(timeMicros);
    const told = frameFlights(reader, scene).map(({ type, sinceMicros, arrivesMicros }) => `${type} ${sinceMicros} ${arrivesMicros}`);
    expect(told.sort()).toEqual(expected.sort());
    expect(framesUnderWay(scene)).toBe(expected.length);
    seen += expected.length;
  }
  expect(seen).toBeGreaterThan(100);
});
