/** What somebody reads stays where it is: opening something changes the page once, and nothing that comes later moves what is there. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

const opened = siteInChromium();

/** Less than what rounding to whole pixels does. */
const UNSEEN = 0.002;

interface Watched {
  shifts?: { readonly value: number; readonly what: string }[];
}

/** Runs in the page, before anything of it does. */
function watchShifts(): void {
  const shifts: { value: number; what: string }[] = [];
  (window as unknown as Watched).shifts = shifts;
  const rect = ({ x, y, width, height }: DOMRectReadOnly): string => [x, y, width, height].map(Math.round).join(' ');
  type Shift = PerformanceEntry & {
    value: number;
    sources: { node?: Node; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
  };
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries() as Shift[]) {
      const what = sources.map(
        ({ node, previousRect, currentRect }) =>
          `${node instanceof Element ? node.className.toString() : node?.nodeName}: ${rect(previousRect)} → ${rect(currentRect)}`,
      );
      shifts.push({ value, what: what.join('; ') });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** What has moved since it was last asked. */
async function moved(page: Page): Promise<readonly string[]> {
  await page.waitForTimeout(300); // an observer is told after the frame
  const shifts = await page.evaluate(() => (window as unknown as Watched).shifts!.splice(0));
  return shifts.filter(({ value }) => value >= UNSEEN).map(({ value, what }) => `${value.toFixed(4)} ${what}`);
}

it.each([
  ['a wide window', { width: 1366, height: 768 }],
  ['a phone', { width: 390, height: 844 }],
])('moves nothing while it loads, and opens an example in one change, in %s', async (_name, viewport) => {
  const context = await opened.browser.newContext({ viewport, locale: 'en-US' });
  const page = await context.newPage();
  await page.addInitScript(watchShifts);
  const learner = await Learner.openIn(page, opened.site.url);
  await page.getByRole('radio').first().waitFor();
  await learner.settled();
  expect(await moved(page)).toEqual([]);

  for (const example of ['http2-flow-control', 'load-balancing']) {
    await page.getByRole('button', { name: 'Examples' }).click();
    await page.locator(`[data-example="${example}"]`).scrollIntoViewIfNeeded();
    await page.waitForTimeout(500); // the pictures come into the cards
    expect(await moved(page), 'the gallery').toEqual([]);
    await page.locator(`[data-example="${example}"]`).click();
    await page.locator('#stage[data-status="idle"] canvas').first().waitFor();
    await page.getByTestId('first-play').click();
    await learner.settled();
    expect((await moved(page)).slice(1), example).toEqual([]);
  }
  await learner.close();
});
