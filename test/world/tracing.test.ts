/** Spans and the context that carries them, as W3C Trace Context and OpenTelemetry's conventions have them. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/model/limits';
import type { LaneResult } from '../../src/model/run-result';
import type { Span } from '../../src/model/span';
import { parseTraceparent } from '../../src/model/traceparent';
import { merge } from '../model/example-files';
import { logOf, runFile } from './run-file';
import { coded, queued } from './scenarios';

const traced = (file: unknown, more: unknown = {}): LaneResult => runFile(merge(merge(file, { tracing: {} }), more));
const named = ({ spans }: LaneResult, name: string, kind?: Span['kind']): Span[] =>
  spans.filter((span) => span.name === name && (kind === undefined || span.kind === kind));
const only = (lane: LaneResult, name: string, kind?: Span['kind']): Span => {
  const found = named(lane, name, kind);
  expect(found, name).toHaveLength(1);
  return found[0]!;
};
const times = ({ startMicros, endMicros }: Span): number[] => [startMicros / 1_000, endMicros / 1_000];
const SAY = `ctx.log(ctx.receivedTraceparent); ctx.log(ctx.traceparent)`;

describe('a call', () => {
  const lane = traced(coded(`ctx.log(ctx.traceparent); await ctx.call('server')`, `${SAY}; await ctx.work('100ms')`));
  const [root, client, server] = [only(lane, 'request'), only(lane, 'call server', 'client'), only(lane, 'call server', 'server')];

  it('has a span at either end, in the span of the request', () => {
    expect([root.parentId, client.parentId, server.parentId]).toEqual([null, root.spanId, client.spanId]);
    expect([times(root), times(client), times(server)]).toEqual([
      [1_000, 1_150],
      [1_000, 1_150],
      [1_020, 1_120],
    ]);
    expect(new Set(lane.spans.map(({ traceId }) => traceId)).size).toBe(1);
  });

  it('carries the context that its handlers read', () => {
    const sampled = true;
    const { traceId } = root;
    expect(logOf(lane).map((line) => parseTraceparent(line))).toEqual([
      { traceId, spanId: root.spanId, sampled },
      { traceId, spanId: client.spanId, sampled },
      { traceId, spanId: server.spanId, sampled },
    ]);
  });

  it('has the same ids in every run of a seed, and others in another', () => {
    const again = (seed: number): string[] => runFile(merge(coded(`ctx.log(ctx.traceparent)`), {}), { seed }).log.map(({ text }) => text);
    expect(again(1)).toEqual(again(1));
    expect(again(1)).not.toEqual(again(2));
  });

  it('has a span for each attempt', () => {
    const tries = traced(coded(`try { await ctx.call('server', 1, { timeout: '10ms', retry: { attempts: 3 } }) } catch {}`));
    expect(named(tries, 'call server', 'client').map((span) => [...times(span), span.error])).toEqual([
      [1_000, 1_010, 'DEADLINE_EXCEEDED'],
      [1_010, 1_020, 'DEADLINE_EXCEEDED'],
      [1_020, 1_030, 'DEADLINE_EXCEEDED'],
    ]);
    const parents = named(tries, 'call server', 'server').map(({ parentId }) => parentId);
    expect(parents).toEqual(named(tries, 'call server', 'client').map(({ spanId }) => spanId));
  });

  it('has a span for each of its hedges, and the loser is cancelled', () => {
    const hedged = traced(coded(`await ctx.call('server', 1, { hedge: { after: '30ms' } })`), { components: { server: { workers: 2 } } });
    expect(named(hedged, 'call server', 'client').map((span) => [...times(span), span.error])).toEqual([
      [1_000, 1_150, null],
      [1_030, 1_150, 'CANCELLED'],
    ]);
  });

  it('keeps the context of the original through a balancer and a link that duplicates', () => {
    const file = {
      version: 1,
      duration: '10s',
      tracing: {},
      components: {
        client: { kind: 'client', arrivals: { list: ['1s'] }, calls: 'front' },
        front: { kind: 'balancer' },
        server: { kind: 'service', handler: 'server.ts', workers: 2 },
      },
      links: [
        { from: 'client', to: 'front', delay: '1ms' },
        { from: 'front', to: 'server', delay: '1ms', duplicate: 1 },
      ],
      files: { 'server.ts': `export async function onRequest(request: Request, ctx: Ctx) { ${SAY} }` },
    };
    const lane = runFile(file);
    const servers = named(lane, 'call server', 'server');
    expect(servers).toHaveLength(2);
    expect(servers.map(({ parentId }) => parentId)).toEqual(Array(2).fill(only(lane, 'call front').spanId));
    expect(new Set(lane.spans.map(({ spanId }) => spanId)).size).toBe(lane.spans.length);
  });
});

describe('a message', () => {
  it('links each delivery to the span that produced it', () => {
    const lane = traced(
      queued(`ctx.send('jobs')`, `${SAY}; await ctx.work('10ms'); if (message.deliveries === 1) throw new Error('not yet')`, {
        ack: 'manual',
      }),
    );
    const producer = only(lane, 'send jobs', 'producer');
    const consumers = named(lane, 'process jobs', 'consumer');
    expect(times(producer)).toEqual([1_000, 1_020]);
    expect(consumers.map(({ links, error }) => [links, error])).toEqual([
      [[{ traceId: producer.traceId, spanId: producer.spanId }], 'not yet'],
      [[{ traceId: producer.traceId, spanId: producer.spanId }], null],
    ]);
    expect(new Set(consumers.map(({ spanId }) => spanId)).size).toBe(2);
    expect(logOf(lane).map((line) => parseTraceparent(line)?.spanId)).toEqual([
      producer.spanId,
      consumers[0]!.spanId,
      producer.spanId,
      consumers[1]!.spanId,
    ]);
  });

  it('of a topic is processed in a span for each group', () => {
    const code = `export async function onMessage(message: Message, ctx: Ctx) { await ctx.work('1ms') }`;
    const lane = runFile({
      version: 1,
      duration: '10s',
      tracing: {},
      components: {
        client: { kind: 'client', arrivals: { list: ['1s'] }, handler: 'client.ts' },
        orders: { kind: 'topic', retention: {} },
        mail: { kind: 'service', handler: 'reader.ts' },
        stats: { kind: 'service', handler: 'reader.ts' },
      },
      links: [
        { from: 'client', to: 'orders' },
        { from: 'orders', to: 'mail' },
        { from: 'orders', to: 'stats' },
      ],
      files: { 'client.ts': `export async function onTick(ctx: Ctx) { ctx.publish('orders', 1) }`, 'reader.ts': code },
    });
    const producer = only(lane, 'publish orders', 'producer');
    const consumers = named(lane, 'process orders', 'consumer');
    expect(consumers.map(({ links }) => links[0]?.spanId)).toEqual([producer.spanId, producer.spanId]);
    expect(new Set(consumers.map(({ place }) => place)).size).toBe(2);
  });
});

describe('ctx.span', () => {
  it('nests, in virtual time, and what is called inside is its child', () => {
    const lane = traced(
      coded(
        `const got = await ctx.span('outer', async (ctx) => { await ctx.sleep('5ms'); return ctx.span('inner', (ctx) => ctx.call('server')) }); ctx.log(got)`,
        `const span = ctx.span('charge'); ctx.log(span.traceparent); await span.ctx.work('100ms'); span.end(); span.end('late'); return 7`,
      ),
    );
    const [outer, inner, charge] = [only(lane, 'outer'), only(lane, 'inner'), only(lane, 'charge')];
    expect([outer.parentId, inner.parentId]).toEqual([only(lane, 'request').spanId, outer.spanId]);
    expect([times(outer), times(inner), times(charge)]).toEqual([
      [1_000, 1_155],
      [1_005, 1_155],
      [1_025, 1_125],
    ]);
    expect(only(lane, 'call server', 'client').parentId).toBe(inner.spanId);
    expect([charge.parentId, charge.error]).toEqual([only(lane, 'call server', 'server').spanId, null]);
    expect(logOf(lane)).toEqual([`00-${charge.traceId}-${charge.spanId}-01`, '7']);
  });

  it('records what is thrown in it, and lets it through', () => {
    const lane = runFile(
      coded(
        `try { await ctx.span('a', async () => { throw new Error('boom') }) } catch (error) { ctx.log(error.message) } try { ctx.span('b', () => ctx.fail('NOT_FOUND')) } catch (error) { ctx.log(error.status) } ctx.log(ctx.span('c', () => 5))`,
      ),
    );
    expect(lane.spans.map(({ name, error }) => [name, error])).toEqual([
      ['a', 'boom'],
      ['b', 'NOT_FOUND'],
      ['c', null],
    ]);
    expect(logOf(lane)).toEqual(['boom', 'NOT_FOUND', '5']);
  });

  it('links to spans by their traceparent, and stays open when nobody ends it', () => {
    const lane = runFile(coded(`const one = ctx.span('one'); ctx.span('two', () => 0, { links: [one.traceparent] })`));
    const [one, two] = lane.spans;
    expect(one!.endMicros).toBe(-1);
    expect(two!.links).toEqual([{ traceId: one!.traceId, spanId: one!.spanId }]);
  });

  it('counts the spans for which there is no room', () => {
    const { spans, summary } = runFile(coded(`for (let n = 0; n < ${LIMITS.spans + 3}; n++) ctx.span('a', () => 0)`));
    expect([spans.length, summary.spans]).toEqual([LIMITS.spans, { recorded: LIMITS.spans, dropped: 3 }]);
  });

  it.each([[`ctx.span('')`], [`ctx.span('a', 5)`], [`ctx.span('a', () => 0, { links: ['00-1-2-01'] })`], [`ctx.span('x'.repeat(65))`]])(
    'refuses %s',
    (code) => {
      expect(runFile(coded(code)).handlerProblems).toHaveLength(1);
    },
  );
});

describe('sampling', () => {
  const many = (sample: number): LaneResult =>
    runFile(
      merge(coded(`ctx.log(ctx.traceparent)`), {
        tracing: { sample },
        duration: '1000s',
        components: { client: { arrivals: { list: null, constant: '2/s' } } },
      }),
    );

  it('keeps the share of traces that it is told, and its flag says which', () => {
    const lane = many(0.25);
    const kept = new Set(lane.spans.map(({ traceId }) => traceId));
    const said = logOf(lane).map((line) => parseTraceparent(line)!);
    expect(said.filter(({ sampled }) => sampled).map(({ traceId }) => traceId)).toEqual([...kept]);
    // Binomial(1999, ¼): 99.9 % within 3.3 standard deviations.
    expect(Math.abs(kept.size - 500)).toBeLessThan(3.3 * Math.sqrt(2_000 * 0.25 * 0.75));
    expect(new Set(said.map(({ traceId }) => traceId)).size).toBe(said.length);
  });

  it('keeps the traces of a smaller share among those of a larger', () => {
    const larger = new Set(many(0.5).spans.map(({ traceId }) => traceId));
    expect(many(0.1).spans.every(({ traceId }) => larger.has(traceId))).toBe(true);
    expect(many(0).spans).toEqual([]);
  });
});
