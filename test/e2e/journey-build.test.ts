/** From an empty canvas to numbers: by mouse, and by keys alone; what is wrong is said, and nothing that was made is lost. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 120_000 });

const opened = siteInChromium();

async function atTheBench(options: Parameters<typeof Learner.open>[2] = {}): Promise<Learner> {
  const learner = await Learner.open(opened.browser, opened.site.url, options);
  const narrow = (options.viewport?.width ?? 1440) < 760;
  await learner.page.getByRole('button', { name: 'Build', exact: true }).locator('visible=true').click();
  if (narrow) await learner.page.getByRole('button', { name: 'Parts', exact: true }).click();
  await learner.page.getByRole('button', { name: 'New', exact: true }).click();
  return learner;
}

const card = (page: Page, id: string): Locator => page.locator(`.svelte-flow__node[data-id="${id}"]`);
const badges = (page: Page, id: string): Locator => card(page, id).locator('.badge');

async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`);
}

/** The middle of a component's knob on one side. */
async function knob(page: Page, id: string, side: string): Promise<{ x: number; y: number }> {
  await card(page, id).hover();
  const box = await card(page, id).locator(`.svelte-flow__handle-${side}`).boundingBox();
  return { x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 };
}

async function join(page: Page, from: string, to: string): Promise<void> {
  const start = await knob(page, from, 'right');
  const end = (await card(page, to).boundingBox())!;
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(end.x + 30, end.y + end.height / 2, { steps: 6 });
  await page.mouse.up();
}

