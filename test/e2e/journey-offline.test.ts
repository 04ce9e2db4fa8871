/** After one visit the page needs no network: the editor, a run and a reload work with the server gone. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { launchChromium } from './browser';
import { Learner, serveBuild } from './learner';

vi.setConfig({ testTimeout: 90_000 });
const SLOW = { timeout: 30_000 };
const start = findLesson('greeter')?.start['greeter.ts'] ?? '';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('works from a sub-path without a server, including the editor, its types and a run', async () => {
  const site = await serveBuild();
  const learner = await Learner.open(browser, site.url);
  const { page } = learner;
  await page.getByTestId('offline-ready').waitFor(SLOW);
  await site.stop();
  await page.goto('about:blank');
  await page.goto(site.url);
  await learner.predict();
  await learner.ran();
  await learner.editorReady();
  await learner.seek(60);
  const before = await learner.numbers();
  await learner.write(start.replace('seconds(1)', 'seconds(0.5)'));
  await learner.otherNumbers(before);
  await expect.poll(async () => parseFloat((await learner.numbers()).Q[0] ?? ''), SLOW).toBeGreaterThan(11);
  await learner.write(start.replace('seconds(1)', 'seconds("one")'));
  await page.locator('.squiggly-error').first().waitFor(SLOW);
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('button', { name: '分享' }).click();
  await expect.poll(() => page.getByTestId('share-link').inputValue(), SLOW).toMatch(/#v1/);
  await learner.close();
});
