/** What links say of their connections: bytes, frames, handshakes, bandwidth. */
import { expect, it } from 'vitest';
import type { LinkSummary } from '../../../src/model/summary';
import { sizeText } from '../../../src/ui/observe/size-text';
import { merge } from '../../model/example-files';
import { runFile } from '../run-file';
import { CALLED } from '../scenarios';
import { framesOf } from './wire-scenario';

const called = (link: Readonly<Record<string, unknown>>, more: unknown = {}) => {
  const lane = runFile(merge(merge(CALLED, { links: [{ from: 'client', to: 'server', delay: '10ms', ...link }] }), more));
  expect(lane.summary.violations).toEqual([]);
  const [forth, back] = lane.summary.links as [LinkSummary, LinkSummary];
  return { lane, forth, back };
};

it('counts each way the bytes and frames that went on it', () => {
  const { lane, forth, back } = called({ protocol: 'grpc', tls: 'tls' });
  for (const [way, link] of [
    ['forth', forth],
    ['back', back],
  ] as const) {
    const sent = framesOf(lane).filter((frame) => frame.kind === 'sent' && frame.way === way);
    expect(link).toMatchObject({ frames: sent.length, bytes: sent.reduce((sum, { bytes }) => sum + bytes, 0) });
  }
  expect([forth.connections, forth.tlsHandshakes]).toEqual([1, 1]);
  expect([back.connections, back.tlsHandshakes]).toEqual([0, 0]);
});

it('counts a handshake of TLS for each connection, and none without TLS', () => {
  const busy = { components: { client: { arrivals: { list: ['1s', '1s', '1s'] } }, server: { workers: 9 } } };
  expect(called({ protocol: 'http1', tls: 'mtls' }, busy).forth).toMatchObject({ connections: 3, tlsHandshakes: 3 });
  expect(called({ protocol: 'http1' }, busy).forth).toMatchObject({ connections: 3, tlsHandshakes: 0 });
});

it('says how much of the bandwidth that took, after the warm-up', () => {
  const { forth, back } = called({ protocol: 'http2', bandwidth: '1kB/s', back: { bandwidth: '2kB/s' } });
  expect(forth.bandwidthUtilization).toBeCloseTo(forth.bytes / 10_000, 9);
  expect(back.bandwidthUtilization).toBeCloseTo(back.bytes / 20_000, 9);
  expect(called({ protocol: 'http2' }).forth.bandwidthUtilization).toBeNull();
  expect(called({ bandwidth: '1kB/s' }).forth).toMatchObject({ bytes: 0, frames: 0, bandwidthUtilization: null });
  expect(called({ protocol: 'http2', bandwidth: '1kB/s' }, { warmup: '5s' }).forth).toMatchObject({
    bytes: 0,
    connections: 1,
    bandwidthUtilization: 0,
  });
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.6, '1 kB'],
  [16_384, '16.4 kB'],
  [1_250_000, '1.25 MB'],
  [5e15, '5000 TB'],
])('%d bytes read as %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
