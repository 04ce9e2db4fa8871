/** A unary call over gRPC: its frames octet for octet by PROTOCOL-HTTP2.md, its status, its deadline, its cancellation. */
import { describe, expect, it } from 'vitest';
import { percentEncoded } from '../../../src/world/grpc/grpc-format';
import { HpackEncoder } from '../../../src/world/http/hpack-encoder';
import type { HeaderField } from '../../../src/world/http/hpack-table';
import { merge } from '../../model/example-files';
import { framesOf, wired, type SeenFrame } from '../http/wire-scenario';
import { logOf, rowsOf, runFile } from '../run-file';
import { coded } from '../scenarios';

const show = ({ way, name, bytes, stream }: SeenFrame): string => `${way === 'forth' ? '→' : '←'} ${name} ${bytes} #${stream}`;
const ofStreams = (frames: readonly SeenFrame[]): string[] =>
  frames.filter(({ kind, stream, name }) => kind === 'sent' && stream > 0 && !name.startsWith('syn')).map(show);
const blocks = (...lists: readonly (readonly HeaderField[])[]): number[] => {
  const encoder = new HpackEncoder(4_096, true);
  return lists.map((list) => 9 + encoder.encode(list).length);
};
const request = (timeout?: string, type = 'application/grpc'): HeaderField[] => [
  [':method', 'POST'],
  [':scheme', 'http'],
  [':path', '/server/OnRequest'],
  [':authority', 'server'],
  ['te', 'trailers'],
  ...(timeout === undefined ? [] : [['grpc-timeout', timeout] as const]),
  ['content-type', type],
  ['user-agent', 'grpc-async-lab'],
];
const reply = (type = 'application/grpc'): HeaderField[] => [
  [':status', '200'],
  ['content-type', type],
];

function called(onTick: string, onRequest: string, protocol: unknown = 'grpc'): Record<string, unknown> {
  return merge(coded(onTick, onRequest), {
    components: { server: { workers: 10 } },
    links: [{ from: 'client', to: 'server', delay: '50ms', protocol }],
  }) as Record<string, unknown>;
}

