/** What goes wrong, or takes long: links, code that fails, a device that keeps nothing, another tab, a new version, no simulator. */
import type { BrowserContext } from 'playwright-core';
import { atStep, LONG, linkTo, scenarioOf, start, stay, type View } from './view';
import type { Visitor } from './visitor';

const endless = start.replace('await ctx.work(seconds(1));', 'for (;;) {}');
const loops = (): Readonly<Record<string, unknown>> =>
  scenarioOf('Endless', {
    components: {
      client: { kind: 'client', arrivals: { poisson: '9/s' }, calls: 'server' },
      server: { kind: 'service', workers: 1, handler: 'server.ts' },
    },
    files: { 'server.ts': 'export async function onRequest() {\n  for (;;) {}\n}\n' },
  });

async function wrong(visitor: Visitor, code: string): Promise<void> {
  await visitor.write('greeter.ts', code);
  await visitor.page.getByTestId('problems').waitFor({ timeout: 60_000 });
}

const run = (visitor: Visitor): Promise<void> => visitor.page.getByTestId('run-visit').click();

async function ranLong(visitor: Visitor): Promise<void> {
  await run(visitor);
  await visitor.page.locator('#stage[data-status="idle"]').waitFor({ state: 'attached', timeout: 120_000 });
}

/** The browser has a worker of a newer version that waits, as after a deployment. */
function newVersion(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const worker = (state: string) => Object.assign(new EventTarget(), { state, scriptURL: new URL('sw.js', document.baseURI).href });
    const [active, waiting] = [worker('activated'), worker('installed')];
    const registration = Object.assign(new EventTarget(), { active, waiting, installing: null, update: () => Promise.resolve() });
    const container = Object.assign(new EventTarget(), { controller: active, register: () => Promise.resolve(registration) });
    Object.defineProperty(navigator, 'serviceWorker', { value: container });
  });
}

const refuses = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
    IDBObjectStore.prototype.add = IDBObjectStore.prototype.put;
  });

export const TROUBLE_VIEWS: readonly View[] = [
  { name: 'link-held', fragment: linkTo(scenarioOf('Ours')), go: stay },
  {
    name: 'link-held-code',
    eachSize: true,
    fragment: linkTo(loops()),
    go: (visitor) => visitor.showCode(),
  },
  {
    name: 'link-ran',
    fragment: linkTo(scenarioOf('Ours')),
    go: async (visitor) => {
      await run(visitor);
      await visitor.ran();
      await visitor.seek(0.5);
    },
  },
  { name: 'error-link', fragment: 'v1.broken', go: stay },
  {
    name: 'error-scenario',
    fragment: linkTo(scenarioOf('Wrong', { duration: 'soon', links: [{ from: 'client', to: 'nobody', delay: '40 miles' }] })),
    go: async (visitor) => {
      await run(visitor);
      await visitor.page.getByTestId('problems').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'error-endless-first',
    fragment: linkTo(loops()),
    go: async (visitor) => {
      await run(visitor);
      await visitor.page.getByTestId('problems').waitFor({ state: 'attached', timeout: 60_000 });
    },
  },
  { name: 'error-code', eachSize: true, remembered: atStep(3), go: (visitor) => wrong(visitor, start.replace('seconds(1)', 'seconds(')) },
  {
    name: 'error-throw',
    eachSize: true,
    remembered: atStep(3),
    go: (visitor) => wrong(visitor, start.replace('await ctx.work(seconds(1));', `throw new Error('no hello today');`)),
  },
  { name: 'error-endless', eachSize: true, remembered: atStep(3), go: (visitor) => wrong(visitor, endless) },
  {
    name: 'long-run',
    fragment: linkTo(LONG),
    go: async (visitor) => {
      await run(visitor);
      await visitor.page.getByRole('progressbar').first().waitFor({ state: 'attached' });
    },
  },
  {
    name: 'long-run-beginning',
    fragment: linkTo(LONG),
    go: async (visitor) => {
      await ranLong(visitor);
      await visitor.seek(0.7);
      await visitor.page.getByTestId('older-progress').waitFor({ state: 'attached' });
    },
  },
  {
    name: 'long-run-gaps',
    fragment: linkTo(LONG),
    go: async (visitor) => {
      await ranLong(visitor);
      await visitor.showTab('spaceTime');
      await visitor.page.getByRole('group', { name: visitor.says('spaceTime.label') }).press('0');
    },
  },
  {
    name: 'device-forgets',
    remembered: atStep(1),
    before: (context) => context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined })),
    go: (visitor) => visitor.seek(0.5),
  },
  {
    name: 'device-full',
    eachSize: true,
    remembered: atStep(3),
    before: refuses,
    go: async (visitor) => {
      await visitor.write('greeter.ts', start.replace('seconds(1)', 'seconds(0.5)'));
      await visitor.page.getByTestId('not-saved').waitFor();
    },
  },
  {
    name: 'edited-elsewhere',
    remembered: atStep(1),
    go: async ({ page }) => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      await other.getByTestId('edited-elsewhere').getByRole('button').first().click();
      await page.getByTestId('edited-elsewhere').waitFor();
      await page.bringToFront();
    },
  },
  {
    name: 'new-version',
    remembered: atStep(1),
    before: newVersion,
    go: ({ page }) => page.getByTestId('update').waitFor(),
  },
  {
    name: 'no-simulator',
    before: (context) => context.route(/mid\.html/, (route) => route.abort()),
    faults: /net::ERR_FAILED \(.*mid\.html\)/,
    go: stay,
  },
  {
    name: 'no-examples',
    before: (context) => context.route(/scenarios\/.*\.json/, (route) => route.abort()),
    faults: /net::ERR_FAILED \(.*\/scenarios\/.*\.json\)/,
    go: async (visitor) => {
      await visitor.button('shell.examples').click();
      await visitor.page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
      await visitor.page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'no-editor',
    eachSize: true,
    wideOnly: true,
    remembered: atStep(3),
    before: (context) => context.route(/monaco.*\.js/, (route) => route.abort()),
    faults: /net::ERR_FAILED \(.*\/monaco.*\.js\)/,
    go: async (visitor) => {
      await visitor.showCode();
      await visitor.page.getByText(visitor.says('editor.failed')).waitFor();
    },
  },
];
