/** Why was this request slow? Found by keys alone: from the list to the sentence, and from cause to cause through the run. */
import AxeBuilder from '@axe-core/playwright';
import { expect, it, vi } from 'vitest';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 60_000 });

const opened = siteInChromium();

it('finds the cause of a slow request', async () => {
  const learner = await Learner.open(opened.browser, opened.site.url);
  const { page } = learner;
  await page.getByRole('button', { name: 'Examples' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^People before batches/ })
    .press('Enter');
  await learner.ran();
  await page.getByRole('tab', { name: 'Space–time' }).focus();
  for (let press = 0; press < 5; press++) await page.keyboard.press('ArrowRight');
  const list = page.getByRole('listbox', { name: 'Requests of this lane' });
  await list.focus();
  await page.keyboard.press('Home');
  const sentence = page.getByTestId('story-headline');
  await expect
    .poll(() => sentence.innerText())
    .toMatch(/^Request \d+ took [\d.]+ m?s: [\d.]+ m?s of it waiting in the line of \w+ with \d+ others?\.$/);

  // From the end back to the line that it waited in.
  const current = page.getByTestId('story').locator('[aria-current=step]');
  const step = (): Promise<string> => current.innerText({ timeout: 200 }).catch(() => '');
  for (let press = 0; press < 12 && !/waits in line with/.test(await step()); press++) {
    const [before, clock] = [await step(), await learner.clock()];
    await page.keyboard.press('[');
    await expect.poll(step, { timeout: 20_000 }).not.toBe(before);
    if (press === 0) await expect.poll(() => learner.clock()).not.toBe(clock);
  }
  expect(await current.innerText()).toMatch(/waits in line with \d+ others?/);
  expect(await learner.timeSeconds()).toBeGreaterThan(0);

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    const { violations } = await new AxeBuilder({ page }).include('#timeline-panel').analyze();
    expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`)).toEqual(
      [],
    );
  }
  await learner.close();
});
