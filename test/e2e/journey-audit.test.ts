/** Somebody has a scenario audited, looks at what a finding is about, and goes back to their own work. */
import AxeBuilder from '@axe-core/playwright';
import { expect, it, vi } from 'vitest';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 120_000 });

const opened = siteInChromium();

it('an audit is asked for, stopped, made, shown at its instant, and old after an edit', async () => {
  const learner = await Learner.open(opened.browser, opened.site.url);
  const { page } = learner;
  const found: string[] = [];
  const look = async (what: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations)
        found.push(`${what}, ${colorScheme}: ${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`);
    }
  };
  const area = (name: string) => page.getByRole('navigation', { name: 'Areas' }).getByRole('button', { name });
  await learner.predict();
  await learner.ran();
  await area('Audit').click();
  const run = page.getByRole('button', { name: /^Run the four audits/ });
  await look('before');
  await run.click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('The audits were stopped before their end').waitFor();
  await run.click();
  await page.getByTestId('audit-security').waitFor({ timeout: 60_000 });
  await look('the report');
  const faults = page.getByTestId('audit-faults');
  await faults
    .getByText(/^Crash of greeter/)
    .first()
    .waitFor();
  await faults
    .getByRole('button', { name: /^Show me/ })
    .first()
    .click();
  await page.getByTestId('visit').waitFor();
  // The fault makes callers throw, so the run is not idle but has something to complain about; both lanes are there.
  await expect.poll(() => learner.timeSeconds()).toBeGreaterThan(0);
  await expect.poll(() => page.getByTestId('T').count()).toBe(2);
  await page.getByRole('button', { name: 'Back to my work' }).click();
  await learner.ran();
  await area('Audit').click();
  await expect.poll(() => page.getByTestId('old-report').count()).toBe(0);
  await area('Learn').click();
  await learner.turn('workers', 3);
  await learner.ran();
  await area('Audit').click();
  await page.getByTestId('old-report').waitFor();
  expect(found).toEqual([]);
  await learner.close();
});
