/** Chromium gives the digests that Node gives, for every shipped scenario: through the real chain of page, frame and worker. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caseName, GOLDEN_FILE, GOLDEN_SEEDS, HOW_TO_RENEW, SHIPPED, type Golden } from '../golden/shipped-scenarios';
import { collectFaults, launchChromium } from './browser';
import { buildSandboxSite } from './sandbox-site';
import { startWitness, type Witness } from './witness';

let browser: Browser;
let witness: Witness;
let page: Page;
let faults: readonly string[];
let golden: Golden;

beforeAll(async () => {
  golden = JSON.parse(await readFile(GOLDEN_FILE, 'utf8')) as Golden;
  browser = await launchChromium();
  witness = await startWitness(await buildSandboxSite());
  page = await browser.newPage();
  faults = collectFaults(page);
  await page.goto(witness.url);
});
afterAll(async () => {
  await browser.close();
  await witness.stop();
});

it.each(SHIPPED.map((scenario) => [scenario.name, scenario] as const))('%s', async (_name, scenario) => {
  const { file, variants } = scenario;
  const digests = await page.evaluate(
    async ({ file, variants, seeds }) => {
      const found: [string | null, number, string, readonly string[]][] = [];
      const reply = await window.sandbox.seeds({ file, variants, seeds }, (variant, seed, { digest, violations }) =>
        found.push([variant, seed, digest, violations]),
      );
      return { kind: reply.kind, found };
    },
    { file, variants, seeds: GOLDEN_SEEDS },
  );
  expect(digests.kind).toBe('finished');
  expect(digests.found.flatMap(([, , , violations]) => violations)).toEqual([]);
  for (const variant of variants) {
    const own = new Map(digests.found.filter(([of]) => of === variant).map(([, seed, digest]) => [seed, digest]));
    expect(
      GOLDEN_SEEDS.map((seed) => own.get(seed)),
      HOW_TO_RENEW,
    ).toEqual(golden[caseName(scenario, variant)]);
  }
  expect(faults).toEqual([]);
});
