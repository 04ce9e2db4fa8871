/** Where the system forces its few colours on the page: what is chosen can still be told, and what is nothing but colour is still there. */
import { expect, it, vi } from 'vitest';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 60_000 });

const opened = siteInChromium();

it('tells the chosen tab, the parts of the delay and the kinds of messages apart', async () => {
  const learner = await Learner.open(opened.browser, opened.site.url, { forcedColors: 'active' });
  const { page } = learner;
  await learner.predict();
  await learner.ran();
  await page.getByRole('slider', { name: 'Time', exact: true }).press('End');

  const background = (name: string): Promise<string> =>
    page.getByRole('tab', { name, exact: true }).evaluate((tab) => getComputedStyle(tab).backgroundColor);
  expect(await background('Space–time')).not.toBe(await background('Log'));

  const parts = page.getByTestId('formula-strip').locator('i:empty');
  const colours = await parts.evaluateAll((bars) => bars.slice(0, 4).map((bar) => getComputedStyle(bar).backgroundColor));
  expect(new Set(colours).size).toBe(4);

  const drawn = await page.locator('.space-time canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Map<string, number>();
    for (let at = 0; at < data.length; at += 4) {
      const colour = `${data[at]!} ${data[at + 1]!} ${data[at + 2]!}`;
      if (data[at + 3] === 255) seen.set(colour, (seen.get(colour) ?? 0) + 1);
    }
    return [...seen.values()].filter((pixels) => pixels > 100).length;
  });
  expect(drawn).toBeGreaterThan(3);
  await learner.close();
});
