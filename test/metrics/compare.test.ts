import { describe, expect, test } from 'vitest';
import { compareInSteps, type Comparison, type Verdict } from '../../src/metrics/compare';
import { pairAt } from '../../src/metrics/compare-pairs';
import { CriticalPaths } from '../../src/metrics/critical-path';
import { rowTable } from '../../src/metrics/row-table';
import { SceneReader } from '../../src/metrics/scene';
import { Outcome } from '../../src/model/outcome';
import type { LaneResult } from '../../src/model/run-result';
import { SHIPPED } from '../golden/shipped-scenarios';
import { runFile } from '../world/run-file';

const laneOf = (scenario: string, variant: string | null): LaneResult =>
  runFile(SHIPPED.find(({ name }) => name === scenario)!.file, { variant });

function compare(a: LaneResult, b: LaneResult): Comparison {
  const steps = compareInSteps(new SceneReader(a), new SceneReader(b));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describe('the path of a request through a lane', () => {
  test.each([
    ['lesson greeter', null],
    ['lesson greeter', 'queue'],
    ['retry-storm', 'full jitter'],
    ['load-balancing', null],
    ['competing-consumers', null],
    ['circuit-breaker', null],
    ['event-loop', null],
    ['partition', 'timeout and retry'],
    ['saga', null],
    ['five-carriages', null],
    ['five-carriages', 'gRPC'],
    ['five-carriages', 'queue'],
    ['five-carriages', 'log'],
    ['http1-vs-http2', 'HTTP/1.1, six connections'],
    ['http1-vs-http2', 'HTTP/2'],
    ['http2-flow-control', 'window 2.5 MB'],
    ['head-of-line-blocking', null],
    ['header-compression', '20 requests a connection'],
    ['grpc-retries', 'hedged'],
  ])('%s, %s: steps follow each other from start to end, and nearly every request that ended well has them', (scenario, variant) => {
    const lane = laneOf(scenario, variant);
    const reader = new SceneReader(lane);
    const paths = new CriticalPaths(lane, reader.trace, reader.pairs, reader.requests);
    const rows = rowTable(lane);
    let [good, proved] = [0, 0];
    for (let row = 0; row < rows.count; row++) {
      const path = paths.of(rows, row);
      if (rows.outcome[row] !== Outcome.ok) expect(path).toBeUndefined();
      else good++;
      if (!path) continue;
      proved++;
      let at = rows.started[row]!;
      for (const { fromMicros, toMicros } of path) {
        expect(fromMicros).toBe(at);
        at = toMicros;
      }
      expect(at).toBe(rows.ended[row]!);
      const worked = path.reduce((sum, { act, fromMicros, toMicros }) => (act === 'work' ? sum + toMicros - fromMicros : sum), 0);
      expect(worked).toBe(rows.ts[row]!);
    }
    expect(proved).toBeGreaterThanOrEqual(0.98 * good);
  });
});

describe('where a difference arose', () => {
  const verdictsOf = ({ verdicts }: Comparison, kind: Verdict['kind']): readonly Verdict[] =>
    verdicts.filter((verdict) => verdict.kind === kind);

  test('a lane beside itself has no differences', () => {
    const comparison = compare(laneOf('mm1k', null), laneOf('mm1k', null));
    expect(new Set(comparison.verdicts.map(({ kind }) => kind))).toEqual(new Set(['same', 'bothFailed', 'open']));
  });

  test('with an event loop of one thread less, nearly all of the difference is waiting in the line of the service', () => {
    const [a, b] = [laneOf('event-loop', null), laneOf('event-loop', '1 blocking thread')];
    const comparison = compare(a, b);
    const acts = verdictsOf(comparison, 'act').flatMap((verdict) => (verdict.kind === 'act' ? [verdict] : []));
    const longer = acts.filter(
      ({ act, place, differenceMicros }) => act === 'line' && b.places[place]?.kind === 'service' && differenceMicros > 0,
    );
    expect(longer.length).toBeGreaterThan(0.9 * acts.length);
    comparison.verdicts.forEach((verdict, pair) => {
      if (verdict.kind !== 'act') return;
      const { a: one, b: other } = pairAt(comparison.pairs, a, pair);
      // No stay can differ by more than all that was waited, worked and travelled in both.
      expect(Math.abs(verdict.differenceMicros)).toBeLessThanOrEqual(Math.max(one.TMicros, other.TMicros));
    });
  });

  test('the reason points the way of the whole: a way that is no longer taken does not make a request longer', () => {
    const [a, b] = [laneOf('lesson greeter', null), laneOf('lesson greeter', 'queue')];
    const comparison = compare(a, b);
    const acts = comparison.verdicts.flatMap((verdict, pair) => (verdict.kind === 'act' ? [{ ...verdict, pair }] : []));
    expect(acts.length).toBeGreaterThan(500);
    for (const { pair, differenceMicros } of acts) {
      const { a: one, b: other } = pairAt(comparison.pairs, a, pair);
      expect(Math.sign(differenceMicros)).toBe(Math.sign(other.TMicros - one.TMicros));
    }
  });

  test('a request that ended well in one lane only says where it failed in the other', () => {
    const [a, b] = [laneOf('erlang-b', '5 erlangs'), laneOf('erlang-b', null)];
    const comparison = compare(a, b);
    const failed = verdictsOf(comparison, 'failed').flatMap((verdict) => (verdict.kind === 'failed' ? [verdict] : []));
    expect(failed.length).toBeGreaterThan(0);
    for (const { side, trouble, place } of failed) {
      expect(trouble).toBe('refused');
      expect((side === 'a' ? a : b).places[place!]).toMatchObject({ id: 'server' });
    }
  });

  test('an attempt that was lost and tried again is the reason, with the way on which it was lost', () => {
    const link = { from: 'client', to: 'server', delay: '10ms' };
    const file = {
      version: 1,
      title: 'Tried again',
      seed: 3,
      duration: '60s',
      components: {
        client: { kind: 'client', arrivals: { poisson: '4/s' }, handler: 'client.ts' },
        server: { kind: 'service', workers: 10, work: '20ms' },
      },
      links: [{ ...link, loss: 0.2 }],
      files: {
        'client.ts': `export async function onTick(ctx: Ctx) {
  await ctx.call('server', {}, { timeout: '200ms', retry: { attempts: 5, backoff: 'none' } })
}
`,
      },
      variants: { sure: { links: [{ ...link, loss: 0 }] } },
    };
    const [a, b] = [runFile(file), runFile(file, { variant: 'sure' })];
    const { verdicts, pairs } = compare(a, b);
    const slower = verdicts.flatMap((verdict, pair) => (verdict.kind === 'act' ? [{ ...verdict, pair }] : []));
    expect(slower.length).toBeGreaterThan(20);
    for (const { act, trouble, side, place, differenceMicros, pair } of slower) {
      expect([act, trouble, side]).toEqual(['vain', 'lost', 'a']);
      expect(a.places[place]).toMatchObject({ from: 'client', to: 'server' });
      // Without back-off the time in vain is all that differs.
      expect(differenceMicros).toBe(pairAt(pairs, a, pair).differenceMicros);
      expect(-differenceMicros % 200_000).toBe(0);
    }
  });
});
