/** What if, from here on: other parameters from an instant of the run on, by keyboard, and back again. */
import { expect, it, vi } from 'vitest';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 120_000 });
const opened = siteInChromium();

it('turns a knob at two instants: each change begins at its own, the past stays, and undo takes both back', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url, { viewport: { width: 1366, height: 768 } });
  const { page } = learner;
  await learner.seek(20);
  const past = await learner.numbers();
  await learner.seek(40);
  const before = await learner.numbers();

  await learner.seek(20);
  await page.getByTestId('knobs-live').check();
  const workers = page.getByTestId('knob-workers');
  const changes = page.getByRole('list', { name: 'Live changes' }).getByRole('listitem');
  await workers.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => changes.allInnerTexts()).toHaveLength(1);
  // The focus stays where it is while time goes on.
  await page.keyboard.press('.');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => changes.allInnerTexts()).toHaveLength(2);
  const [first, second] = await changes.allInnerTexts();
  expect(first).toContain('workers = 9');
  expect(second).toContain('workers = 8');

  await learner.ran();
  await learner.seek(20);
  expect(await learner.numbers(), 'what has been is not changed').toEqual(past);
  await learner.seek(40);
  expect(await learner.numbers()).not.toEqual(before);
  await page.keyboard.press('ControlOrMeta+Z');
  await page.keyboard.press('ControlOrMeta+Z');
  await expect.poll(() => changes.count()).toBe(0);
  await learner.ran();
  await expect.poll(async () => (await learner.numbers()).strip).toBe(before.strip);
  await learner.close();
});