describe('a scenario of one’s own', () => {
  it('is built by mouse, runs as it is built, says what is wrong and is there again after a reload', async () => {
    const learner = await atTheBench();
    const { page } = learner;
    for (const [index, kind] of ['client', 'service', 'store'].entries()) {
      await page.getByTestId(`add-${kind}`).dragTo(page.getByTestId('canvas'), { targetPosition: { x: 140 + index * 230, y: 200 } });
      await card(page, kind).waitFor();
    }
    // What was dropped stays under the hand, and keeps its place when the view is not asked to change.
    const [canvas, client] = [(await page.getByTestId('canvas').boundingBox())!, (await card(page, 'client').boundingBox())!];
    expect(Math.abs(client.x + client.width / 2 - canvas.x - 140)).toBeLessThan(3);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await expect.poll(async () => (await card(page, 'client').boundingBox())!.width).toBeLessThan(client.width * 0.9);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await expect.poll(async () => (await card(page, 'client').boundingBox())!.width).toBeGreaterThan(client.width * 0.95);
    await card(page, 'client').click();
    await card(page, 'service').click({ modifiers: ['Shift'] });
    await page.getByRole('heading', { name: '2 chosen' }).waitFor();
    await card(page, 'client').click(); // alone again
    await page.getByRole('heading', { name: 'Client', exact: true }).waitFor();
    await join(page, 'client', 'service');
    await badges(page, 'service').getByText('busy').waitFor();
    await join(page, 'store', 'service');
    await expect.poll(() => page.getByTestId('toast').textContent()).toContain('store → service');
    expect(await page.locator('.svelte-flow__edge').count()).toBe(1);

    await card(page, 'service').click();
    await page.getByLabel('Workers').fill('0');
    await page.locator('[data-field="workers"]').getByText('should be a whole number').waitFor();
    await page.getByTestId('last-good').waitFor();
    await page.getByLabel('Workers').fill('2');
    await page.getByTestId('last-good').waitFor({ state: 'detached' });
    await learner.seek(50);
    expect((await learner.numbers()).Q.join()).toMatch(/[3-7]\.\d \/ s/);

    await page.getByRole('tab', { name: 'Code' }).click();
    await card(page, 'service').dblclick();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('build-name');
    await page.getByLabel('Name', { exact: true }).fill('greeter');
    await page.getByLabel('Name', { exact: true }).press('Enter');
    await card(page, 'greeter').waitFor();
    await badges(page, 'greeter').getByText('busy').waitFor();
    await page.getByText('Saved on this device').waitFor();
    await page.reload();
    await card(page, 'greeter').waitFor();
    expect(await page.locator('.svelte-flow__edge').count()).toBe(1);
    await badges(page, 'greeter').getByText('busy').waitFor(); // with the first numbers the canvas has its place

    // A link that no code uses brings the code with it, to be read before it is written.
    await join(page, 'greeter', 'store');
    await page.getByTestId('code-offer').getByText('ctx.store.put').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Write this code' }).click();
    await page.getByRole('tab', { name: /^greeter\.ts/ }).waitFor();
    await page.getByLabel('Name of the file').fill('hello.ts');
    await page.getByLabel('Name of the file').press('Enter');
    await page.getByRole('tab', { name: /^hello\.ts/ }).waitFor();
    await page.getByText('Used by greeter').waitFor();
    await page.getByRole('button', { name: 'New file' }).click();
    await page.getByText('Used by greeter').waitFor({ state: 'detached' });
    await card(page, 'client').click();
    await card(page, 'greeter').click(); // whoever chooses a component has its code
    await page.getByText('Used by greeter').waitFor();
    await page.keyboard.press('ControlOrMeta+K');
    await page.getByRole('combobox', { name: 'Commands' }).fill('rename');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Name of the file').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await axe(page)).toEqual([]);
    await badges(page, 'store').first().waitFor();
    await learner.close();
  });

  it('is built, moved, copied and taken back by keys alone, in the dark, with nothing that axe finds', async () => {
    const learner = await atTheBench({ colorScheme: 'dark' });
    const { page } = learner;
    expect(await axe(page)).toEqual([]);
    for (const kind of ['client', 'service']) {
      await page.getByTestId(`add-${kind}`).focus();
      await page.keyboard.press('Enter');
      await card(page, kind).waitFor();
    }
    await card(page, 'client').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('c');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'client → service' }).focus();
    await page.keyboard.press('Enter');
    await badges(page, 'service').getByText('busy').waitFor();
    expect(await axe(page)).toEqual([]);

    const place = async (): Promise<number> =>
      (await card(page, 'service').boundingBox())!.x - (await card(page, 'client').boundingBox())!.x;
    const before = await place();
    await card(page, 'service').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(place).toBeGreaterThan(before + 20);
    await page.keyboard.press('Control+d');
    await card(page, 'service2').waitFor();
    await page.keyboard.press('Control+z');
    await card(page, 'service2').waitFor({ state: 'detached' });
    await card(page, 'service').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Delete');
    await card(page, 'service').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await card(page, 'service').waitFor();

    await page.getByRole('tab', { name: 'Faults' }).click();
    await page.getByRole('button', { name: 'Add fault' }).click();
    const bar = page.getByRole('button', { name: /^Crash of service/ });
    await bar.focus();
    await page.keyboard.press('Shift+ArrowRight');
    expect(await bar.getAttribute('aria-label')).toMatch(/from 18 s for 6\.5 s/);
    expect(await axe(page)).toEqual([]);
    await learner.close();
  });

  it('is built on a phone by the list and the forms', async () => {
    const learner = await atTheBench({ viewport: { width: 390, height: 844 } });
    const { page } = learner;
    await page.getByTestId('add-client').click();
    await page.getByTestId('add-service').click();
    await page.getByRole('button', { name: 'client', exact: true }).click();
    await page.getByRole('button', { name: 'Connect to…' }).click();
    await page.getByRole('button', { name: 'client → service' }).click();
    // The header has no room for undo here: it is where the edits are made.
    await page.getByRole('button', { name: 'Undo', exact: true }).locator('visible=true').click();
    await page.getByRole('button', { name: 'Redo', exact: true }).locator('visible=true').click();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Watch' }).click();
    await page
      .locator('#stage')
      .getByRole('button', { name: /^Service service/ })
      .waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await learner.close();
  });
});
