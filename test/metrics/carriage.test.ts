/** What requests over connections waited for, in runs whose waits can be reckoned. */
import { describe, expect, it, test } from 'vitest';
import { CriticalPaths, type PathAct, type PathStep } from '../../src/metrics/critical-path';
import { RequestRows } from '../../src/metrics/request-rows';
import { rowTable, type RowTable } from '../../src/metrics/row-table';
import { SceneReader } from '../../src/metrics/scene';
import { atOnce } from '../../src/metrics/steps';
import { StoryReader } from '../../src/metrics/story';
import { nextEffect, previousCause } from '../../src/metrics/story-walk';
import { Outcome } from '../../src/model/outcome';
import type { LaneResult } from '../../src/model/run-result';
import { SHIPPED } from '../golden/shipped-scenarios';
import { runFile } from '../world/run-file';

const laneOf = (scenario: string, variant: string | null): LaneResult =>
  runFile(SHIPPED.find(({ name }) => name === scenario)!.file, { variant });

interface Pathed {
  readonly rows: RowTable;
  readonly paths: readonly { readonly row: number; readonly path: readonly PathStep[] }[];
}

/** Of the requests that ended well, in the order in which they started. */
function pathsOf(lane: LaneResult): Pathed {
  const reader = new SceneReader(lane);
  const found = new CriticalPaths(lane, reader.trace, reader.pairs, reader.requests);
  const rows = rowTable(lane);
  const order = Array.from({ length: rows.count }, (_, row) => row).sort((one, other) => rows.request[one]! - rows.request[other]!);
  return { rows, paths: order.flatMap((row) => (rows.outcome[row] === Outcome.ok ? [{ row, path: found.of(rows, row)! }] : [])) };
}

const spentOn = (path: readonly PathStep[], ...acts: readonly PathAct[]): number =>
  path.reduce((sum, { act, fromMicros, toMicros }) => (acts.includes(act) ? sum + toMicros - fromMicros : sum), 0);
const actsOf = (path: readonly PathStep[]): readonly PathAct[] => path.map(({ act }) => act);

/** A burst of requests at once over one link with 50 ms of delay each way, and work of 30 ms. */
const burst = (link: object): LaneResult =>
  runFile({
    version: 1,
    title: 'Burst',
    duration: '5s',
    components: {
      client: { kind: 'client', arrivals: { bursts: { size: 3, every: '2s' } }, calls: 'server' },
      server: { kind: 'service', workers: 10, work: '30ms' },
    },
    links: [{ from: 'client', to: 'server', delay: '50ms', ...link }],
  });

describe('what a request over a connection waited for', () => {
  it('the first of HTTP/1.1: both handshakes, a round trip each; the next: until the one before is done', () => {
    const { paths } = pathsOf(burst({ tls: 'tls', protocol: { http1: { connections: 1 } } }));
    expect(actsOf(paths[0]!.path)).toEqual(['tcp', 'tls', 'travel', 'work', 'travel']);
    expect([spentOn(paths[0]!.path, 'tcp'), spentOn(paths[0]!.path, 'tls')]).toEqual([100_000, 100_000]);
    // A connection takes one request at a time: 50 + 30 + 50 ms each.
    expect(actsOf(paths[1]!.path)).toEqual(['freeConnection', 'travel', 'work', 'travel']);
    expect(paths.slice(1, 3).map(({ path }) => spentOn(path, 'freeConnection'))).toEqual([330_000, 460_000]);
    // The connection stays open: whoever comes later to one that is idle waits for nothing.
    expect(actsOf(paths[3]!.path)).toEqual(['travel', 'work', 'travel']);
  });

  it('as many connections as requests: each waits for its own handshake', () => {
    const { paths } = pathsOf(burst({ protocol: { http1: { connections: 3 } } }));
    for (const { path } of paths.slice(0, 3)) expect([actsOf(path)[0], spentOn(path, 'tcp')]).toEqual(['tcp', 100_000]);
  });

  it('HTTP/2: all for one handshake, and later for a free stream', () => {
    const { paths } = pathsOf(burst({ protocol: { http2: { maxConcurrentStreams: 1 } } }));
    // Before it has heard of the limit, a client opens as many as it likes: those that are refused have gone in vain.
    expect(paths.slice(0, 3).map(({ path }) => spentOn(path, 'tcp'))).toEqual([100_000, 100_000, 100_000]);
    expect(paths.slice(0, 3).map(({ path }) => spentOn(path, 'vain'))).toEqual([0, 100_000, 100_000]);
    const second = paths.slice(3, 6).map(({ path }) => path);
    expect(second.map((path) => spentOn(path, 'freeStream'))).toEqual([0, 130_000, 260_000]);
    expect(second.flatMap(actsOf)).not.toContain('tcp');
  });

  it('5 MB through a window of 65,535 B: a round trip for each window at least, and no longer on the way than the bytes take', () => {
    const { paths } = pathsOf(laneOf('http2-flow-control', null));
    const { path } = paths[1]!;
    expect(new Set(actsOf(path))).toEqual(new Set(['travel', 'work', 'connectionWindow']));
    // While a window of bytes is on the wire, for 5 ms, nothing waits.
    expect(spentOn(path, 'connectionWindow')).toBeGreaterThan(Math.floor(5_000_000 / 65_535) * 95_000 - 100_000);
    // 100 Mbit/s and 50 ms each way: 400 ms on the wire, 100 ms of delay; frames and requests add less than 1 %.
    expect(spentOn(path, 'travel')).toBeGreaterThanOrEqual(500_000);
    expect(spentOn(path, 'travel')).toBeLessThan(505_000);
  });

  test.each(['five-carriages', 'head-of-line-blocking'])('%s: all waiting under way is for a lost segment, to the microsecond', (name) => {
    const { paths, rows } = pathsOf(laneOf(name, null));
    expect(paths.some(({ path }) => actsOf(path).includes('resent'))).toBe(true);
    for (const { row, path } of paths) expect(spentOn(path, 'travel')).toBe(rows.tr[row]! + rows.tp[row]!);
  });

  it('where nothing is lost, nothing is held up', () => {
    const { paths } = pathsOf(laneOf('head-of-line-blocking', 'nothing lost'));
    expect(new Set(paths.flatMap(({ path }) => actsOf(path)))).toEqual(new Set(['tcp', 'travel', 'work']));
  });
});

