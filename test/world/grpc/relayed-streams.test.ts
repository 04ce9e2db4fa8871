/** Streaming calls through a balancer: each stream goes to one backend, and flow control works through both hops. */
import { describe, expect, it } from 'vitest';
import { RecordKind } from '../../../src/model/trace';
import { merge } from '../../model/example-files';
import { framesOf } from '../http/wire-scenario';
import { logOf, recordsOf, rowsOf, runFile } from '../run-file';
import { coded } from '../scenarios';

type Json = Record<string, unknown>;

const ONWARD = { delay: '30ms', protocol: 'grpc' };

/** One stream, or as many as the arrivals say, through a balancer to two services of the same code. */
function relayed(onTick: string, onStream: string, more: Json = {}): Json {
  const base = coded(onTick, '') as { files: Json; components: Json };
  const file = merge(base, {
    duration: '30s',
    components: {
      server: null,
      front: { kind: 'balancer' },
      one: { kind: 'service', workers: 10, handler: 'server.ts' },
      two: { kind: 'service', workers: 10, handler: 'server.ts' },
    },
    links: [
      { from: 'client', to: 'front', delay: '20ms', protocol: 'grpc' },
      { from: 'front', to: 'one', ...ONWARD },
      { from: 'front', to: 'two', ...ONWARD },
    ],
    files: { 'server.ts': `export async function ${onStream}` },
  });
  return merge(file, more) as Json;
}

const run = (...parameters: Parameters<typeof relayed>) => {
  const lane = runFile(relayed(...parameters));
  expect(lane.summary.violations).toEqual([]);
  expect(lane.summary.links.map(({ inFlight }) => inFlight)).toEqual(lane.summary.links.map(() => 0));
  return lane;
};

describe('a stream through a balancer', () => {
  it('goes on message by message in both directions, and the time of both links counts', () => {
    const lane = run(
      `const call = ctx.stream('front'); await call.write({ n: 1 }); await call.write({ n: 2 }); call.end(); for await (const part of call) ctx.log(part, ctx.now)`,
      `* onStream(requests: Requests, ctx: Ctx) { for await (const { n } of requests) { await ctx.work('10ms'); yield n * 10 } }`,
    );
    // Two connections are set up, 40 ms and 60 ms; then 50 ms there and back.
    expect(logOf(lane)).toEqual(['10 1210', '20 1220']);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 1_220, tr: 50, td: 100, ts: 20, tp: 50 }]);
    expect(lane.summary.components['front']).toMatchObject({ arrivals: 1, completions: 1 });
  });

  it('stays with its backend, and the next stream of the same connection goes to another', () => {
    const lane = run(
      `const call = ctx.stream('front', 3); for await (const part of call) ctx.log(part)`,
      `* onStream(requests: Requests, ctx: Ctx) { ctx.state.streams = (ctx.state.streams ?? 0) + 1; for await (const n of requests) for (let i = 0; i < n; i++) { await ctx.work('5ms'); yield ctx.state.streams } }`,
      { components: { client: { arrivals: { list: ['1s', '2s', '3s', '4s'] } } } },
    );
    expect(recordsOf(lane, RecordKind.forwarded).map(({ detail }) => detail)).toEqual([0, 1, 0, 1]);
    expect(logOf(lane)).toEqual(['1', '1', '1', '1', '1', '1', '2', '2', '2', '2', '2', '2']);
    // One connection to the balancer carries all four.
    const opened = framesOf(lane).filter(({ name, kind, way }) => name === 'syn' && kind === 'sent' && way === 'forth');
    expect(opened).toHaveLength(3);
  });

  it('slows the writer down when the reader is slow: no more than two windows are under way', () => {
    const lane = run(
      `for await (const { n } of ctx.stream('front', {})) { ctx.log('read', n, ctx.now); await ctx.sleep('1s') }`,
      `* onStream(requests: Requests, ctx: Ctx) { for (let n = 1; n <= 10; n++) { yield { n, text: 'x'.repeat(30_000) }; ctx.log('sent', n, ctx.now) } }`,
    );
    const at = (what: string): number[] => logOf(lane).flatMap((line) => (line.startsWith(what) ? [Number(line.split(' ')[2])] : []));
    const [sent, read] = [at('sent'), at('read')];
    expect(read).toHaveLength(10);
    // Four messages fill a window behind the balancer and one before it; each of the rest waits for one to be read.
    expect(sent[9]! - sent[0]!).toBeGreaterThan(3_000);
    for (const [n, ms] of sent.entries()) if (n >= 5) expect(ms).toBeGreaterThan(read[n - 5]!);
  });

  it('is called off at its backend when the caller leaves, and is not counted as under way any more', () => {
    const lane = run(
      `for await (const part of ctx.stream('front', {})) { ctx.log(part); break } await ctx.sleep('1s')`,
      `* onStream(requests: Requests, ctx: Ctx) { try { for (let n = 1; ; n++) { yield n; await ctx.sleep('20ms') } } catch (error) { ctx.log(error.status, ctx.now) } }`,
    );
    // Read after 200 ms; the resets travel 20 ms and 30 ms.
    expect(logOf(lane)).toEqual(['1', 'CANCELLED 1250']);
    expect(lane.summary.components['front']).toMatchObject({ arrivals: 1, meanInSystem: expect.closeTo(0.23 / 30, 2) });
  });

  it('keeps its deadline, which travels through both hops', () => {
    const lane = run(
      `try { for await (const part of ctx.stream('front', {}, { deadline: '400ms' })) ctx.log(part) } catch (error) { ctx.log(error.status, ctx.now) }`,
      `* onStream(requests: Requests, ctx: Ctx) { ctx.log(ctx.deadline); yield 1; try { await ctx.sleep('1s') } catch (error) { ctx.log('server', error.status, ctx.now); throw error } }`,
    );
    expect(logOf(lane)).toEqual(['1400', '1', 'DEADLINE_EXCEEDED 1400', 'server DEADLINE_EXCEEDED 1400']);
  });

  it('ends with the status that its backend throws, after what it has sent', () => {
    const lane = run(
      `try { for await (const part of ctx.stream('front', {})) ctx.log(part) } catch (error) { ctx.log(error.status, error.message) }`,
      `* onStream(requests: Requests, ctx: Ctx) { yield 1; yield 2; ctx.fail('OUT_OF_RANGE', 'no more') }`,
    );
    expect(logOf(lane)).toEqual(['1', '2', 'OUT_OF_RANGE no more']);
  });

  it('is refused when nobody is healthy or the rate limit is used up, and what its caller writes goes nowhere', () => {
    const lane = run(
      `const call = ctx.stream('front'); try { for (const n of [1, 2, 3]) await call.write(n); ctx.log(await call.reply) } catch (error) { ctx.log(error.status) }`,
      `onStream(requests: Requests) { for await (const n of requests) if (n === 3) return n }`,
      { components: { front: { kind: 'balancer', rateLimit: { rate: '1/h', burst: 1 } }, client: { arrivals: { list: ['1s', '2s'] } } } },
    );
    expect(logOf(lane)).toEqual(['3', 'RESOURCE_EXHAUSTED']);
  });
});
