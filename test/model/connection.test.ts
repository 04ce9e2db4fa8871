/** What a link may say of connections, sizes and bandwidths, and what is wrong with the rest. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import { parseBandwidth, parseSize } from '../../src/model/size';
import { merge, MM1, QUEUED } from './example-files';

const withLink = (link: Record<string, unknown>) => merge(MM1, { links: [{ from: 'client', to: 'server', ...link }] });
const connectionOf = (link: Record<string, unknown>) => {
  const read = readScenario(withLink(link), null);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.value.links[0];
};
const problemsOf = (file: unknown) => {
  const read = readScenario(file, null);
  return read.ok ? [] : read.problems.map(({ path, key }) => [path, key]);
};

describe('sizes and bandwidths', () => {
  it.each([
    ['512B', 512],
    ['16KiB', 16_384],
    ['16kB', 16_000],
    ['1.5 MB', 1_500_000],
    ['16', undefined],
    ['16 kb', undefined],
  ])('%s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each([
    ['8bit/s', 1],
    ['10Mbit/s', 1_250_000],
    ['125kB/s', 125_000],
    ['1 GiB/s', 2 ** 30],
    ['10Mbit', undefined],
  ])('%s', (text, bytesPerSecond) => {
    expect(parseBandwidth(text)).toBe(bytesPerSecond);
  });
});

describe('a link', () => {
  it('carries messages by themselves unless it says otherwise', () => {
    for (const link of [{}, { transport: 'message' }, { tls: 'none' }]) expect(connectionOf(link)?.connection).toBeUndefined();
  });

  it('takes TCP for granted with a protocol or TLS', () => {
    expect(connectionOf({ tls: 'mtls' })?.connection).toEqual({ tls: 'mtls', minRtoMicros: 1_000_000, protocol: { kind: 'plain' } });
    expect(connectionOf({ transport: { tcp: { minRto: '200ms' } } })?.connection).toMatchObject({ tls: 'none', minRtoMicros: 200_000 });
    expect(connectionOf({ protocol: 'http1' })?.connection?.protocol).toMatchObject({ kind: 'http1', connections: 6 });
    expect(connectionOf({ protocol: 'grpc' })?.connection?.protocol).toMatchObject({
      kind: 'grpc',
      codec: 'proto',
      http2: { kind: 'http2' },
    });
    expect(connectionOf({ protocol: { grpc: { codec: 'json', maxConcurrentStreams: 7 } } })?.connection?.protocol).toMatchObject({
      kind: 'grpc',
      codec: 'json',
      http2: { maxConcurrentStreams: 7, initialWindowBytes: 65_535 },
    });
    expect(connectionOf({ protocol: { http2: { initialWindowSize: '1MiB' } } })?.connection?.protocol).toMatchObject({
      kind: 'http2',
      maxConcurrentStreams: 100,
      initialWindowBytes: 2 ** 20,
      connectionWindowBytes: 65_535,
      maxFrameBytes: 16_384,
      headerTableBytes: 4_096,
      windowUpdateAt: 0.5,
    });
  });

  it('has the same bandwidth both ways, or one of its own on the way back', () => {
    expect(connectionOf({ bandwidth: '10Mbit/s' })).toMatchObject({
      forth: { bytesPerSecond: 1_250_000 },
      back: { bytesPerSecond: 1_250_000 },
    });
    expect(connectionOf({ bandwidth: '1MB/s', back: { bandwidth: '2MB/s' } })).toMatchObject({
      forth: { bytesPerSecond: 1e6 },
      back: { bytesPerSecond: 2e6 },
    });
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ bandwidth: '10' }, 'links[0].bandwidth', 'problem.bandwidth'],
    [{ bandwidth: '0bit/s' }, 'links[0].bandwidth', 'problem.bandwidthRange'],
    [{ back: { bandwidth: '2000Gbit/s' } }, 'links[0].back.bandwidth', 'problem.bandwidthRange'],
    [{ transport: 'udp' }, 'links[0].transport', 'problem.transport'],
    [{ transport: { tcp: { minRto: '0ms' } } }, 'links[0].transport.tcp.minRto', 'problem.durationZero'],
    [{ protocol: 'http3' }, 'links[0].protocol', 'problem.protocol'],
    [{ protocol: { http1: { connections: 0 } } }, 'links[0].protocol.http1.connections', 'problem.wholeNumber'],
    [{ protocol: { http2: { maxFrameSize: '1kB' } } }, 'links[0].protocol.http2.maxFrameSize', 'problem.sizeRange'],
    [{ protocol: { http2: { connectionWindowSize: '64kB' } } }, 'links[0].protocol.http2.connectionWindowSize', 'problem.sizeRange'],
    [{ protocol: { http2: { initialWindowSize: 65_535 } } }, 'links[0].protocol.http2.initialWindowSize', 'problem.size'],
    [{ protocol: { http2: { windowUpdateAt: 2 } } }, 'links[0].protocol.http2.windowUpdateAt', 'problem.numberRange'],
    [{ protocol: { http2: { maxFrameSise: '1MB' } } }, 'links[0].protocol.http2.maxFrameSise', 'problem.unknownKeyNear'],
    [{ protocol: { grpc: { codec: 'xml' } } }, 'links[0].protocol.grpc.codec', 'problem.choice'],
    [{ protocol: { grpc: { connections: 2 } } }, 'links[0].protocol.grpc.connections', 'problem.unknownKey'],
    [{ protocol: 'http2', transport: 'message' }, 'links[0].transport', 'problem.needsTcp'],
    [{ tls: 'tls', transport: 'message' }, 'links[0].transport', 'problem.needsTcp'],
    [{ tls: 'ssl' }, 'links[0].tls', 'problem.choice'],
  ])('with %j has a problem at %s', (link, path, key) => {
    expect(problemsOf(withLink(link))).toEqual([[path, key]]);
  });

  it('to a broker speaks no HTTP', () => {
    const links = (QUEUED.links as readonly Record<string, unknown>[]).map((link, at) =>
      at === 0 ? { ...link, protocol: 'http2' } : link,
    );
    expect(problemsOf({ ...QUEUED, links })).toEqual([['links[0].protocol', 'problem.httpEnds']]);
  });
});

it('a size stands in for what code would write', () => {
  const sized = merge(MM1, { components: { client: { size: '2kB' }, server: { size: '1MB' } } });
  const read = readScenario(sized, null);
  expect(read.ok && read.value.components).toMatchObject([{ bodyBytes: 2_000 }, { bodyBytes: 1_000_000 }]);
  const coded = merge(MM1, { components: { server: { work: null, handler: 'server.ts', size: '1kB' } }, files: { 'server.ts': '' } });
  expect(problemsOf(coded)).toEqual([['components.server.size', 'problem.sizeWithCode']]);
});
