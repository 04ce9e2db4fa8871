/** Losses on connections: they become delay, and hold back everything behind them on the same connection. */
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../../src/metrics/interval';
import { RecordKind } from '../../../src/model/trace';
import { RetransmissionTimeout } from '../../../src/world/transport/retransmission-timeout';
import { merge } from '../../model/example-files';
import { recordsOf, rowsOf, runFile } from '../run-file';
import { wired } from './wire-scenario';

const SEEDS = Array.from({ length: 8 }, (_, index) => index + 1);

describe('the retransmission timeout', () => {
  it('starts with a second, and follows the round trips as RFC 6298 §2 says', () => {
    const timeout = new RetransmissionTimeout(200_000);
    expect(timeout.current).toBe(1_000_000);
    timeout.sample(100_000);
    // SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 RTTVAR.
    expect(timeout.current).toBe(300_000);
    timeout.sample(200_000);
    // RTTVAR = 3/4 · 50 + 1/4 · 100 = 62.5, SRTT = 7/8 · 100 + 1/8 · 200 = 112.5, in ms.
    expect(timeout.current).toBe(362_500);
  });

  it('is never shorter than its minimum, doubles, and never longer than a minute', () => {
    const timeout = new RetransmissionTimeout(1_000_000);
    for (let turn = 0; turn < 50; turn++) timeout.sample(100_000);
    expect(timeout.current).toBe(1_000_000);
    timeout.backOff();
    expect(timeout.current).toBe(2_000_000);
    for (let turn = 0; turn < 9; turn++) timeout.backOff();
    expect(timeout.current).toBe(60_000_000);
    timeout.sample(100_000);
    expect(timeout.current).toBe(1_000_000);
  });
});

/** A steady load over a lossy link. */
const lossy = (link: Record<string, unknown>, changes: Record<string, unknown> = {}) =>
  merge(wired({ at: [], duration: '120s', work: '10ms', link: { delay: '20ms', loss: 0.01, ...link } }), {
    warmup: '5s',
    components: { client: { arrivals: { list: null, poisson: '50/s' } } },
    ...changes,
  });

describe('a message on a lossy connection', () => {
  it('arrives all the same: nothing is lost, everything is answered', () => {
    for (const protocol of [undefined, 'http1', 'http2']) {
      const { summary } = runFile(lossy({ transport: 'tcp', protocol }), { keepTrace: false });
      expect(summary.violations).toEqual([]);
      expect(summary.requests).toMatchObject({ failed: 0, R: 1 });
      expect(summary.links.map(({ lost }) => lost)).toEqual([0, 0]);
    }
  });

  it('waits for the timeout when nothing follows it, and the waiting is Td', () => {
    const at = Array.from({ length: 200 }, (_, index) => `${index * 500 + 1}s`);
    const rows = rowsOf(runFile(wired({ at, link: { transport: 'tcp', loss: 0.1 }, duration: '100000s' })));
    const late = rows.filter(({ td }) => td > 0);
    expect(late.length).toBeGreaterThan(20);
    for (const { tr, ts, tp } of rows) expect([tr, ts, tp]).toEqual([50, 50, 50]);
    // Alone on its connection, a segment that is lost k times in a row waits 1 + 2 + 4 … s. The first one of all has a handshake to wait for.
    for (const { td } of late.slice(1)) expect(td % 1_000).toBe(0);
  });

  it('is sent again after three duplicate acknowledgements when enough follows it', () => {
    const link = { protocol: { http2: { initialWindowSize: '10MB', connectionWindowSize: '10MB' } }, back: { loss: 0.002 } };
    const lane = runFile(wired({ at: ['1s', '10s'], link, replySize: '3MB' }));
    const [fast, late] = [0, 1].map((cause) => recordsOf(lane, RecordKind.segmentResent).filter(({ detail }) => detail === cause).length);
    const lost = recordsOf(lane, RecordKind.segmentLost).length;
    expect(lost).toBeGreaterThan(3);
    expect(fast).toBeGreaterThanOrEqual(lost - 1);
    expect(late).toBeLessThanOrEqual(1);
  });
});

describe('head-of-line blocking', () => {
  /** Replies of 30 kB: 23 segments, so that most losses are repaired within a round trip. */
  const slowShare = (protocol: unknown): readonly number[] =>
    SEEDS.map((seed) => {
      const link = { protocol, loss: 0, back: { loss: 0.002 } };
      const file = lossy(link, { components: { client: { arrivals: { list: null, poisson: '20/s' } }, server: { size: '30kB' } } });
      const times = rowsOf(runFile(file, { seed })).filter(({ startedMs, outcome }) => startedMs >= 5_000 && outcome === 'ok');
      return times.filter(({ startedMs, endedMs }) => endedMs - startedMs > 51).length / times.length;
    });

  it('one lost segment stalls every stream of an HTTP/2 connection; on HTTP/1.1 connections it stalls one request', () => {
    const wide = { initialWindowSize: '100MB', connectionWindowSize: '100MB' };
    const one = meanInterval(slowShare({ http2: wide }), 0.999);
    const many = meanInterval(slowShare({ http1: { connections: 100 } }), 0.999);
    // A request of its own connection is late only when one of its own segments is lost.
    const own = 1 - 0.998 ** 23;
    expect(many.low).toBeLessThan(own);
    expect(many.high).toBeGreaterThan(own);
    expect(many.high - many.low).toBeLessThan(0.02);
    expect(one.low).toBeGreaterThan(1.4 * own);
  });

  it('on a link that loses nothing, both carry every request in one round trip', () => {
    for (const protocol of ['http2', { http1: { connections: 100 } }]) {
      const rows = rowsOf(runFile(lossy({ protocol, loss: 0 }))).filter(({ startedMs, outcome }) => startedMs >= 5_000 && outcome === 'ok');
      const late = rows.filter(({ startedMs, endedMs }) => endedMs - startedMs > 50);
      // HTTP/1.1 opens a connection now and then.
      expect(late.length / rows.length).toBeLessThan(0.02);
    }
  });
});
