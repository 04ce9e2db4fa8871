/** In front of an audience, with a clicker and the keys: large, locked, step by step; and whatever the page can do by its name. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it, vi } from 'vitest';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 120_000 });
const opened = siteInChromium();

/** Chooses the best command for a few letters. */
async function command(page: Page, letters: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'Commands' }).fill(letters);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Commands' }).waitFor({ state: 'detached' });
}

it('presents a lesson on a projector: by clicker, locked, and back again', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url, { viewport: { width: 1366, height: 768 } });
  const { page } = learner;
  await page.locator('#stage').focus();
  await page.keyboard.press('p');
  const view = page.getByTestId('present');
  await view.waitFor();
  const heading = view.getByRole('heading', { level: 2 });
  const before = await heading.innerText();
  await page.keyboard.press('PageDown');
  await expect.poll(() => heading.innerText()).not.toBe(before);
  await page.keyboard.press('PageUp');
  await expect.poll(() => heading.innerText()).toBe(before);
  expect(await page.locator('.monaco-editor').count(), 'nothing to write in').toBe(0);
  expect(await page.getByTestId('knob-workers').count(), 'nothing to turn').toBe(0);
  await page.keyboard.press('u');
  await page.getByTestId('knob-workers').waitFor();
  await page.keyboard.press('u');
  await page.keyboard.press('ControlOrMeta+Z');
  await page.getByText('Nothing can be edited while you present.').first().waitFor();
  await page.keyboard.press('t');
  await heading.waitFor({ state: 'detached' });
  await page.keyboard.press('t');

  const sizes = await view.evaluate((node) =>
    [...node.querySelectorAll('.prose p, [data-testid="T"], figure svg text')].map((text) => {
      const style = getComputedStyle(text);
      const matrix = text instanceof SVGGraphicsElement ? text.getScreenCTM() : undefined;
      return parseFloat(style.fontSize) * (matrix?.a ?? 1);
    }),
  );
  expect(Math.min(...sizes), 'readable from the back row').toBeGreaterThanOrEqual(10);

  await page.keyboard.press('c');
  await view.getByRole('region', { name: 'Charts' }).getByRole('slider').first().waitFor();
  await page.keyboard.press('d');
  const diagram = view.getByRole('region', { name: 'Space–time' });
  await diagram.locator('canvas').first().waitFor();
  const plot = (await diagram.locator('canvas').first().boundingBox())!;
  await page.mouse.click(plot.x + plot.width / 2, plot.y + 12);
  const playheadPx = async (): Promise<number> => (await diagram.locator('.playhead').boundingBox())?.x ?? 0;
  await expect.poll(async () => Math.abs((await playheadPx()) - plot.x - plot.width / 2)).toBeLessThan(15);
  expect(await heading.count(), 'the text gives way').toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`)).toEqual([]);

  await page.keyboard.press('d');
  await diagram.waitFor({ state: 'detached' });
  await heading.waitFor();

  const at = await learner.timeSeconds();
  await page.locator('#stage').focus();
  await page.keyboard.press('Space');
  await expect.poll(() => learner.timeSeconds()).toBeGreaterThan(at);
  await page.keyboard.press('Escape');
  await view.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Share', exact: true }).waitFor();
  await learner.close();
});

it('finds whatever the page can do by a few letters', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url);
  const { page } = learner;
  await page.locator('.monaco-editor').first().click();
  await command(page, '12.5 s');
  expect(await learner.clock()).toContain('12.5');
  await command(page, 'show charts');
  expect(await page.getByRole('tab', { name: 'Charts' }).getAttribute('aria-selected')).toBe('true');
  await command(page, 'theme dark');
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.keyboard.press('ControlOrMeta+K');
  await page
    .getByRole('option', { name: /Theme: dark/ })
    .first()
    .waitFor();
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`)).toEqual([]);
  await page.keyboard.press('Escape');
  await command(page, 'examples');
  await page.getByRole('searchbox').fill('load bal');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await learner.ran();
  expect(await page.title()).toMatch(/balance/);
  await learner.close();
});

it('prints a sheet: the scenario, its numbers and its link, and no controls', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url, { colorScheme: 'dark' });
  const { page } = learner;
  await page.locator('#stage').focus();
  await page.keyboard.press('ControlOrMeta+P');
  const sheet = page.getByTestId('print-sheet');
  await sheet.getByText(/#v1/).waitFor();
  expect(await sheet.getByRole('row').count()).toBe(3);
  const lanes = sheet.getByTestId('print-lane');
  expect(await lanes.locator('h2').allTextContents()).toEqual(['Call and wait', 'Send through a queue']);
  // The second lane is drawn as it is, with its queues, and has its own numbers.
  expect(await lanes.locator('svg').evaluateAll((drawn) => drawn.map((svg) => svg.querySelectorAll('text').length))).toEqual([2, 4]);
  expect(await lanes.getByText(/^R = Ns \/ N = \d+ \/ \d+ = /).count()).toBe(2);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('button:visible').count()).toBe(0);
  expect(await sheet.evaluate((node) => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor])).toEqual([
    'rgb(0, 0, 0)',
    'rgb(255, 255, 255)',
  ]);
  await learner.close();
});
