import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import type { LaneResult } from '../../src/model/run-result';
import type { Engine } from '../../src/world/driver';
import { prepareRun, startRun } from '../../src/world/run';

const evaluate = (parameters: string[], code: string) => new Function(...parameters, code) as () => unknown;
const LESSON = new URL('../../lessons/01-greeter/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, LESSON), 'utf8');
const files = Object.fromEntries(['caller.ts', 'greeter.ts', 'sender.ts'].map((name) => [name, read(`start/${name}`)]));
const greeter: unknown = { ...(JSON.parse(read('lesson.json')) as { scenario: object }).scenario, files };

function runGreeter(variant: string | null, engine: Engine, keepTrace = true): LaneResult {
  const prepared = prepareRun(greeter, { variant, seed: 7, evaluate });
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const run = startRun(prepared.value, { evaluate, engine, keepTrace });
  while (run.advance(1_000));
  return run.finish();
}

describe.each([
  { variant: null, meanMs: 5672.143514 },
  { variant: 'queue', meanMs: 5712.143514 },
])('the greeter, variant $variant', ({ variant, meanMs }) => {
  it('gives the numbers of the article, and breaks no invariant', () => {
    const { summary } = runGreeter(variant, 'specialised');
    expect(summary.requests).toMatchObject({ N: 737, Ns: 588 });
    expect(summary.requests.T.meanMs).toBeCloseTo(meanMs, 6);
    expect(summary.violations).toEqual([]);
  });

  it('runs the same whatever ran before, in both engines, with and without its trace', () => {
    const first = runGreeter(variant, 'specialised').summary.digest;
    expect(runGreeter(variant, 'specialised').summary.digest).toBe(first);
    expect(runGreeter(variant, 'specialised', false).summary.digest).toBe(first);
    expect(runGreeter(variant, 'xstate').summary.digest).toBe(first);
  });

  it('writes no record when a way of a link changes its state: the messages on it tell', () => {
    const lane = runGreeter(variant, 'specialised');
    const places = new Set<string>();
    for (const chunk of lane.chunks) {
      for (let at = 0; at < chunk.count; at++) if (chunk.kind[at] === 20) places.add(lane.places[chunk.place[at]!]!.kind);
    }
    expect(places).toContain('service');
    expect(places).not.toContain('link');
  });
});
