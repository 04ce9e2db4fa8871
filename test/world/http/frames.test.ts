/** The frames of requests, as the trace shows them: which, how long, in which order, by RFC 9113; and what becomes of those in trouble. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../../src/model/trace';
import { HpackEncoder } from '../../../src/world/http/hpack-encoder';
import { requestFields } from '../../../src/world/http/header-fields';
import { merge } from '../../model/example-files';
import { recordsOf, rowsOf, runFile } from '../run-file';
import { coded } from '../scenarios';
import { framesOf, wired, type SeenFrame } from './wire-scenario';

const END_STREAM = 1;
const show = ({ way, name, bytes, stream }: SeenFrame): string => `${way === 'forth' ? '→' : '←'} ${name} ${bytes} #${stream}`;
const sent = (frames: readonly SeenFrame[]): SeenFrame[] => frames.filter(({ kind }) => kind === 'sent');

/** A caller with code over HTTP/2. */
function called(
  onTick: string,
  onRequest: string,
  http2: Record<string, unknown> = {},
  link: Record<string, unknown> = {},
): Record<string, unknown> {
  const server = { workers: 1_000 };
  return merge(coded(onTick, onRequest), {
    components: { server },
    links: [{ from: 'client', to: 'server', delay: '50ms', protocol: { http2 }, ...link }],
  }) as Record<string, unknown>;
}

