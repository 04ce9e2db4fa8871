/** Room for words: a language a good third longer than English at 1366 × 768, and English and Chinese at 200 % zoom of the same screen. */
import { expect, it, vi } from 'vitest';
import { layoutFaults } from './layout-faults';
import { Learner } from './learner';
import { longWords, speakLongWords, wordsOf } from './long-words';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 120_000 });

const opened = siteInChromium();

it.each([
  { what: 'long words', words: longWords, locale: 'zh-CN', viewport: { width: 1366, height: 768 } },
  { what: '200 % zoom in English', words: wordsOf('en'), locale: 'en-US', viewport: { width: 683, height: 384 } },
  { what: '200 % zoom in Chinese', words: wordsOf('zh'), locale: 'zh-CN', viewport: { width: 683, height: 384 } },
])('$what: nothing is cut off, covered or out of reach', async ({ words, locale, viewport }) => {
  const context = await opened.browser.newContext({ viewport, locale, serviceWorkers: 'block' });
  if (words === longWords) await speakLongWords(context);
  const learner = await Learner.openIn(await context.newPage(), opened.site.url);
  const { page } = learner;
  const narrow = viewport.width < 760;
  const found: string[] = [];
  const look = async (what: string): Promise<void> => {
    await learner.settled();
    for (const fault of await page.evaluate(layoutFaults)) found.push(`${what}: ${fault}`);
  };
  const said = (key: string): string => words[key] ?? key;
  const button = (key: string) => page.getByRole('button', { name: said(key), exact: true }).locator('visible=true');
  const dialog = page.getByRole('dialog');
  const pane = async (key: string): Promise<void> => {
    const panes = page.getByRole('navigation', { name: said('shell.panes') });
    if (narrow) await panes.getByRole('button', { name: said(key), exact: true }).click();
  };
  const closed = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  };

  await page.getByRole('radio').nth(2).check();
  await look('the question');
  await button('lesson.commit').click();
  await pane('shell.paneStage');
  await learner.ran();
  await page.getByRole('slider', { name: said('timeline.position'), exact: true }).fill(String(30e6));
  await look('the run');
  await pane('shell.paneTimeline');
  for (const tab of await page
    .getByRole('tablist', { name: said('shell.timeline') })
    .getByRole('tab')
    .all()) {
    await tab.click();
    await page.waitForTimeout(100);
    await look(`the tab ${await tab.innerText()}`);
  }
  await pane('shell.paneCode');
  await look('the code');
  await button('shell.share').click();
  await page.getByTestId('share-link').waitFor();
  await look('the share dialog');
  await closed();
  await page.keyboard.press('ControlOrMeta+K');
  await dialog.getByRole('option').first().waitFor();
  await look('the commands');
  await closed();
  await button('shell.examples').click();
  await dialog.getByRole('searchbox').waitFor();
  await look('the gallery');
  await closed();
  await pane('shell.paneStage');
  await page.locator('#stage').focus();
  await page.keyboard.press('p');
  await page.getByTestId('present').waitFor();
  await look('the presenter');
  await page.keyboard.press('Escape');
  await button('shell.areaBuild').click();
  const part = page
    .getByRole('complementary', { name: said('build.parts') })
    .getByRole('button', { name: 'greeter', exact: true })
    .first();
  await pane('shell.paneParts');
  await part.waitFor();
  await pane('shell.paneStage');
  await look('the workbench');
  await pane('shell.paneParts');
  await part.click();
  await page.locator('[data-field="workers"]').first().waitFor();
  await look('the inspector');
  await pane('shell.paneParts');
  await look('the parts');
  await button('shell.areaAudit').click();
  await page.getByTestId('audit').waitFor();
  await look('the audit');
  expect(found).toEqual([]);
  await learner.close();
});