describe('the story of a request over a connection', () => {
  test.each([
    ['http1-vs-http2', null],
    ['http1-vs-http2', 'HTTP/1.1, six connections'],
    ['http1-vs-http2', 'HTTP/2'],
    ['http2-flow-control', 'window 2.5 MB'],
    ['head-of-line-blocking', null],
    ['header-compression', null],
  ])('%s, %s: nearly every one that ended well says how its T came about', (name, variant) => {
    const lane = laneOf(name, variant);
    const rows = new RequestRows(lane);
    const reader = new StoryReader(lane, rows);
    const stories = atOnce(rows.orderedInSteps('start', 'all')).slice(0, 60);
    const good = Array.from(stories, (id) => reader.story(id)!).filter(({ row }) => row.outcome === Outcome.ok);
    expect(good.filter(({ path }) => path).length).toBeGreaterThanOrEqual(0.95 * good.length);
  });

  it('leads from cause to cause over its waits, and back', () => {
    const lane = burst({ tls: 'tls', protocol: { http1: { connections: 1 } } });
    const story = new StoryReader(lane, new RequestRows(lane)).story(1)!;
    const kinds: string[] = [];
    for (let hop = story.hops[story.end!]; hop; hop = previousCause(story, hop.fromMicros, hop.index)) {
      kinds.unshift(hop.kind);
      if (hop.index === 0) break;
    }
    expect(kinds).toEqual(['started', 'tcp', 'tls', 'flight', 'handling', 'work', 'flight', 'ended']);
    const forth: string[] = [];
    for (let hop = story.hops[0]; hop; hop = nextEffect(story, hop.fromMicros, hop.index)) {
      forth.push(hop.kind);
      if (hop.index === story.end) break;
    }
    expect(forth).toEqual(kinds);
  });

  it('a message that arrives late because of a lost segment has that as its cause', () => {
    const lane = laneOf('head-of-line-blocking', null);
    const rows = new RequestRows(lane);
    const reader = new StoryReader(lane, rows);
    for (const { hops, path } of Array.from(atOnce(rows.orderedInSteps('time', 'all')).slice(0, 200), (id) => reader.story(id)!)) {
      for (const { index, kind, fromMicros, toMicros } of path ? hops : []) {
        const spent = path!.reduce((sum, one) => (one.hop === index ? sum + one.toMicros - one.fromMicros : sum), 0);
        if (kind === 'resent') expect(spent).toBe(toMicros - fromMicros);
      }
    }
    const story = Array.from(atOnce(rows.orderedInSteps('time', 'all')).slice(0, 5), (id) => reader.story(id)!).find(({ path }) => path)!;
    const end = story.hops[story.end!]!;
    const held = story.hops[end.cause!]!;
    expect(held).toMatchObject({ kind: 'resent', part: 'Td' });
    expect(story.hops[held.cause!]).toMatchObject({ kind: 'flight', part: 'Tp' });
  });
});
