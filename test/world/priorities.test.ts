/** Services that take the highest priority first. */
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../src/model/read-scenario';
import type { LaneResult } from '../../src/model/run-result';
import { runFile } from './run-file';

type Json = Record<string, unknown>;

const client = (priority: number, perSecond: number): Json => ({
  kind: 'client',
  arrivals: { poisson: `${perSecond}/s` },
  calls: 'server',
  priority,
});

function twoClasses(server: Json): Json {
  return {
    version: 1,
    seed: 7,
    duration: '10000s',
    warmup: '500s',
    components: {
      people: client(9, 4),
      batch: client(0, 4),
      server: { kind: 'service', work: { exponential: '100ms' }, ...server },
    },
    links: ['people', 'batch'].map((from) => ({ from, to: 'server' })),
  };
}

/** Mean time from start to end of the decided requests of a client, in ms. */
function meanOf(lane: LaneResult, place: number): number {
  let [sum, count] = [0, 0];
  for (const chunk of lane.requests) {
    for (let at = 0; at < chunk.count; at++) {
      if (chunk.client[at] !== place || chunk.outcome[at] !== 0 || chunk.started[at]! < lane.warmupMicros) continue;
      sum += chunk.ended[at]! - chunk.started[at]!;
      count++;
    }
  }
  return sum / count / 1_000;
}

describe('a line by priority', () => {
  it('makes the wait of each class that of A. Cobham (Operations Research 2, 1954), without preemption', () => {
    const lane = runFile(twoClasses({ discipline: 'priority' }));
    expect(lane.summary.violations).toEqual([]);
    // W₀ = λ E[S²] / 2 = 80 ms; ρ₁ = 0.4, ρ = 0.8.
    const [high, low] = [80 / 0.6 + 100, 80 / (0.6 * 0.2) + 100];
    expect(Math.abs(meanOf(lane, 0) / high - 1)).toBeLessThan(0.03);
    expect(Math.abs(meanOf(lane, 1) / low - 1)).toBeLessThan(0.06);
  });

  it('conserves the work: over all the wait is that of first come, first served', () => {
    const [byPriority, inOrder] = [{ discipline: 'priority' }, {}].map(
      (server) => runFile(twoClasses(server), { keepTrace: false }).summary,
    );
    expect(byPriority!.requests.T.meanMs! / inOrder!.requests.T.meanMs!).toBeCloseTo(1, 2);
    expect(byPriority!.violations).toEqual([]);
  });

  it('is for blocking threads: an event loop has one line', () => {
    const read = readScenario(twoClasses({ discipline: 'priority', threads: 'event-loop' }), null);
    expect(read.ok ? [] : read.problems.map(({ path, key }) => `${path} ${key}`)).toEqual([
      'components.server.discipline problem.eventLoopDiscipline',
    ]);
  });
});
