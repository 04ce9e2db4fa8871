/** The stage, and the tabs below it: each over an example that fills it, and in the states that it can be in. */
import type { View } from './view';
import type { Visitor } from './visitor';

/** The middle of an example's run, with a tab below the stage. */
const tabOf = (tab: string, example: string, then?: (visitor: Visitor) => Promise<unknown>, state = ''): View => ({
  name: `tab-${tab}${state && `-${state}`}`,
  go: async (visitor) => {
    await visitor.openExample(example);
    await visitor.seek(0.5);
    await visitor.showTab(tab);
    await then?.(visitor);
  },
});

const chart = (key: string) => (visitor: Visitor) => visitor.page.getByText(visitor.says(key), { exact: true }).click();

async function chooseRequest(visitor: Visitor): Promise<void> {
  await visitor.page.getByTestId('request-list').getByRole('option').nth(3).click();
  await visitor.page.getByTestId('story').waitFor();
}

export const TAB_VIEWS: readonly View[] = [
  tabOf('spaceTime', 'five-carriages'),
  tabOf('spaceTime', 'retry-storm', undefined, 'nine'),
  tabOf('charts', 'circuit-breaker'),
  tabOf('charts', 'mm1', chart('charts.view.distribution'), 'distribution'),
  tabOf('charts', 'mm1', chart('charts.view.little'), 'little'),
  tabOf('theory', 'mm10'),
  tabOf(
    'theory',
    'mm1',
    async ({ page }) => {
      await page.getByTestId('ask-seeds').click();
      await page.getByTestId('seeds').getByRole('table').waitFor({ timeout: 60_000 });
    },
    'seeds',
  ),
  tabOf('theory', 'leader-failover', ({ page }) => page.getByTestId('ask-seeds').click(), 'none'),
  tabOf('machine', 'circuit-breaker'),
  tabOf('log', 'five-carriages'),
  tabOf('log', 'five-carriages', ({ page }) => page.locator('.log select').first().selectOption('logged'), 'empty'),
  tabOf('requests', 'five-carriages'),
  tabOf('requests', 'mm1', ({ page }) => page.getByTestId('request-filter').selectOption('failed'), 'empty'),
  tabOf('requests', 'retry-budget', chooseRequest, 'story'),
  tabOf('compare', 'retry-budget'),
  tabOf('compare', 'load-balancing', undefined, 'four'),
  tabOf(
    'compare',
    'retry-budget',
    async (visitor) => {
      await visitor.seek(0);
      await visitor.showTab('compare');
      await visitor.page.getByRole('combobox', { name: visitor.says('compare.window') }).selectOption({ index: 1 });
    },
    'empty',
  ),
  tabOf('observed', 'observed-orders'),
  ...['leader-failover', 'rolling-deploy', 'tampered-orders', 'five-carriages', 'load-balancing', 'retry-storm', 'saga'].map(
    (example): View => ({
      name: `stage-${example}`,
      go: async (visitor) => {
        await visitor.openExample(example);
        await visitor.seek(0.5);
      },
    }),
  ),
  { name: 'stage-begin', go: (visitor) => visitor.openExample('mm1') },
  {
    name: 'stage-chosen',
    go: async (visitor) => {
      await visitor.openExample('circuit-breaker');
      await visitor.seek(0.5);
      await visitor.page.locator('#stage').getByRole('button').nth(1).click();
    },
  },
  {
    name: 'stage-what-if',
    eachSize: true,
    go: async (visitor) => {
      await visitor.openExample('mm1');
      await visitor.seek(0.4);
      await visitor.showCode();
      await visitor.page.getByTestId('knobs-live').check();
      await visitor.page.getByTestId('knob-workers').fill('3');
      await visitor.ran();
      await visitor.seek(0.6);
    },
  },
  {
    name: 'stage-findings',
    go: async (visitor) => {
      await visitor.openExample('retry-budget');
      await visitor.seek(0.5);
      await visitor.page.getByTestId('findings').locator('button.more').click();
    },
  },
];
