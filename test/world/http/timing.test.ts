/** How long requests take by each carriage, against what the round trips, windows and bandwidths say. */
import { describe, expect, it } from 'vitest';
import { merge } from '../../model/example-files';
import { rowsOf, runFile } from '../run-file';
import { wired, type WireSettings } from './wire-scenario';

function timesMs(settings: WireSettings): number[] {
  const lane = runFile(wired(settings));
  expect(lane.summary.violations).toEqual([]);
  return rowsOf(lane).map(({ startedMs, endedMs }) => endedMs - startedMs);
}

/** Twelve at once, after one that has opened a connection. */
const TWELVE = ['1s', ...Array.from({ length: 12 }, () => '10s')];
const last = (times: readonly number[]): number => Math.max(...times.slice(1));

describe('connections shake hands before the first request', () => {
  const first = (link: WireSettings['link']) => timesMs({ at: ['1s'], link })[0]! - 150;

  it.each([
    ['messages by themselves', { transport: 'message' }, 0],
    ['TCP', { transport: 'tcp' }, 100],
    ['TCP, then TLS 1.3', { transport: 'tcp', tls: 'tls' }, 200],
    ['mutual TLS, no round trip more', { transport: 'tcp', tls: 'mtls' }, 200],
    ['HTTP/1.1', { protocol: 'http1' }, 100],
    ['HTTP/1.1 with TLS', { protocol: 'http1', tls: 'tls' }, 200],
    ['HTTP/2, whose settings cost no round trip', { protocol: 'http2' }, 100],
    ['HTTP/2 with TLS', { protocol: 'http2', tls: 'tls' }, 200],
  ])('%s', (_, link, setUpMs) => {
    expect(first(link)).toBe(setUpMs);
  });

  it('and the certificates of mutual TLS take their time on a narrow link', () => {
    const [one, both] = ['tls', 'mtls'].map((tls) => first({ transport: 'tcp', tls, bandwidth: '100kB/s' }));
    expect(both! - one!).toBeCloseTo((2_800 + 60) / 100, 1);
  });

  it('once: the second request finds the connection open', () => {
    expect(timesMs({ at: ['1s', '2s'], link: { protocol: 'http2', tls: 'tls' } })).toEqual([350, 150]);
  });
});

describe('twelve requests at once, a round trip of 100 ms and 50 ms of work', () => {
  it('one HTTP/1.1 connection takes them one after the other: 1.8 s', () => {
    const protocol = { http1: { connections: 1 } };
    expect(last(timesMs({ at: TWELVE, link: { protocol } }))).toBe(1_800);
  });

  it('six connections take two rounds: 0.3 s, and 0.1 s more where they are not open yet', () => {
    const warm = [...Array.from({ length: 6 }, () => '1s'), ...TWELVE.slice(1)];
    expect(Math.max(...timesMs({ at: warm, link: { protocol: 'http1' } }).slice(6))).toBe(300);
    const cold = timesMs({ at: TWELVE.slice(1), link: { protocol: 'http1' } });
    expect(Math.max(...cold)).toBe(400);
  });

  it('one HTTP/2 connection takes them side by side: 0.15 s', () => {
    expect(last(timesMs({ at: TWELVE, link: { protocol: 'http2' } }))).toBe(150);
  });

  it('with a limit of five streams the rest waits at the client: three rounds', () => {
    const lane = runFile(wired({ at: TWELVE, link: { protocol: { http2: { maxConcurrentStreams: 5 } } } }));
    const times = rowsOf(lane).slice(1);
    expect(times.map(({ startedMs, endedMs }) => endedMs - startedMs).sort((one, other) => one - other)).toEqual([
      ...Array.from({ length: 5 }, () => 150),
      ...Array.from({ length: 5 }, () => 300),
      450,
      450,
    ]);
    // Waiting for a stream is waiting, not travelling.
    expect(times.at(-1)).toMatchObject({ td: 300, tr: 50, ts: 50, tp: 50 });
    expect(lane.summary.violations).toEqual([]);
  });

  it('on 10 Mbit/s with 100 kB each, HTTP/2 takes as long as the bytes do', () => {
    const bytesMs = (12 * 100_000) / 1_250;
    const wide = { http2: { initialWindowSize: '2MB', connectionWindowSize: '16MB' } };
    const took = (protocol: unknown): number =>
      last(timesMs({ at: TWELVE, link: { protocol, bandwidth: '10Mbit/s' }, replySize: '100kB' }));
    expect(took(wide)).toBeGreaterThan(bytesMs + 150);
    expect(took(wide)).toBeLessThan(bytesMs + 152);
    // One HTTP/1.1 connection leaves the link empty for 150 ms a request.
    expect(took({ http1: { connections: 1 } })).toBeGreaterThan(bytesMs + 12 * 150);
    expect(took({ http1: { connections: 1 } })).toBeLessThan(bytesMs + 12 * 150 + 5);
  });
});

