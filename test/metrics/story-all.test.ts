/** What is true of the story of every request of every scenario that ships. */
import { expect, it } from 'vitest';
import { RequestRows } from '../../src/metrics/request-rows';
import { atOnce } from '../../src/metrics/steps';
import { StoryReader, type Story } from '../../src/metrics/story';
import { partsOf } from '../../src/metrics/story-stand';
import { caseName, SHIPPED } from '../golden/shipped-scenarios';
import { runFile } from '../world/run-file';

/** So many of a run, evenly spread. */
const STORIES = 40;
const cases = SHIPPED.flatMap((scenario) => scenario.variants.map((variant) => [caseName(scenario, variant), scenario, variant] as const));

it.each(cases)('%s: parts add up, hops are in order, causes come before effects', { timeout: 60_000 }, (_, { file }, variant) => {
  const lane = runFile(file, { variant, seed: 1 });
  const rows = new RequestRows(lane);
  const reader = new StoryReader(lane, rows);
  const ids = atOnce(rows.orderedInSteps('start', 'all'));
  for (let at = 0; at < ids.length; at += Math.max(1, Math.floor(ids.length / STORIES))) hold(reader.story(ids[at]!)!);
});

function hold({ row, hops, path, end }: Story): void {
  const T = row.endedMicros - row.startedMicros;
  expect(row.parts.Tr + row.parts.Td + row.parts.Ts + row.parts.Tp).toBe(T);
  if (path) {
    expect(partsOf(path)).toEqual(row.parts);
    for (const [at, { fromMicros }] of path.entries()) expect(fromMicros).toBe(path[at - 1]?.toMicros ?? row.startedMicros);
  }
  expect(hops[0]).toMatchObject({ kind: 'started', fromMicros: row.startedMicros, cause: undefined });
  expect(end === undefined).toBe(row.outcome === 6);
  for (const [at, hop] of hops.entries()) {
    expect(hop.index).toBe(at);
    expect(hop.toMicros).toBeGreaterThanOrEqual(hop.fromMicros);
    expect(hop.fromMicros).toBeGreaterThanOrEqual(hops[at - 1]?.fromMicros ?? 0);
    if (at > 0) expect(hop.cause).toBeLessThan(at);
    for (const effect of hop.effects) expect(hops[effect]!.cause).toBe(at);
  }
}
