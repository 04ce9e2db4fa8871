/**
 * A run is a function of scenario, code and seed, today and tomorrow: the digests of every shipped scenario are kept in a file. The
 * browser is held to the same file by `test/e2e/digests.test.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { afterAll, describe, expect, it } from 'vitest';
import { Probes } from '../../src/handlers/probes';
import { runFile } from '../world/run-file';
import { caseName, GOLDEN_FILE, GOLDEN_SEEDS, HOW_TO_RENEW, SHIPPED, type Golden } from './shipped-scenarios';

const renews = process.env['UPDATE_GOLDEN'] === '1';
const golden = JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Golden;
const found: Record<string, readonly string[]> = {};

afterAll(async () => {
  if (!renews) return;
  const options = await resolveConfig(GOLDEN_FILE);
  writeFileSync(GOLDEN_FILE, await format(JSON.stringify(found), { ...options, parser: 'json', plugins: [] }));
});

const cases = SHIPPED.flatMap((scenario) => scenario.variants.map((variant) => [caseName(scenario, variant), scenario, variant] as const));

describe.each(cases)('%s', { timeout: 60_000 }, (name, { file }, variant) => {
  const digest = (seed: number, engine: 'specialised' | 'xstate' = 'specialised', keepTrace = false): string => {
    const { summary, stopped } = runFile(file, { variant, seed, engine, keepTrace });
    expect([summary.violations, stopped]).toEqual([[], undefined]);
    return summary.digest;
  };

  /** The plain run's, which is in the file and need not be executed once more. */
  const known = (seed: number): string => (renews ? digest(seed) : golden[name]![GOLDEN_SEEDS.indexOf(seed)]!);

  it('gives the digests it has always given, a different one for each seed', () => {
    found[name] = GOLDEN_SEEDS.map((seed) => digest(seed));
    expect(new Set(found[name]).size).toBe(GOLDEN_SEEDS.length);
    if (!renews) expect(found[name], HOW_TO_RENEW).toEqual(golden[name]);
  });

  it('gives the same digest when its trace is kept', () => {
    expect(digest(1, 'specialised', true)).toBe(known(1));
  });

  it('gives the same digest when it is watched what its variables hold', () => {
    const probes = new Probes({ untilMicros: Infinity, request: 1 });
    const { summary } = runFile(file, { variant, seed: 1, keepTrace: false, probes });
    expect(summary.digest).toBe(known(1));
    expect(probes.files.every(({ sites }) => sites.some(({ times }) => times > 0))).toBe(true);
  });

  it('gives the same digest on real XState', () => {
    expect(digest(1, 'xstate')).toBe(known(1));
  });
});

it('keeps no digests of scenarios that are gone', () => {
  if (!renews) expect(Object.keys(golden), HOW_TO_RENEW).toEqual(cases.map(([name]) => name));
});
