/** Which requests did a variant help, and why? Sorted, chosen by keys, taken along as CSV; and what a run observed, in its own tab. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, it, vi } from 'vitest';
import { filled } from '../../src/i18n/filled';
import connectionWords from '../../src/i18n/en/connections.json';
import { SceneReader } from '../../src/metrics/scene';
import { connectionStrips } from '../../src/ui/stage/connection-strips';
import { connectionSentences } from '../../src/ui/stage/connection-words';
import { runFile } from '../world/run-file';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 60_000 });

const opened = siteInChromium();
const english: Readonly<Record<string, string>> = connectionWords;

it('compares two lanes request by request, and shows what was observed', async () => {
  const learner = await Learner.open(opened.browser, opened.site.url);
  const { page } = learner;
  const example = async (name: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Examples' }).click();
    await page.getByRole('dialog').getByRole('button', { name }).press('Enter');
    await expect.poll(() => page.title()).toMatch(name);
    await learner.ran();
  };
  const found: string[] = [];
  const look = async (what: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      const { violations } = await new AxeBuilder({ page }).include('#timeline-panel').analyze();
      for (const { id, nodes } of violations)
        found.push(`${what}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`);
    }
  };

  await example(/^Hedged requests/);
  await page.getByRole('tab', { name: 'Compare' }).click();
  const table = page.getByTestId('compare-table');
  const header = (name: string) => table.getByRole('columnheader', { name });
  const sort = (name: string) => header(name).getByRole('button').press('Enter');
  await sort('Start');
  await expect.poll(() => header('Start').getAttribute('aria-sort')).toBe('ascending');
  await sort('B − A');
  await expect.poll(() => header('B − A').getAttribute('aria-sort')).toBe('descending');

  // The second row, as the keys reach it: from the first, to the last, back, and down by one.
  const row = (index: number) => table.locator(`button[data-row="${index}"]`);
  const isFocused = (index: number) => row(index).evaluate((button) => button === document.activeElement);
  await row(0).focus();
  await page.keyboard.press('End');
  await expect.poll(() => row(0).count()).toBe(0);
  await expect.poll(() => page.evaluate(() => Number(document.activeElement?.getAttribute('data-row') ?? 0))).toBeGreaterThan(1);
  await page.keyboard.press('Home');
  await expect.poll(() => row(0).count()).toBe(1);
  await expect.poll(() => isFocused(0)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => isFocused(1)).toBe(true);
  await page.keyboard.press('Enter');
  await expect.poll(() => row(1).getAttribute('aria-pressed')).toBe('true');
  await look('Compare');

  await page.getByRole('button', { name: 'Copy as CSV' }).press('Enter');
  await page.getByText(/^Copied: \d+ rows$/).waitFor();
  const rows = numbersOf(await page.evaluate(() => navigator.clipboard.readText()));
  expect(rows).toHaveLength(Number(/\d+/.exec(await page.getByText(/^Copied: \d+ rows$/).innerText())![0]));
  expect(await row(1).innerText()).toBe(`${rows[1]!['client']} ${rows[1]!['n']}`);
  const differences = rows.map(({ differenceMs }) => Math.abs(Number(differenceMs)));
  expect(differences).toEqual(differences.toSorted((one, other) => other - one));
  expect(differences[0]).toBeGreaterThan(0);

  // The lane that was looked at is A, and the story is that of its request.
  await page.getByRole('tab', { name: 'Requests' }).click();
  await expect.poll(() => page.getByTestId('story-headline').innerText()).toMatch(new RegExp(`^Request ${rows[1]!['requestA']} took `));

  await example(/^Observed orders/);
  expect(await page.getByRole('tab', { name: 'Compare' }).count()).toBe(0);
  await page.getByRole('tab', { name: 'Observed' }).click();
  await page.getByTestId('observed').getByRole('rowheader', { name: 'backlog' }).waitFor();
  await look('Observed');

  // What went wrong meanwhile, in the diagram: its name leads to the instant at which it begins.
  await page.getByRole('tab', { name: 'Space–time' }).click();
  await page.getByRole('group', { name: 'Space–time diagram' }).press('0');
  await page
    .getByRole('group', { name: 'What goes wrong in Base' })
    .getByRole('button', { name: 'pause stock, 20 s to 30 s' })
    .press('Enter');
  expect(await learner.clock()).toMatch(/^20/);
  await look('Space–time');

  // The same above each chart.
  await learner.seek(0);
  await page.getByRole('tab', { name: 'Charts' }).click();
  const fault = page.getByRole('group', { name: /^Faults of / }).getByRole('button', { name: 'pause stock, 20 s to 30 s' });
  await fault.first().press('Enter');
  expect(await learner.clock()).toMatch(/^20/);
  await look('Charts');
  expect(found).toEqual([]);

  // What stands beside the links of HTTP/1.1 and HTTP/2 is how their connections stand in the simulator.
  await example(/^One connection, many streams/);
  // While the server works on all of them, nothing changes for longer than a step of the slider takes.
  await learner.seek(3.075);
  const strips = page.getByTestId('connection-strip').locator('title');
  await expect.poll(() => strips.allTextContents()).toEqual(stripsInNode('http1-vs-http2', 3_075_000));
  await learner.close();
});

/** The sentences of the strips of every lane at an instant, from a run in this process. */
function stripsInNode(name: string, timeMicros: number): readonly string[] {
  const file = JSON.parse(readFileSync(`public/scenarios/${name}.json`, 'utf8')) as { readonly variants: object };
  const t = (key: string, params: Readonly<Record<string, string | number>> = {}): string =>
    filled((params['count'] === 1 ? english[`${key}_one`] : english[`${key}_other`]) ?? english[key]!, params);
  return [null, ...Object.keys(file.variants)].flatMap((variant) => {
    const lane = runFile(file, { variant });
    return connectionStrips(lane, new SceneReader(lane).at(timeMicros)).map((strip) => connectionSentences(strip, t));
  });
}

/** The rows of the CSV by the names in its head. Its sentence, which alone may hold commas, stands last and is left out. */
function numbersOf(csv: string): readonly Readonly<Record<string, string>>[] {
  const [head, ...rows] = csv.trimEnd().split('\r\n');
  const names = head!.split(',').slice(0, -1);
  return rows.map((row) => Object.fromEntries(row.split(',', names.length).map((value, index) => [names[index]!, value])));
}
