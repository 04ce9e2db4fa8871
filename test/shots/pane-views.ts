/** The panes as the reader arranges them, what the pointer shows in them, and the marks of the keyboard. */
import { atStep, type View } from './view';
import type { Visitor } from './visitor';

/** Settings of this browser: what it remembers of panes. */
const panes = (settings: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...atStep(1),
  'async-lab.settings': settings,
});

async function middle(visitor: Visitor, example: string, tab: string): Promise<void> {
  await visitor.openExample(example);
  await visitor.seek(0.5);
  await visitor.showTab(tab);
}

async function choosePlace(visitor: Visitor, name: string): Promise<void> {
  await visitor.page.getByRole('combobox', { name: visitor.says('shell.componentOf') }).selectOption({ label: name });
}

export const PANE_VIEWS: readonly View[] = [
  {
    name: 'panes-folded',
    wideOnly: true,
    remembered: panes({ collapsed: ['lesson', 'timeline', 'code'] }),
    go: (visitor) => visitor.seek(0.5),
  },
  {
    name: 'panes-wide',
    wideOnly: true,
    remembered: panes({ sizes: { lesson: 700, code: 900, timeline: 600 } }),
    go: (visitor) => visitor.seek(0.5),
  },
  {
    name: 'panes-wide-build',
    wideOnly: true,
    remembered: panes({ sizes: { parts: 700, form: 900, timeline: 600 } }),
    go: async (visitor) => {
      await visitor.goTo('shell.areaBuild');
      await visitor.page.locator('.svelte-flow__node').first().waitFor();
    },
  },
  {
    name: 'panes-skip',
    wideOnly: true,
    go: (visitor) => visitor.page.keyboard.press('Tab'),
  },
  {
    name: 'panes-focus',
    wideOnly: true,
    remembered: atStep(1),
    go: async (visitor) => {
      await visitor.seek(0.5);
      await visitor.page.locator('[role=tab][data-tab="spaceTime"]').focus();
      await visitor.page.keyboard.press('ArrowRight');
    },
  },
  {
    name: 'lanes',
    eachSize: true,
    go: async (visitor) => {
      await visitor.openExample('retry-storm');
      await visitor.pane('shell.paneStage');
      await visitor.page.getByTestId('lane-chooser').click();
    },
  },
  {
    name: 'hover-spaceTime',
    wideOnly: true,
    eachSize: true,
    go: async (visitor) => {
      await middle(visitor, 'five-carriages', 'spaceTime');
      const diagram = await visitor.page.getByRole('group', { name: visitor.says('spaceTime.label') }).boundingBox();
      if (!diagram) return;
      await visitor.page.mouse.move(diagram.x + diagram.width * 0.5, diagram.y + diagram.height * 0.35, { steps: 4 });
    },
  },
  {
    name: 'hover-charts',
    wideOnly: true,
    eachSize: true,
    go: async (visitor) => {
      await middle(visitor, 'leader-failover', 'charts');
      await visitor.page.getByTestId('charts').locator('.plot').first().hover();
    },
  },
  {
    name: 'hover-distribution',
    wideOnly: true,
    eachSize: true,
    go: async (visitor) => {
      await middle(visitor, 'mm1', 'charts');
      await visitor.page.getByText(visitor.says('charts.view.distribution'), { exact: true }).click();
      await visitor.page.getByTestId('distribution').locator('svg').first().hover();
    },
  },
  {
    name: 'part-lit',
    go: async (visitor) => {
      await middle(visitor, 'five-carriages', 'spaceTime');
      await visitor.pane('shell.paneStage');
      await visitor.page.getByTestId('formula-strip').getByRole('button').nth(1).click();
    },
  },
  ...(
    [
      ['queue', 'priority-queue'],
      ['topic', 'log-partitions'],
      ['store', 'idempotency-key'],
    ] as const
  ).map(([kind, example]): View => ({
    name: `tab-machine-${kind}`,
    go: async (visitor) => {
      await middle(visitor, example, 'machine');
      const choice = visitor.page.getByRole('combobox', { name: visitor.says('shell.componentOf') });
      const names = await choice.locator('option').allInnerTexts();
      await choosePlace(visitor, names.at(-1) ?? '');
    },
  })),
  {
    name: 'tab-log-logged',
    go: async (visitor) => {
      await middle(visitor, 'observed-orders', 'log');
      await visitor.page.locator('.log select').first().selectOption('logged');
    },
  },
  {
    name: 'tab-observed-end',
    go: async (visitor) => {
      await middle(visitor, 'observed-orders', 'observed');
      await visitor.page.getByTestId('observed').evaluate((pane) => pane.lastElementChild?.scrollIntoView({ block: 'end' }));
    },
  },
  {
    name: 'tab-observed-http2',
    go: (visitor) => middle(visitor, 'http2-flow-control', 'observed'),
  },
  {
    name: 'tab-requests-failed',
    go: async (visitor) => {
      await middle(visitor, 'retry-budget', 'requests');
      await visitor.page.getByTestId('request-filter').selectOption('failed');
      await visitor.page.getByTestId('request-list').getByRole('option').first().click();
      await visitor.page.getByTestId('story').waitFor();
    },
  },
  {
    name: 'tab-compare-table',
    go: async (visitor) => {
      await middle(visitor, 'retry-budget', 'compare');
      await visitor.page.getByTestId('compare-table').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'tab-compare-scatter',
    go: async (visitor) => {
      await middle(visitor, 'retry-budget', 'compare');
      await visitor.page.getByTestId('compare-scatter').scrollIntoViewIfNeeded();
    },
  },
  ...['http2-flow-control', 'streams', 'log-partitions', 'dead-letters', 'partition', 'pub-sub', 'replicas', 'bulkhead'].map(
    (example): View => ({
      name: `stage-${example}`,
      go: async (visitor) => {
        await visitor.openExample(example);
        await visitor.seek(0.5);
      },
    }),
  ),
];
