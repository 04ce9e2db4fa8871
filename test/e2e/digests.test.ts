/** Chromium gives the digests that Node gives, for every shipped scenario: through the real chain of page, frame and worker. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GOLDEN_SEEDS, SHIPPED } from '../golden/shipped-scenarios';
import { collectFaults, launchChromium } from './browser';
import { expectGoldenDigests } from './golden-digests';
import { buildSandboxSite } from './sandbox-site';
import { startWitness, type Witness } from './witness';

let browser: Browser;
let witness: Witness;
let page: Page;
let faults: readonly string[];

beforeAll(async () => {
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
  await expectGoldenDigests(page, scenario, GOLDEN_SEEDS);
  expect(faults).toEqual([]);
});