describe('a unary call over gRPC', () => {
  it('is HEADERS and a message with a prefix of five octets; its reply ends with trailers', () => {
    const lane = runFile(called(`await ctx.call('server', { sku: 150 })`, `return { name: 'testing' }`));
    const [asked] = blocks(request());
    const [head, trailers] = blocks(reply(), [['grpc-status', '0']]);
    expect(ofStreams(framesOf(lane))).toEqual([
      `→ headers ${asked} #1`,
      `→ data ${9 + 5 + 3} #1`,
      `← headers ${head} #1`,
      `← data ${9 + 5 + 9} #1`,
      `← headers ${trailers} #1`,
    ]);
    expect(rowsOf(lane)).toMatchObject([{ outcome: 'ok', tr: 50, tp: 50, ts: 0 }]);
    expect(lane.summary.violations).toEqual([]);
  });

  it('writes JSON when asked to, and says so', () => {
    const lane = runFile(called(`await ctx.call('server', { sku: 150 })`, `return 'ok'`, { grpc: { codec: 'json' } }));
    const type = 'application/grpc+json';
    expect(ofStreams(framesOf(lane)).slice(0, 2)).toEqual([
      `→ headers ${blocks(request(undefined, type))[0]} #1`,
      `→ data ${9 + 5 + '{"sku":150}'.length} #1`,
    ]);
  });

  it('takes the size that the scenario gives for the message, without its prefix', () => {
    const lane = runFile(wired({ at: ['1s'], link: { protocol: 'grpc' }, requestSize: '100B', replySize: '1kB' }));
    const data = ofStreams(framesOf(lane)).filter((text) => text.includes('data'));
    expect(data).toEqual(['→ data 114 #1', '← data 1014 #1']);
  });

  it('answers an error with trailers only: the status and its text, percent-encoded', () => {
    const lane = runFile(
      called(
        `try { await ctx.call('server') } catch (error) { ctx.log(error.status, error.code) }`,
        `ctx.fail('NOT_FOUND', 'no 100 % 书')`,
      ),
    );
    const message = percentEncoded('no 100 % 书');
    expect(message).toBe('no 100 %25 %E4%B9%A6');
    const [only] = blocks([...reply(), ['grpc-status', '5'], ['grpc-message', message]]);
    expect(ofStreams(framesOf(lane)).at(-1)).toBe(`← headers ${only} #1`);
    expect(logOf(lane)).toEqual(['NOT_FOUND 5']);
  });

  it('tells the deadline as what is left of it, and both ends stop by it', () => {
    const file = called(
      `try { await ctx.call('server', {}, { deadline: '300ms' }) } catch (error) { ctx.log(error.status, ctx.now) }`,
      `try { await ctx.work('1s') } catch (error) { ctx.log(error.status, ctx.now) }`,
    );
    const lane = runFile(file);
    const frames = ofStreams(framesOf(lane));
    expect(frames[0]).toBe(`→ headers ${blocks(request('200000u'))[0]} #1`);
    // The client resets the stream when its deadline is over; the server has known the deadline from the request.
    expect(frames.at(-1)).toBe('→ resetStream 13 #1');
    expect(logOf(lane)).toEqual(['DEADLINE_EXCEEDED 1300', 'DEADLINE_EXCEEDED 1300']);
    expect(lane.summary.violations).toEqual([]);
  });

  it('reaches the server with a cancellation when a timeout of the caller is over', () => {
    const file = called(
      `try { await ctx.call('server', {}, { timeout: '200ms' }) } catch (error) { ctx.log(error.status, ctx.now) }`,
      `try { await ctx.work('1s') } catch (error) { ctx.log(error.status, ctx.now) }`,
    );
    expect(logOf(runFile(file))).toEqual(['DEADLINE_EXCEEDED 1200', 'CANCELLED 1250']);
  });

  it('needs few octets for the headers of later calls', () => {
    const lane = runFile(wired({ at: ['1s', '2s', '3s'], link: { protocol: 'grpc' } }));
    const headers = framesOf(lane).filter(({ kind, name }) => kind === 'sent' && name === 'headers');
    // Indexed fields of one octet each: seven in a request; two and one in a reply.
    expect(headers.slice(-3).map(({ bytes }) => bytes)).toEqual([9 + 7, 9 + 2, 9 + 1]);
  });
});

describe('a call through a balancer', () => {
  const file = (protocol: string | undefined, options: string): Record<string, unknown> => {
    const link = (from: string, to: string) => ({ from, to, delay: '50ms', ...(protocol && { protocol }) });
    return merge(coded(`try { await ctx.call('spread', {}, { ${options} }) } catch (error) { ctx.log(error.status, ctx.now) }`, ''), {
      components: { spread: { kind: 'balancer', policy: 'least-connections' }, server: { workers: 1 } },
      links: [link('client', 'spread'), link('spread', 'server')],
      files: {
        'server.ts': `export async function onRequest(request: Request, ctx: Ctx) { try { await ctx.work('1s') } catch (error) { ctx.log(error.status, ctx.now); throw error } }`,
      },
    }) as Record<string, unknown>;
  };

  it.each([
    ['grpc', `timeout: '350ms'`],
    ['http2', `deadline: '30s', timeout: '350ms'`],
    [undefined, `deadline: '30s', timeout: '350ms'`],
  ])('is called off at its service, one link after the other: %s', (protocol, options) => {
    const lane = runFile(file(protocol, options));
    // The word takes 50 ms to the balancer, and 50 ms more to the service.
    expect(logOf(lane)).toEqual(['DEADLINE_EXCEEDED 1350', 'CANCELLED 1450']);
    expect(lane.summary.violations).toEqual([]);
    expect(lane.summary.components['spread']).toMatchObject({ arrivals: 1, completions: 1 });
  });
});