describe('flow control: a sender may have one window on its way', () => {
  // Ten times the default window in both cases, so the connection's window is the only limit.
  const BYTES = 6_553_500;
  const throughput = (http2: Record<string, unknown>, bandwidth?: string): number => {
    const link = { protocol: { http2: { initialWindowSize: '100MB', ...http2 } }, ...(bandwidth && { bandwidth }) };
    const [, ms] = timesMs({ at: ['1s', '100s'], link, replySize: `${BYTES}B`, duration: '300s' });
    return (BYTES * 1_000) / (ms! - 150);
  };

  it('65,535 bytes a round trip of 100 ms are 5.24 Mbit/s, whatever the link could carry', () => {
    const windowOverRoundTrip = 65_535 / 0.1;
    // The last window needs no answer any more.
    expect(throughput({})).toBeCloseTo((windowOverRoundTrip * BYTES) / (BYTES - 65_535), -3);
    expect(throughput({}, '1Gbit/s')).toBeLessThanOrEqual(windowOverRoundTrip * 1.011);
  });

  it('a window of the bandwidth–delay product, and as much again for credit that comes late, fills the link', () => {
    const bandwidth = 12_500_000;
    const product = bandwidth * 0.1;
    expect(throughput({ connectionWindowSize: `${2 * product}B` }, '100Mbit/s') / bandwidth).toBeGreaterThan(0.99);
    // With credit for every frame, nothing has to be added but a frame.
    expect(throughput({ connectionWindowSize: `${product + 2 * 16_384}B`, windowUpdateAt: 0 }, '100Mbit/s') / bandwidth).toBeGreaterThan(
      0.98,
    );
    expect(throughput({ connectionWindowSize: `${product / 2}B`, windowUpdateAt: 0 }, '100Mbit/s') / bandwidth).toBeLessThan(0.56);
  });

  it('the window of a stream limits that stream alone', () => {
    const link = { protocol: { http2: { initialWindowSize: '65535B', connectionWindowSize: '16MB' } } };
    const at = ['1s', '10s', '10s', '10s', '10s'];
    const times = timesMs({ at, link, replySize: '655350B' }).slice(1);
    // Ten windows each, nine of which wait for credit: 900 ms, for four streams as for one.
    expect(times).toEqual([1_050, 1_050, 1_050, 1_050]);
  });
});

describe('a bandwidth without connections', () => {
  it('puts one message behind the other, and counts the waiting as waiting', () => {
    const file = wired({ at: ['1s', '1s'], link: { bandwidth: '1Mbit/s' }, requestSize: '25kB' });
    expect(rowsOf(runFile(file))).toMatchObject([
      { tr: 250, td: 0, ts: 50, tp: 50 },
      { tr: 250, td: 200, ts: 50, tp: 50 },
    ]);
  });

  it('takes the size of what code writes: JSON in UTF-8', () => {
    const file = merge(wired({ at: [], link: { bandwidth: '1kB/s' } }), {
      components: {
        client: { arrivals: { list: ['1s'] }, calls: null, handler: 'client.ts' },
        server: { work: null, handler: 'server.ts' },
      },
      files: {
        'client.ts': `export async function onTick(ctx: Ctx) { await ctx.call('server', { name: 'Zoë 你好 😀' }) }`,
        'server.ts': `export async function onRequest() { return 'x'.repeat(98) }`,
      },
    });
    const bytes = new TextEncoder().encode(JSON.stringify({ name: 'Zoë 你好 😀' })).length;
    expect(rowsOf(runFile(file))).toMatchObject([{ tr: 50 + bytes, tp: 50 + 100 }]);
  });
});

it('gives a stream that opens late the window that was announced while it waited for the wire (RFC 9113 §6.9.2)', () => {
  // SETTINGS are there after 2 ms, when three of the sixty have sent their first frame. All bodies together take 60 s.
  const http2 = { initialWindowSize: '1MB', connectionWindowSize: '100MB' };
  const link = { delay: '1ms', bandwidth: '100kB/s', protocol: { http2 } };
  const times = timesMs({ at: Array.from({ length: 60 }, () => '0s'), link, requestSize: '100kB', duration: '90s' });
  expect(times).toHaveLength(60);
  expect(Math.max(...times)).toBeCloseTo(60_000, -3);
});
