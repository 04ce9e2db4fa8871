/** Variants of a scenario meet the same arrivals and the same work, request by request: what differs between them is the design alone. */
import { describe, expect, it } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { RecordKind } from '../../src/model/trace';
import { merge } from '../model/example-files';
import { recordsOf, rowsOf, runFile } from './run-file';

describe('the greeter, called and sent, with work that varies', () => {
  const lesson = findLesson('greeter');
  const varying = lesson?.start['greeter.ts']?.replace('seconds(1)', `exponential('600ms')`) ?? '';
  const file = merge(lesson?.scenario, { files: { 'greeter.ts': varying } });

  const arrivals = (variant: string | null, of = file) => rowsOf(runFile(of, { variant })).map(({ startedMs }) => startedMs);
  const work = (variant: string | null, of = file) =>
    new Map(
      recordsOf(runFile(of, { variant }), RecordKind.workStarted, 'greeter').map((each) => [each.request, each.value - each.timeMicros]),
    );

  it('has the same arrivals', () => {
    expect(arrivals('queue')).toEqual(arrivals(null));
    expect(arrivals(null).length).toBeGreaterThan(600);
  });

  it('has the same work for the same request, although they are served at other times and in another order', () => {
    const [called, sent] = [work(null), work('queue')];
    const both = [...called].filter(([request]) => sent.has(request));
    expect(both.length).toBeGreaterThan(600);
    expect(both.map(([request]) => sent.get(request))).toEqual(both.map(([, micros]) => micros));
    expect(new Set(called.values()).size).toBeGreaterThan(600);
  });

  it('keeps the arrivals when a handler is edited, and the work when the arrivals are', () => {
    const edited = merge(file, {
      files: { 'greeter.ts': varying.replace('return {', `ctx.random(); await ctx.work(uniform('1ms', '9ms')); return {`) },
    });
    expect(arrivals(null, edited)).toEqual(arrivals(null));
    const slower = work(null, merge(file, { components: { client: { arrivals: { poisson: '3/s' } } } }));
    const before = work(null);
    expect(slower.size).toBeGreaterThan(100);
    expect([...slower.values()]).toEqual([...slower.keys()].map((request) => before.get(request)));
  });

  it('keeps the delays of a link when another link is changed', () => {
    const delayed = (delay: string) =>
      merge(file, {
        variants: {
          queue: {
            links: [
              { from: 'client', to: 'hellos', delay },
              { from: 'hellos', to: 'greeter', delay: { exponential: '20ms' } },
              { from: 'greeter', to: 'replies' },
              { from: 'replies', to: 'client' },
            ],
          },
        },
      });
    const delays = (of: unknown) => {
      const lane = runFile(of, { variant: 'queue' });
      const place = lane.places.findIndex((each) => each.kind === 'link' && each.from === 'hellos' && each.way === 'forth');
      return lane.chunks.flatMap(({ count, kind, place: places, time, value }) =>
        Array.from({ length: count }, (_, at) => at).flatMap((at) =>
          kind[at] === RecordKind.messageSent && places[at] === place ? [value[at]! - time[at]!] : [],
        ),
      );
    };
    const [near, far] = [delays(delayed('1ms')), delays(delayed('50ms'))];
    expect(near.slice(0, 500)).toEqual(far.slice(0, 500));
    expect(near.length).toBeGreaterThan(500);
  });
});

describe('the work that a scenario gives', () => {
  const file = {
    version: 1,
    duration: '20s',
    components: {
      client: { kind: 'client', arrivals: { poisson: '20/s' }, handler: 'plain.ts' },
      server: { kind: 'service', workers: 3, work: { exponential: '80ms' } },
      other: { kind: 'service', work: { exponential: '1ms' } },
    },
    links: [
      { from: 'client', to: 'server' },
      { from: 'client', to: 'other' },
    ],
    files: {
      'plain.ts': `export async function onTick(ctx: Ctx) { await ctx.call('server') }`,
      'chatty.ts': `export async function onTick(ctx: Ctx) { await ctx.call('other'); await ctx.call('server') }`,
    },
    variants: { chatty: { components: { client: { handler: 'chatty.ts' } } } },
  };

  it('is the same for the same request, whatever else was sent before', () => {
    const work = (variant: string | null) =>
      new Map(
        recordsOf(runFile(file, { variant }), RecordKind.workStarted, 'server').map((each) => [each.request, each.value - each.timeMicros]),
      );
    const [plain, chatty] = [work(null), work('chatty')];
    const both = [...plain].filter(([request]) => chatty.has(request));
    expect(both.length).toBeGreaterThan(300);
    expect(both.map(([request]) => chatty.get(request))).toEqual(both.map(([, micros]) => micros));
  });

  it('is drawn anew for each visit of one request', () => {
    const twice = `export async function onTick(ctx: Ctx) { await ctx.call('server'); await ctx.call('server') }`;
    const records = recordsOf(runFile({ ...file, files: { ...file.files, 'plain.ts': twice } }), RecordKind.workStarted, 'server');
    expect(records.length).toBeGreaterThan(600);
    expect(new Set(records.map(({ value, timeMicros }) => value - timeMicros)).size).toBeGreaterThan(0.95 * records.length);
  });
});
