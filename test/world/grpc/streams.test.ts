/** Streaming calls: the four kinds by one interface, their frames, back-pressure, and how they end. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/sandbox/evaluate';
import { prepareRun } from '../../../src/world/run';
import { merge } from '../../model/example-files';
import { framesOf, type SeenFrame } from '../http/wire-scenario';
import { logOf, rowsOf, runFile } from '../run-file';
import { coded } from '../scenarios';

const show = ({ way, name, bytes, flags, stream }: SeenFrame): string =>
  `${way === 'forth' ? '→' : '←'} ${name} ${name === 'headers' ? '' : bytes} #${stream}${(flags & 1) > 0 && name !== 'resetStream' ? ' END' : ''}`;
const onStreams = (frames: readonly SeenFrame[]): string[] =>
  frames.filter(({ kind, stream, name }) => kind === 'sent' && stream > 0 && !name.startsWith('syn')).map(show);

function streamed(onTick: string, onStream: string, link: Record<string, unknown> = {}): Record<string, unknown> {
  return merge(coded(onTick, ''), {
    components: { server: { workers: 10 } },
    links: [{ from: 'client', to: 'server', delay: '50ms', protocol: 'grpc', ...link }],
    files: { 'server.ts': `export async function ${onStream}` },
  }) as Record<string, unknown>;
}

const run = (onTick: string, onStream: string, link: Record<string, unknown> = {}) => {
  const lane = runFile(streamed(onTick, onStream, link));
  expect(lane.summary.violations).toEqual([]);
  return lane;
};

describe('a streaming call', () => {
  it('from the server: one request, then each thing that the handler yields', () => {
    const lane = run(
      `for await (const part of ctx.stream('server', { count: 3 })) ctx.log(part, ctx.now)`,
      `* onStream(requests: Requests, ctx: Ctx) { for await (const { count } of requests) for (let n = 1; n <= count; n++) { await ctx.work('10ms'); yield n } }`,
    );
    // Connected after 100 ms, asked after 50 ms; 10 ms for each, and 50 ms back.
    expect(logOf(lane)).toEqual(['1 1210', '2 1220', '3 1230']);
    expect(onStreams(framesOf(lane))).toEqual([
      '→ headers  #1',
      `→ data ${9 + 5 + 2} #1 END`,
      ...['← headers  #1', `← data ${9 + 5 + 2} #1`, `← data ${9 + 5 + 2} #1`, `← data ${9 + 5 + 2} #1`],
      '← headers  #1 END',
    ]);
    const [row] = rowsOf(lane);
    expect(row).toMatchObject({ outcome: 'ok', endedMs: 1_230, tr: 50, td: 100, ts: 30, tp: 50 });
  });

  it('from the client: any number of requests, then one reply', () => {
    const lane = run(
      `const call = ctx.stream('server'); for (const n of [1, 2, 3]) { await ctx.sleep('10ms'); await call.write({ n }) } call.end(); ctx.log(await call.reply, ctx.now)`,
      `onStream(requests: Requests) { let sum = 0; for await (const { n } of requests) sum += n; return { sum } }`,
    );
    // The first goes when the connection stands, at 1,100 ms; the others 10 ms after the one before.
    expect(logOf(lane)).toEqual(['{"sum":6} 1220']);
    expect(onStreams(framesOf(lane))).toEqual([
      '→ headers  #1',
      ...[`→ data ${9 + 5 + 2} #1`, `→ data ${9 + 5 + 2} #1`, `→ data ${9 + 5 + 2} #1`, '→ data 9 #1 END'],
      ...['← headers  #1', `← data ${9 + 5 + 2} #1`, '← headers  #1 END'],
    ]);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', tr: 50, td: 120, ts: 0, tp: 50 }]);
  });

  it('both ways at once: each answer comes while the next question is on its way', () => {
    const lane = run(
      `const call = ctx.stream('server');
       const asking = (async () => { for (const n of [1, 2]) { await call.write(n); await ctx.sleep('10ms') } call.end() })();
       for await (const answer of call) ctx.log(answer, ctx.now);
       await asking`,
      `* onStream(requests: Requests) { for await (const n of requests) yield n * 10 }`,
    );
    expect(logOf(lane)).toEqual(['10 1200', '20 1210']);
    // The status follows the end of the requests, which is said 10 ms after the last of them.
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', endedMs: 1_220 }]);
  });

  it('waits for who reads slowly: no more is under way than the window', () => {
    const lane = run(
      `const call = ctx.stream('server', {}); for await (const { n } of call) { ctx.log(n, ctx.now); await ctx.sleep('1s') }`,
      `* onStream(requests: Requests, ctx: Ctx) { for (let n = 0; n < 6; n++) { yield { n: n + 1, text: 'x'.repeat(30_000) }; ctx.log('sent', n + 1, ctx.now) } }`,
    );
    // Two messages and a part of the third fit in 65,535 bytes; the rest goes as the reader gives half a window back.
    const [sent, read] = [true, false].map((isSent) => logOf(lane).filter((line) => line.startsWith('sent') === isSent));
    const sentAt = sent!.map((line) => Number(line.split(' ')[2]));
    expect(sentAt.slice(0, 2)).toEqual([1_150, 1_150]);
    for (const [at, ms] of sentAt.entries()) expect(ms).toBeGreaterThanOrEqual(1_150 + Math.max(0, at - 2) * 1_000);
    expect(sentAt.at(-1)).toBeGreaterThan(3_000);
    expect(read!.map((line) => line.split(' ')[0])).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('ends in the middle with the status of what its handler throws, after what it has sent', () => {
    const lane = run(
      `try { for await (const part of ctx.stream('server', {})) ctx.log(part) } catch (error) { ctx.log(error.status, error.message) }`,
      `* onStream(requests: Requests, ctx: Ctx) { yield 1; yield 2; ctx.fail('OUT_OF_RANGE', 'no more') }`,
    );
    expect(logOf(lane)).toEqual(['1', '2', 'OUT_OF_RANGE no more']);
    expect(onStreams(framesOf(lane)).at(-1)).toBe('← headers  #1 END');
  });

  it('is reset by a caller who leaves the loop, and its handler hears of it', () => {
    const lane = run(
      `for await (const part of ctx.stream('server', {})) { ctx.log(part); break } await ctx.sleep('1s')`,
      `* onStream(requests: Requests, ctx: Ctx) { try { for (let n = 1; ; n++) { yield n; await ctx.sleep('20ms') } } catch (error) { ctx.log(error.status, ctx.now) } finally { ctx.log('finally') } }`,
    );
    expect(logOf(lane)).toEqual(['1', 'CANCELLED 1250', 'finally']);
    expect(onStreams(framesOf(lane)).filter((text) => text.includes('resetStream'))).toEqual(['→ resetStream 13 #1']);
    expect(lane.summary.links.map(({ inFlight }) => inFlight)).toEqual([0, 0]);
  });

  it('is over at its deadline, at both ends', () => {
    const lane = run(
      `try { for await (const part of ctx.stream('server', {}, { deadline: '300ms' })) ctx.log(part) } catch (error) { ctx.log(error.status, ctx.now) }`,
      `* onStream(requests: Requests, ctx: Ctx) { yield 1; try { await ctx.sleep('1s') } catch (error) { ctx.log('server', error.status, ctx.now); throw error } }`,
    );
    expect(logOf(lane)).toEqual(['1', 'DEADLINE_EXCEEDED 1300', 'server DEADLINE_EXCEEDED 1300']);
  });

  it('that its server ends early takes no more messages', () => {
    const lane = run(
      `const call = ctx.stream('server');
       try { for (let n = 0; ; n++) { await call.write(n); await ctx.sleep('30ms') } } catch (error) { ctx.log(error.status, ctx.now) }
       ctx.log(await call.reply)`,
      `onStream(requests: Requests) { for await (const n of requests) if (n === 2) return 'enough' }`,
    );
    expect(logOf(lane)).toEqual([expect.stringMatching(/^FAILED_PRECONDITION \d+$/), 'enough']);
    expect(onStreams(framesOf(lane)).filter((text) => text.includes('resetStream'))).toEqual(['→ resetStream 13 #1']);
    expect(lane.summary.links.map(({ inFlight }) => inFlight)).toEqual([0, 0]);
  });

  it('needs gRPC, a service, and a link: a name that only the run knows fails then', () => {
    const tick = `for (const name of ['server', 'nobody']) try { ctx.stream(name) } catch (error) { ctx.log(error.status, error.message) }`;
    expect(logOf(run(tick, `onRequest() {}`, { protocol: 'http2' }))).toEqual([
      'UNIMPLEMENTED a stream needs gRPC: write "protocol": "grpc" in the link from client to server',
      'UNAVAILABLE there is no component nobody',
    ]);
  });
});

describe('before a run', () => {
  const problemsOf = (file: unknown): unknown[] => {
    const prepared = prepareRun(file, { variant: null, evaluate });
    return prepared.ok
      ? []
      : prepared.problems.map(({ key, params, path, ...place }) => ({ key, params, path, line: 'line' in place && place.line }));
  };
  const SERVED = `onStream(requests: Requests) { for await (const n of requests) ; }`;

  it('a stream over a link without gRPC is a problem where it is opened and where it is served', () => {
    expect(problemsOf(streamed(`\n await ctx.stream('server', 1).reply`, SERVED, { protocol: 'http2' }))).toEqual([
      { key: 'problem.streamNeedsGrpc', params: { from: 'client', to: 'server' }, path: 'files.client.ts', line: 2 },
      { key: 'problem.onStreamNeedsGrpc', params: { from: 'client', component: 'server' }, path: 'files.server.ts', line: 1 },
    ]);
    expect(problemsOf(streamed(`await ctx.stream('server', 1).reply`, SERVED))).toEqual([]);
  });

  it('so is a link without gRPC behind a balancer, and replicas go by the name of their service', () => {
    const behind = (protocol: string | undefined): unknown =>
      merge(streamed(`await ctx.stream('front', 1).reply`, SERVED), {
        components: { front: { kind: 'balancer' }, server: { replicas: 2 } },
        links: [
          { from: 'client', to: 'front', protocol: 'grpc' },
          { from: 'front', to: 'server', ...(protocol !== undefined && { protocol }) },
        ],
      });
    expect(problemsOf(behind(undefined))).toMatchObject([
      { key: 'problem.streamNeedsGrpc', params: { from: 'front', to: 'server' } },
      { key: 'problem.onStreamNeedsGrpc', params: { from: 'front', component: 'server' } },
    ]);
    expect(problemsOf(behind('grpc'))).toEqual([]);
  });
});

describe('the shipped report', () => {
  const file = JSON.parse(readFileSync('public/scenarios/streams.json', 'utf8')) as unknown;
  const meanMs = (variant: string | null): number => {
    const { summary, handlerProblems } = runFile(file, { variant });
    expect([summary.violations, handlerProblems, summary.requests.R]).toEqual([[], [], 1]);
    return summary.requests.T.meanMs!;
  };

  it('is read sooner row by row than all at once, and its service waits for a slow reader', () => {
    const [rows, all, slow, ten, both] = [null, 'all at once', 'a slow reader', 'ten are enough', 'both directions'].map(meanMs);
    // Finding and reading take 200 ms each, one after the other or at the same time.
    expect(all! - rows!).toBeGreaterThan(100);
    expect(slow!).toBeGreaterThan(40 * 40);
    expect(ten!).toBeLessThan(0.6 * rows!);
    expect(both!).toBeGreaterThan(rows!);
  });
});
