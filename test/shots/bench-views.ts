/** The workbench beyond its places: forms in their states, refusals, files, variants and faults that are chosen. */
import { linkTo, scenarioOf, type View } from './view';
import type { Visitor } from './visitor';

async function choose(visitor: Visitor, example: string, component: string): Promise<void> {
  await visitor.openExample(example);
  await visitor.goTo('shell.areaBuild');
  await visitor.pane('shell.paneParts');
  await visitor.page.locator('[aria-labelledby="build-list"] li button').filter({ hasText: component }).first().click();
  await visitor.pane('shell.paneForm');
}

async function run(visitor: Visitor): Promise<void> {
  await visitor.page.getByTestId('run-visit').click();
  await visitor.goTo('shell.areaBuild');
  await visitor.pane('shell.paneForm');
}

async function variants(visitor: Visitor, example: string): Promise<void> {
  await visitor.openExample(example);
  await visitor.goTo('shell.areaBuild');
  await visitor.pane('shell.paneParts');
}

/** Names that no form and no box can make shorter. */
const LONG_NAMES = scenarioOf('A system whose name was thought about for a long time, and then for longer', {
  components: {
    'customer-relations-portal': { kind: 'client', arrivals: { poisson: '9/s' }, calls: 'international-order-service' },
    'international-order-service': { kind: 'service', workers: 2, work: { exponential: '100ms' } },
  },
  links: [{ from: 'customer-relations-portal', to: 'international-order-service', delay: '40ms' }],
});

export const BENCH_VIEWS: readonly View[] = [
  { name: 'bench-form', go: (visitor) => choose(visitor, 'circuit-breaker', 'shop') },
  {
    name: 'bench-refused',
    go: async (visitor) => {
      await choose(visitor, 'circuit-breaker', 'shop');
      await visitor.page.locator('#build-connect').click();
      await visitor.page.locator('#build-connect').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'bench-invalid',
    go: async (visitor) => {
      await choose(visitor, 'mm1', 'client');
      const field = visitor.page.locator('#build-side input[type=text]').nth(1);
      await field.fill('soon');
      await field.blur();
    },
  },
  {
    name: 'bench-distribution',
    go: async (visitor) => {
      await choose(visitor, 'mg1', 'server');
      await visitor.page.locator('#build-side svg').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'bench-code-offer',
    go: async (visitor) => {
      await choose(visitor, 'mm1', 'server');
      await visitor.button('build.useCode').click();
      await visitor.page.getByTestId('code-offer').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'bench-file-wrong',
    go: async (visitor) => {
      await visitor.openExample('saga');
      await visitor.goTo('shell.areaBuild');
      await visitor.pane('shell.paneForm');
      await visitor.page.getByRole('tab', { name: visitor.says('shell.paneCode') }).click();
      const name = visitor.page.getByTestId('file-bar').getByRole('textbox');
      await name.fill('a b.ts');
      await name.blur();
    },
  },
  {
    name: 'bench-variant-new',
    go: async (visitor) => {
      await variants(visitor, 'mm1');
      await visitor.button('build.addVariant').click();
      await visitor.button('build.removeVariant').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'bench-variant-lanes',
    go: async (visitor) => {
      await variants(visitor, 'retry-budget');
      await visitor.page.locator('[aria-labelledby="build-variants"] li button').last().click();
      await visitor.button('build.removeVariant').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'bench-fault-chosen',
    go: async (visitor) => {
      await visitor.openExample('leader-failover');
      await visitor.goTo('shell.areaBuild');
      await visitor.showTab('faults');
      await visitor.page.locator('.faults button.bar').first().click();
    },
  },
  {
    name: 'bench-link-code',
    wideOnly: true,
    go: async (visitor) => {
      await visitor.openExample('saga');
      await visitor.goTo('shell.areaBuild');
      await visitor.page.locator('.svelte-flow__edge-label').first().click();
    },
  },
  { name: 'bench-many', wideOnly: true, go: (visitor) => choose(visitor, 'five-carriages', 'shop') },
  { name: 'long-names', fragment: linkTo(LONG_NAMES), go: run },
  {
    name: 'long-names-stage',
    fragment: linkTo(LONG_NAMES),
    go: async (visitor) => {
      await visitor.page.getByTestId('run-visit').click();
      await visitor.ran();
      await visitor.seek(0.5);
    },
  },
];
