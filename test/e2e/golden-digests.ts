/** A browser gives the digests that Node gives, through the real chain of page, frame and worker. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { caseName, GOLDEN_FILE, HOW_TO_RENEW, type Golden, type ShippedScenario } from '../golden/shipped-scenarios';
import type { Tab } from './site';

const golden = JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Golden;

/** @param tab shows the page of the sandbox tests; @param seeds the first so many of the golden ones */
export async function expectGoldenDigests(tab: Tab, scenario: ShippedScenario, seeds: readonly number[]): Promise<void> {
  const { file, variants } = scenario;
  const digests = await tab.evaluate(
    async ({ file, variants, seeds }) => {
      const found: [string | null, number, string, readonly string[]][] = [];
      const reply = await window.sandbox.seeds({ file, variants, seeds }, (variant, seed, { digest, violations }) =>
        found.push([variant, seed, digest, violations]),
      );
      return { kind: reply.kind, found };
    },
    { file, variants, seeds },
  );
  expect([scenario.name, digests.kind]).toEqual([scenario.name, 'finished']);
  expect(digests.found.flatMap(([, , , violations]) => violations)).toEqual([]);
  for (const variant of variants) {
    const own = new Map(digests.found.filter(([of]) => of === variant).map(([, seed, digest]) => [seed, digest]));
    const name = caseName(scenario, variant);
    expect([name, ...seeds.map((seed) => own.get(seed))], HOW_TO_RENEW).toEqual([name, ...golden[name]!.slice(0, seeds.length)]);
  }
}
