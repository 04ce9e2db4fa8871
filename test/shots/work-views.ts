/** The areas beside the lessons: the workbench in its states, and the audit in its. */
import { linkTo, scenarioOf, type View } from './view';
import type { Visitor } from './visitor';

async function audit(visitor: Visitor, example: string): Promise<void> {
  await visitor.openExample(example);
  await visitor.goTo('shell.areaAudit');
}

async function report(visitor: Visitor, example: string): Promise<void> {
  await audit(visitor, example);
  await visitor.button('audit.run').click();
  await visitor.button('audit.again').waitFor({ timeout: 90_000 });
}

async function bench(visitor: Visitor, example: string, pane: 'shell.paneParts' | 'shell.paneForm'): Promise<void> {
  await visitor.openExample(example);
  await visitor.goTo('shell.areaBuild');
  await visitor.pane(pane);
}

async function begin(visitor: Visitor): Promise<void> {
  await visitor.goTo('shell.areaBuild');
  await visitor.pane('shell.paneParts');
  await visitor.button('build.new').click();
}

async function add(visitor: Visitor, ...kinds: string[]): Promise<void> {
  for (const kind of kinds) {
    await visitor.pane('shell.paneParts');
    await visitor.page.getByTestId(`add-${kind}`).click();
  }
}

const WRONG = scenarioOf('Wrong', {
  components: {
    client: { kind: 'client', arrivals: { poisson: '90/s' }, calls: 'nobody' },
    server: { kind: 'service', workers: 0, work: { exponential: '10ms' } },
  },
});

export const WORK_VIEWS: readonly View[] = [
  { name: 'audit-locked', go: (visitor) => visitor.goTo('shell.areaAudit') },
  { name: 'audit-empty', go: (visitor) => audit(visitor, 'mm1k') },
  {
    name: 'audit-running',
    go: async (visitor) => {
      await audit(visitor, 'leader-failover');
      await visitor.button('audit.run').click();
      await visitor.page.getByRole('progressbar').first().waitFor();
    },
  },
  {
    name: 'audit-cancelled',
    go: async (visitor) => {
      await audit(visitor, 'leader-failover');
      await visitor.button('audit.run').click();
      await visitor.button('audit.cancel').click();
    },
  },
  {
    name: 'audit-failed',
    fragment: linkTo(WRONG),
    go: async (visitor) => {
      await visitor.page.getByTestId('run-visit').click();
      await visitor.goTo('shell.areaAudit');
      await visitor.button('audit.run').click();
      await visitor.page.getByTestId('audit').getByRole('alert').waitFor();
    },
  },
  { name: 'audit-report', go: (visitor) => report(visitor, 'bad-network') },
  {
    name: 'audit-report-end',
    go: async (visitor) => {
      await report(visitor, 'tampered-orders');
      await visitor.page.getByTestId('audit-security').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'audit-old',
    go: async (visitor) => {
      await report(visitor, 'mm1k');
      if (visitor.isPhone) await visitor.pane('shell.paneStage');
      else await visitor.goTo('shell.areaLearn');
      await visitor.openExample('md1');
      await visitor.goTo('shell.areaAudit');
      await visitor.page.getByTestId('old-report').waitFor();
    },
  },
  { name: 'build-lesson', go: (visitor) => visitor.goTo('shell.areaBuild') },
  { name: 'build-new', go: begin },
  {
    name: 'build-alone',
    go: async (visitor) => {
      await begin(visitor);
      await add(visitor, 'client', 'service', 'topic');
    },
  },
  { name: 'build-example', go: (visitor) => bench(visitor, 'five-carriages', 'shell.paneForm') },
  {
    name: 'build-parts',
    go: async (visitor) => {
      await bench(visitor, 'load-balancing', 'shell.paneParts');
      await visitor.page.locator('[aria-labelledby="build-variants"] li button').nth(1).click();
    },
  },
  {
    name: 'build-component',
    go: async (visitor) => {
      await bench(visitor, 'circuit-breaker', 'shell.paneParts');
      if (visitor.isPhone) {
        await visitor.page.locator('[aria-labelledby="build-list"] li button').nth(1).click();
        await visitor.pane('shell.paneForm');
      } else await visitor.page.locator('.svelte-flow__node').last().click();
    },
  },
  {
    name: 'build-link',
    wideOnly: true,
    go: async (visitor) => {
      await bench(visitor, 'circuit-breaker', 'shell.paneForm');
      await visitor.page.locator('.svelte-flow__edge-label').first().click();
    },
  },
  {
    name: 'build-several',
    wideOnly: true,
    go: async (visitor) => {
      await bench(visitor, 'circuit-breaker', 'shell.paneForm');
      await visitor.page.locator('.svelte-flow__node').first().click();
      await visitor.page.keyboard.press('ControlOrMeta+A');
    },
  },
  {
    name: 'build-code',
    go: async (visitor) => {
      await bench(visitor, 'saga', 'shell.paneForm');
      await visitor.page.getByRole('tab', { name: visitor.says('shell.paneCode') }).click();
    },
  },
  {
    name: 'build-faults',
    go: async (visitor) => {
      await bench(visitor, 'leader-failover', 'shell.paneForm');
      await visitor.showTab('faults');
    },
  },
  {
    name: 'build-faults-none',
    go: async (visitor) => {
      await bench(visitor, 'mm1', 'shell.paneForm');
      await visitor.showTab('faults');
    },
  },
  {
    name: 'build-wrong',
    fragment: linkTo(WRONG),
    go: async (visitor) => {
      await visitor.page.getByTestId('run-visit').click();
      await visitor.goTo('shell.areaBuild');
      await visitor.pane('shell.paneForm');
    },
  },
];
