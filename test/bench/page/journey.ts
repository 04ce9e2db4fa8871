/** What a learner does with the page, one thing after the other. */
import type { Locator } from 'playwright-core';
import type { Visitor } from '../../shots/visitor';

export interface Action {
  readonly name: string;
  /** Only with more than one lane; only where there is code. */
  readonly needs?: 'lanes' | 'code';
  act(visitor: Visitor): Promise<unknown>;
}

const SEEKS = 12;
const PLAYED_MS = 2_000;
/** Many seeds of a long run take minutes; the page is watched for the first of them. */
const SEEDS_MS = 6_000;

const tab =
  (id: string, then: (visitor: Visitor) => Promise<unknown> = () => Promise.resolve()) =>
  async (visitor: Visitor) => {
    await visitor.showTab(id);
    await visitor.page.waitForTimeout(500);
    await then(visitor);
  };

const chart = (key: string) => tab('charts', (visitor) => visitor.page.getByText(visitor.says(key), { exact: true }).click());

const requests = ({ page }: Visitor): Locator => page.getByTestId('request-list').getByRole('option');

async function pointAcross({ page }: Visitor, where: Locator): Promise<void> {
  const box = await where.boundingBox();
  if (!box) return;
  for (let step = 0; step < 20; step++)
    await page.mouse.move(box.x + (box.width * (step + 0.5)) / 20, box.y + box.height * (0.2 + 0.03 * step));
}

export const JOURNEY: readonly Action[] = [
  { name: 'jump to the middle', act: (visitor) => visitor.seek(0.5) },
  { name: 'scrub', act: scrub },
  { name: 'play for 2 s', act: play },
  { name: 'step ten events', act: ({ page }) => press(page.keyboard, '.', 10) },
  { name: 'space–time', act: tab('spaceTime') },
  { name: 'space–time: the whole run', act: ({ page }) => page.locator('#timeline-panel [role=group]').first().press('0') },
  { name: 'space–time: point at it', act: (visitor) => pointAcross(visitor, visitor.page.locator('#timeline-panel [role=group]').first()) },
  { name: 'charts over time', act: tab('charts') },
  { name: 'charts: point at it', act: (visitor) => pointAcross(visitor, visitor.page.getByTestId('charts')) },
  { name: 'histogram and CDF', act: chart('charts.view.distribution') },
  { name: "Little's law", act: chart('charts.view.little') },
  { name: 'theory', act: tab('theory') },
  { name: '30 seeds', act: seeds },
  { name: 'machine', act: tab('machine') },
  { name: 'log', act: tab('log') },
  { name: 'log: only some', act: ({ page }) => page.locator('.log select').first().selectOption({ index: 2 }) },
  { name: 'observed', act: observed },
  { name: 'requests', act: tab('requests') },
  { name: 'requests: slow ones', act: ({ page }) => page.getByTestId('request-filter').selectOption('slow') },
  { name: 'story of a request', act: (visitor) => requests(visitor).nth(3).click() },
  { name: 'story: next effects', act: ({ page }) => press(page.keyboard, ']', 5) },
  { name: 'compare', needs: 'lanes', act: tab('compare') },
  {
    name: 'compare: sort, scroll, point',
    needs: 'lanes',
    act: async (visitor) => {
      const { page } = visitor;
      const orders = page.getByTestId('compare-table').getByRole('columnheader').getByRole('button');
      for (const order of await orders.all()) await order.click();
      await page.getByTestId('compare-table').hover();
      await page.mouse.wheel(0, 3_000);
      await pointAcross(visitor, page.getByTestId('compare-scatter'));
    },
  },
  { name: 'all explanations', act: explanations },
  { name: 'a component', act: ({ page }) => page.locator('#stage').getByRole('button').nth(1).click() },
  { name: 'turn a knob', act: ({ page }) => page.locator('.knobs input, [data-testid^=knob-]').first().press('ArrowUp') },
  { name: 'show the code', needs: 'code', act: (visitor) => visitor.showCode() },
  { name: 'type code', needs: 'code', act: typeCode },
  { name: 'point at code', needs: 'code', act: pointAtCode },
  { name: 'undo', needs: 'code', act: ({ page }) => press(page.keyboard, 'ControlOrMeta+Z', 5) },
  { name: 'command palette', act: palette },
  { name: 'gallery', act: gallery },
  { name: 'share', act: (visitor) => dialog(visitor, visitor.button('shell.share')) },
  { name: 'other language', act: (visitor) => visitor.page.locator('header button[lang]').click() },
  { name: 'the language again', act: (visitor) => visitor.page.locator('header button[lang]').click() },
  {
    name: 'other theme',
    act: ({ page }) => page.locator('header button[aria-label^="Theme"], header button[title*="heme"]').first().click(),
  },
  { name: 'the workbench', act: (visitor) => visitor.goTo('shell.areaBuild') },
  { name: 'audit', act: (visitor) => visitor.goTo('shell.areaAudit') },
  { name: 'back to the lesson', act: (visitor) => visitor.goTo('shell.areaLearn') },
];

interface Keys {
  press(key: string): Promise<void>;
}

async function press(keyboard: Keys, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await keyboard.press(key);
}

async function scrub(visitor: Visitor): Promise<void> {
  for (let seek = 0; seek < SEEKS; seek++) await visitor.seek((seek * 0.618) % 1);
}

async function play({ page }: Visitor): Promise<void> {
  await page.locator('body').press('Space');
  await page.waitForTimeout(PLAYED_MS);
  await page.locator('body').press('Space');
}

async function seeds({ page }: Visitor): Promise<void> {
  await page.getByTestId('ask-seeds').click();
  const running = page.getByTestId('seeds').getByRole('progressbar');
  await running.waitFor({ state: 'detached', timeout: SEEDS_MS }).catch(() => page.getByTestId('ask-seeds').click());
}

async function observed(visitor: Visitor): Promise<void> {
  if (await visitor.page.locator('[role=tab][data-tab=observed]').isVisible()) await visitor.showTab('observed');
}

async function explanations({ page }: Visitor): Promise<void> {
  const more = page.getByTestId('findings').locator('button.more');
  if (!(await more.isVisible())) return;
  await more.click();
  await page.waitForTimeout(200);
  await more.click();
}

async function typeCode(visitor: Visitor): Promise<void> {
  await visitor.page.locator('.monaco-editor .view-line').first().click();
  await visitor.page.keyboard.press('ControlOrMeta+Home');
  await visitor.page.keyboard.type('// what is ctx?\n', { delay: 40 });
  await visitor.saved();
}

async function pointAtCode({ page }: Visitor): Promise<void> {
  const words = page.locator('.monaco-editor .view-line span span');
  for (let word = 0; word < Math.min(24, await words.count()); word += 4) {
    await words.nth(word).hover({ force: true });
    await page.waitForTimeout(600);
  }
}

async function palette({ page }: Visitor): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('th');
  await page.keyboard.press('Escape');
}

async function gallery(visitor: Visitor): Promise<void> {
  await visitor.button('shell.examples').click();
  await visitor.page.getByRole('searchbox').pressSequentially('queue');
  await visitor.page.keyboard.press('Escape');
  await visitor.page.keyboard.press('Escape');
}

async function dialog({ page }: Visitor, button: Locator): Promise<void> {
  await button.click();
  await page.getByRole('dialog').waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.press('Escape');
}