describe('HTTP/2', () => {
  it('opens a connection and carries a request and its reply in these frames', () => {
    const lane = runFile(wired({ at: ['1s'], link: { protocol: 'http2' }, requestSize: '20kB', replySize: '70kB' }));
    const head = 9 + new HpackEncoder(4_096, true).encode(requestFields('server', false, 20_000)).length;
    const frames = framesOf(lane);
    expect(sent(frames).map(show)).toEqual([
      '→ syn 0 #1',
      '← synAck 0 #1',
      '→ preface 24 #0',
      // ENABLE_PUSH.
      '→ settings 15 #0',
      `→ headers ${head} #1`,
      '→ data 16393 #1',
      '→ data 3625 #1',
      // MAX_CONCURRENT_STREAMS, then the acknowledgement of the client's.
      '← settings 15 #0',
      '← settings 9 #0',
      '→ settings 9 #0',
      // The whole window of stream and connection, and half of it given back as soon as it has come.
      '← headers 30 #1',
      ...['← data 16393 #1', '← data 16393 #1', '← data 16393 #1', '← data 16392 #1'],
      ...['→ windowUpdate 13 #0', '→ windowUpdate 13 #1', '→ windowUpdate 13 #0', '→ windowUpdate 13 #1'],
      '← data 4474 #1',
    ]);
    // Each frame that was sent is received, in the order of its way.
    for (const way of ['forth', 'back']) {
      const [out, into] = ['sent', 'received'].map((kind) => frames.filter((frame) => frame.way === way && frame.kind === kind).map(show));
      expect(into).toEqual(out);
    }
    expect(frames.filter(({ flags, name }) => name === 'data' && (flags & END_STREAM) > 0).map(({ way }) => way)).toEqual([
      'forth',
      'forth',
      'back',
      'back',
    ]);
    // All frames of the stream can be found by their request.
    expect(frames.filter(({ stream, name }) => stream === 1 && !name.startsWith('syn')).every(({ request }) => request === 1)).toBe(true);
  });

  it('needs one octet for each field that it has sent before', () => {
    const headers = sent(framesOf(runFile(wired({ at: ['1s', '2s', '3s'], link: { protocol: 'http2' } })))).filter(
      ({ name }) => name === 'headers',
    );
    const [first, second, third] = headers.filter(({ way }) => way === 'forth').map(({ bytes }) => bytes);
    expect(first).toBeGreaterThan(50);
    // Seven indexed fields, and content-length that is never entered: name, length, "0".
    expect(second).toBe(9 + 7 + 4);
    expect(third).toBe(second);
  });

  it('numbers streams 1, 3, 5', () => {
    const frames = sent(framesOf(runFile(wired({ at: ['1s', '1s', '1s'], link: { protocol: 'http2' } }))));
    expect(frames.filter(({ name, way }) => name === 'headers' && way === 'forth').map(({ stream }) => stream)).toEqual([1, 3, 5]);
  });

  it('sends the frames of several bodies in turn', () => {
    const http2 = { initialWindowSize: '1MB', connectionWindowSize: '1MB' };
    const lane = runFile(wired({ at: ['1s', '1s'], link: { protocol: { http2 }, bandwidth: '10Mbit/s' }, replySize: '64KiB' }));
    // The second request is there some microseconds after the first.
    const data = sent(framesOf(lane)).filter(({ name }) => name === 'data');
    expect(data.map(({ stream }) => stream)).toEqual([1, 1, 3, 1, 3, 1, 3, 3]);
  });

  it('announces what differs from the initial values', () => {
    const http2 = { initialWindowSize: '1MiB', connectionWindowSize: '1MiB', maxFrameSize: '64KiB', headerTableSize: '8KiB' };
    const frames = sent(framesOf(runFile(wired({ at: ['1s'], link: { protocol: { http2 } } }))));
    expect(frames.filter(({ name }) => name === 'settings').map(({ bytes }) => bytes)).toEqual([9 + 4 * 6, 9 + 4 * 6, 9, 9]);
    expect(frames.filter(({ name }) => name === 'windowUpdate').map(({ way }) => way)).toEqual(['forth', 'back']);
  });

  it('cancels the stream of a call that has timed out; the reply that comes nevertheless is cut off', () => {
    const file = called(
      `try { await ctx.call('server', {}, { timeout: '240ms' }) } catch { await ctx.call('server', { again: true }) }`,
      `await ctx.work(request.body.again ? '1ms' : '120ms'); return 'x'.repeat(200_000)`,
    );
    const lane = runFile(file);
    const frames = framesOf(lane);
    expect(
      sent(frames)
        .filter(({ name }) => name === 'resetStream')
        .map(show),
    ).toEqual(['→ resetStream 13 #1']);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok' }]);
    expect(lane.summary.links).toMatchObject([
      { sent: 2, delivered: 2, cancelled: 0 },
      { sent: 2, delivered: 1, cancelled: 1, inFlight: 0 },
    ]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('takes a request back that no stream has carried yet', () => {
    const calls = `const call = () => ctx.call('server', {}, { timeout: '200ms' }); await Promise.allSettled([call(), call()]); await ctx.call('server')`;
    const lane = runFile(called(calls, `await ctx.work('10ms')`, { maxConcurrentStreams: 1 }, { tls: 'tls' }));
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok' }]);
    expect(sent(framesOf(lane)).filter(({ name }) => name === 'resetStream')).toEqual([]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('refuses streams above a limit that the client has not heard of, and the client sends them again', () => {
    const lane = runFile(wired({ at: ['1s', '1s', '1s'], link: { protocol: { http2: { maxConcurrentStreams: 1 } } } }));
    const resets = sent(framesOf(lane)).filter(({ name }) => name === 'resetStream');
    expect(resets.map(({ way, stream }) => [way, stream])).toEqual([
      ['back', 3],
      ['back', 5],
    ]);
    expect(lane.summary).toMatchObject({ requests: { N: 3, Ns: 3 }, components: { server: { arrivals: 3 } }, violations: [] });
    expect(lane.summary.links[0]).toMatchObject({ sent: 5, delivered: 3, cancelled: 2 });
  });

  it('goes to a new connection after GOAWAY, and loses nothing', () => {
    const at = ['1s', '1s', '1s', '1s', '1s', '5s', '5s'];
    const lane = runFile(wired({ at, link: { protocol: { http2: { maxRequests: 2 } } } }));
    const frames = sent(framesOf(lane));
    expect(frames.filter(({ name }) => name === 'goAway').map(({ way }) => way)).toEqual(['back', 'back', 'back']);
    expect(frames.filter(({ name }) => name === 'syn').map(({ stream }) => stream)).toEqual(
      [1, 2, 3, 4].slice(0, frames.filter(({ name }) => name === 'syn').length),
    );
    expect(lane.summary).toMatchObject({ requests: { N: 7, Ns: 7 }, components: { server: { arrivals: 7 } }, violations: [] });
  });

  it('pings while streams are open', () => {
    const long = runFile(wired({ at: ['1s'], work: '5s', link: { protocol: { http2: { keepAlive: '1s' } } } }));
    expect(
      sent(framesOf(long))
        .filter(({ name }) => name === 'ping')
        .map(({ way }) => way),
    ).toEqual(['forth', 'back', 'forth', 'back', 'forth', 'back', 'forth', 'back', 'forth', 'back']);
    expect(long.summary).toMatchObject({ requests: { N: 1, Ns: 1 }, violations: [] });
  });
});

describe('HTTP/1.1', () => {
  it('carries one request at a time on each connection, heads and bodies in plain bytes', () => {
    const lane = runFile(
      wired({ at: ['1s', '1s'], link: { protocol: { http1: { connections: 1 } } }, requestSize: '20kB', replySize: '5B' }),
    );
    const head =
      'POST / HTTP/1.1\r\nhost: server\r\nuser-agent: async-lab\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: 20000\r\n\r\n';
    const reply = 'HTTP/1.1 200 \r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n';
    const exchange = [`→ head ${head.length} #1`, '→ body 16384 #1', '→ body 3616 #1', `← head ${reply.length} #1`, '← body 5 #1'];
    expect(sent(framesOf(lane)).map(show)).toEqual(['→ syn 0 #1', '← synAck 0 #1', ...exchange, ...exchange]);
    expect(recordsOf(lane, RecordKind.heldBack).map(({ value }) => value)).toEqual([1, 2]);
  });

  it('closes the connection of a call that has timed out, for there is no other way to say so', () => {
    const file = merge(
      coded(`try { await ctx.call('server', {}, { timeout: '240ms' }) } catch {} await ctx.call('server')`, `await ctx.work('150ms')`),
      {
        components: { server: { workers: 10 } },
        links: [{ from: 'client', to: 'server', delay: '50ms', protocol: 'http1' }],
      },
    );
    const lane = runFile(file);
    expect(
      sent(framesOf(lane))
        .filter(({ name }) => name === 'syn')
        .map(({ stream }) => stream),
    ).toEqual([1, 2]);
    // 240 ms, then a handshake and a whole call.
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', startedMs: 1_000, endedMs: 1_000 + 240 + 100 + 250 }]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('closes a connection after its last request', () => {
    const lane = runFile(wired({ at: ['1s', '2s', '3s'], link: { protocol: { http1: { maxRequests: 2 } } } }));
    expect(rowsOf(lane).map(({ startedMs, endedMs }) => endedMs - startedMs)).toEqual([250, 150, 250]);
  });
});

describe('a connection that cannot be made', () => {
  it.each(['http1', 'http2'])('fails the requests that wait for it: %s', (protocol) => {
    const file = merge(coded(`try { await ctx.call('server') } catch (error) { ctx.log(error.status); throw error }`), {
      duration: '1000s',
      links: [{ from: 'client', to: 'server', delay: '50ms', protocol, back: { loss: 1 } }],
    });
    const lane = runFile(file);
    expect(lane.log.map(({ text }) => text)).toEqual(['UNAVAILABLE']);
    // The server's answer to the SYN, 50 ms later, is sent again after one second, doubled up to a minute, fifteen times (RFC 6298 §5).
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'UNAVAILABLE', endedMs: 1_050 + 1_000 * (1 + 2 + 4 + 8 + 16 + 32 + 9 * 60) }]);
    expect(lane.summary.violations).toEqual([]);
  });
});
