/** Who points at a variable in the code reads what it held at the playhead; while nothing true can be said, nothing is said. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Learner, report } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 30_000 });
const SLOW = { timeout: 15_000 };

const opened = siteInChromium();
let learner: Learner;

beforeAll(async () => {
  learner = await Learner.ready(opened.browser, opened.site.url);
});
afterAll(() => learner.close());

/** What is said at the cursor, after it was put on the first `name` of `greet` and F4 pressed. */
async function saidAtName(): Promise<string> {
  const { page } = learner;
  await page.keyboard.press('Escape');
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+Home');
  for (const key of ['ArrowDown', 'End', 'Home', ...Array<string>(22).fill('ArrowRight')]) await page.keyboard.press(key);
  await page.keyboard.press('F4');
  const hover = page.locator('.monaco-hover:visible');
  await hover.getByText('name: string').first().waitFor(SLOW);
  return (await hover.allInnerTexts()).join('\n').replace(/\s+/g, ' ');
}

it('says the value, when, for which request and how often', async () => {
  await learner.page.getByRole('tab', { name: /greeter\.ts/ }).click();
  await learner.seek(12);
  await learner.longest();
  await expect.poll(saidAtName, SLOW).toMatch(/name = "World" at 1[12]\.\d+ s in greeter, for request \d+ Set \d+ times until 12\.00 s/);
  report('values: longest gap of the page meanwhile', await learner.longest());
  await learner.seek(0);
  await expect.poll(saidAtName, SLOW).toMatch(/Not reached before 0\.00 s/);
});

it('says nothing of values for code that has not run', async () => {
  const { page } = learner;
  const start = await page.locator('.monaco-editor .view-lines').first().innerText();
  expect(start).toContain('greet');
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' )(');
  await page.getByTestId('last-good').waitFor(SLOW);
  expect(await saidAtName()).not.toMatch(/Not reached|World/);
});
