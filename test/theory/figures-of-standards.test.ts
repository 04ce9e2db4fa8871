/** What standards and their reference implementations publish, each found again in a scenario that the site ships. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { END_STREAM } from '../../src/model/frame';
import { RecordKind } from '../../src/model/trace';
import { RECEIVED, SENT, type Frame, type State } from '../machines/http2-stream-table';
import { merge } from '../model/example-files';
import { recordsOf, rowsOf, runFile } from '../world/run-file';
import { framesOf, type SeenFrame } from '../world/http/wire-scenario';

const fileOf = (name: string): unknown => JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8'));

describe('retries of gRPC (grpc-retries)', () => {
  // gRFC A6 and doc/service_config.md: maxTokens 10, tokenRatio 0.1; a failure takes one, a success gives a tenth, retries need more than half.
  it('are four in an outage: the fifth failure leaves half of the tokens, and the service must succeed 51 times first', () => {
    const lane = runFile(fileOf('grpc-retries'));
    const { requests, links, policies } = lane.summary;
    expect(links[0]!.sent - requests.N).toBe(4);
    const after = rowsOf(lane).filter(({ outcome, endedMs }) => outcome === 'ok' && endedMs > 30_000);
    const opens = after.map(({ endedMs }) => endedMs).sort((one, other) => one - other)[50]!;
    // Whoever is refused knows it 5 ms later.
    const closes = recordsOf(lane, RecordKind.refused, 'search')[4]!.timeMicros / 1_000 + 5;
    expect(policies?.[0]?.shares['throttling']).toBeCloseTo((opens - closes) / 60_000, 6);
  });

  // min(initialBackoff · backoffMultiplierⁿ⁻¹, maxBackoff) · random(0.8, 1.2).
  it('pause 100, 200 and then 300 ms, give or take a fifth, when nothing throttles them', () => {
    const lane = runFile(fileOf('grpc-retries'), { variant: 'never throttled' });
    const sent = new Map<number, number[]>();
    for (const { request, timeMicros, detail } of recordsOf(lane, RecordKind.messageSent))
      if (detail === 0) sent.set(request, [...(sent.get(request) ?? []), timeMicros / 1_000]);
    const tried = [...sent.values()].filter((times) => times[0]! > 20_000 && times[0]! < 29_000);
    expect(tried.length).toBeGreaterThan(150);
    const pauses = [100, 200, 300].map((expected, retry) => {
      const shares = tried.map((times) => (times[retry + 1]! - times[retry]! - 10) / expected);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.8);
      expect(Math.max(...shares)).toBeLessThanOrEqual(1.2);
      return shares.reduce((sum, share) => sum + share, 0) / shares.length;
    });
    // A uniform share of standard deviation 0.115: the mean of 150 lies within 3.29 · 0.0095.
    for (const mean of pauses) expect(Math.abs(mean - 1)).toBeLessThan(0.031);
    expect(tried.every((times) => times.length === 4)).toBe(true);
  });
});

describe('the octets of headers (header-compression)', () => {
  const lane = (variant: string | null) => runFile(merge(fileOf('header-compression'), { duration: '10s' }), { variant });
  const sizes = (variant: string | null, way: 'forth' | 'back', name: string): number[] =>
    framesOf(lane(variant))
      .filter((frame) => frame.kind === 'sent' && frame.way === way && frame.name === name)
      .map(({ bytes }) => bytes);

  // RFC 7541 §6 and Appendices A and B, by hand. One octet from the static table each for method, scheme and path; with a name of the table,
  // authority “weather” 2 + 5, user-agent “async-lab” 2 + 7, accept and content-type, “application/json”, 2 + 11 each; content-length “20”, never
  // entered, 2 + 1 + 2, as its name's number takes two octets. A frame of its own is nine more.
  const FIRST = 9 + 3 + 7 + 9 + 13 + 13 + 5;

  it('are 59 for the first request, and then one for each field that is in the table', () => {
    const requests = sizes(null, 'forth', 'headers');
    expect([requests[0], new Set(requests.slice(1))]).toEqual([FIRST, new Set([9 + 7 + 5])]);
  });

  it('are 59 for every request when the table is empty, and one more to say so (§6.3)', () => {
    const requests = sizes('an empty table', 'forth', 'headers');
    const told = requests.indexOf(FIRST + 1);
    // Until the server’s SETTINGS are there, the table has its first size.
    expect(new Set(requests.slice(1, told))).toEqual(new Set([9 + 7 + 5]));
    expect(new Set(requests.slice(told + 1))).toEqual(new Set([FIRST]));
  });

  it('of HTTP/1.1 are 135 for each request and 69 for each reply, by RFC 9112', () => {
    const request = 'POST / HTTP/1.1\r\nhost: weather\r\nuser-agent: async-lab\r\naccept: application/json\r\n';
    const body = 'content-type: application/json\r\ncontent-length: 20\r\n\r\n';
    expect(new Set(sizes('HTTP/1.1', 'forth', 'head'))).toEqual(new Set([(request + body).length]));
    expect(new Set(sizes('HTTP/1.1', 'back', 'head'))).toEqual(new Set([`HTTP/1.1 200 \r\n${body}`.length]));
  });
});

describe('the keys of a log (log-partitions)', () => {
  // Kafka, clients/src/test/java/org/apache/kafka/common/utils/UtilsTest.java; toPositive clears the sign, then modulo the partitions.
  const HASHES = {
    '21': -973_932_308,
    foobar: -790_332_482,
    'a-little-bit-long-string': -985_981_536,
    'a-little-bit-longer-string': -1_486_304_829,
    lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58_897_971,
    abc: 479_470_107,
  };

  it.each([null, '1 partition'])('go where Kafka’s vectors say, variant %s', (variant) => {
    const publish = `for (const key of ${JSON.stringify(Object.keys(HASHES))}) await ctx.publish('orders', { key }, { key }).accepted`;
    const file = merge(fileOf('log-partitions'), {
      components: { shop: { arrivals: { list: ['1s'], poisson: null } } },
      files: { 'shop.ts': `export async function onTick(ctx: Ctx) { ${publish} }` },
      duration: '20s',
      warmup: '0s',
    });
    const partitions = variant === null ? 4 : 1;
    const appended = recordsOf(runFile(file, { variant }), RecordKind.appended).map(({ detail }) => detail);
    expect(appended).toEqual(Object.values(HASHES).map((hash) => (hash & 0x7fffffff) % partitions));
  });
});

describe('streams of HTTP/2', () => {
  /** The events of one end of a stream, by what it sends and gets. */
  const FRAME_OF: Readonly<Record<string, (ends: boolean) => Frame>> = {
    headers: (ends) => (ends ? 'HeadersEnd' : 'Headers'),
    data: (ends) => (ends ? 'DataEnd' : 'Data'),
    resetStream: () => 'Reset',
    windowUpdate: () => 'WindowUpdate',
  };
  const STATES = ['idle', 'open', 'halfClosedLocal', 'halfClosedRemote', 'ended', 'reset', 'aborted'];

  /** Walks through the table of RFC 9113 §5.1 at one end of every stream; says what the RFC forbids, and collects the states. */
  function walk(frames: readonly SeenFrame[], end: 'client' | 'server', visited: Set<string>): string[] {
    const states = new Map<number, State>();
    const wrong: string[] = [];
    for (const { stream, way, kind, name, flags } of frames) {
      const isSent = (way === 'forth') === (end === 'client');
      if (stream === 0 || !FRAME_OF[name] || (kind === 'sent') !== isSent) continue;
      const frame = FRAME_OF[name]((flags & END_STREAM) > 0);
      const state = states.get(stream) ?? 'idle';
      const result = (isSent ? SENT : RECEIVED)[state][frame];
      visited.add(state);
      if (['refuse', 'CLOSED', 'STREAM', 'PROTOCOL'].includes(result)) wrong.push(`${end} #${stream} ${state} ${kind} ${frame}`);
      if (result in SENT) states.set(stream, result as State);
    }
    for (const state of states.values()) visited.add(state);
    return wrong;
  }

  it('of the shipped scenarios pass through every state of RFC 9113 §5.1 but those of server push, and never against its rules', () => {
    const visited = new Set<string>();
    for (const [name, variant] of [
      ['streams', null],
      ['streams', 'ten are enough'],
      ['streams', 'both directions'],
      ['streams', 'a slow reader'],
      ['http1-vs-http2', 'HTTP/2'],
      ['http2-flow-control', null],
      ['header-compression', null],
      ['five-carriages', 'HTTP/2'],
      ['five-carriages', 'gRPC'],
    ] as const) {
      const frames = framesOf(runFile(merge(fileOf(name), { duration: '20s' }), { variant }));
      expect(frames.length, name).toBeGreaterThan(100);
      expect([...walk(frames, 'client', visited), ...walk(frames, 'server', visited)], `${name}, ${variant}`).toEqual([]);
    }
    expect([...visited].sort()).toEqual([...STATES].sort());
  });
});
