/** The storage modules in a real browser, served as they are: IndexedDB, tabs and locks cannot be believed from a mock. */
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { DocumentStore } from '../../src/storage/document-store';
import { launchChromium } from './browser';

type Tab = Window & { store: DocumentStore; heard: string[] };

const PAGE = `<!doctype html><script type="module">
  import { openStorage } from '/src/storage/open-storage.ts';
  const store = await openStorage();
  const heard = [];
  store.onExternalChange((id) => heard.push(id));
  Object.assign(window, { store, heard });
</script>`;

let server: ViteDevServer;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  server = await createServer({
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    cacheDir: 'node_modules/.vite-storage-test',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: ['idb'] },
    plugins: [
      {
        name: 'page',
        configureServer: ({ middlewares }) =>
          void middlewares.use('/page', (_request, response) => response.setHeader('content-type', 'text/html').end(PAGE)),
      },
    ],
  });
  await server.listen();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  context = await browser.newContext();
});
afterEach(() => context.close());

async function openTab(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(server.httpServer?.address() as AddressInfo).port}/page`);
  await page.waitForFunction(() => 'store' in window);
  return page;
}

/** Undefined when it was saved, else the key of the problem. */
function save(page: Page, id: string, title: string, kind: 'own' | 'visit' = 'own'): Promise<string | undefined> {
  return page.evaluate(
    ([id, title, kind]) =>
      (window as unknown as Tab).store.save(id, { kind: kind as 'own', lesson: 'greeter', file: { title } }).then(
        () => undefined,
        (error: { problem: { key: string } }) => error.problem.key,
      ),
    [id, title, kind] as const,
  );
}

function load(page: Page, id: string) {
  return page.evaluate((id) => (window as unknown as Tab).store.load(id), id);
}

/** Changes what lies on the disk behind the store's back. */
async function damage(page: Page, change: { text?: string; schema?: number }): Promise<void> {
  await page.evaluate(
    (change) =>
      new Promise((resolve) => {
        indexedDB.open('async-lab').onsuccess = ({ target }) => {
          const database = (target as IDBOpenDBRequest).result;
          const transaction = database.transaction('records', 'readwrite');
          transaction.objectStore('records').openCursor(null, 'prev').onsuccess = (event) => {
            const cursor = (event.target as IDBRequest<IDBCursorWithValue>).result;
            cursor.update({ ...(cursor.value as object), ...change });
          };
          transaction.oncomplete = () => resolve(database.close());
        };
      }),
    change,
  );
}

it('keeps what it said it has saved, over a reload', async () => {
  const page = await openTab();
  await Promise.all([save(page, 'a', 'first'), save(page, 'a', 'second'), save(page, 'a', '第三')]);
  await page.close();
  const later = await openTab();
  expect(await load(later, 'a')).toMatchObject({ kind: 'own', lesson: 'greeter', file: { title: '第三' }, seq: 3, unreadable: 0 });
  expect(await later.evaluate(() => (window as unknown as Tab).store.persistent)).toBe(true);
  expect(await later.evaluate(() => (window as unknown as Tab).store.list())).toMatchObject([{ id: 'a', title: '第三' }]);
});

it('falls back to the save before a damaged one, and keeps the damaged one aside', async () => {
  const page = await openTab();
  await save(page, 'a', 'first');
  await save(page, 'a', 'second');
  await damage(page, { text: '{"file":{"title":"forged"}}' });
  expect(await load(page, 'a')).toMatchObject({ file: { title: 'first' }, unreadable: 1 });
  expect(await page.evaluate(() => (window as unknown as Tab).store.quarantined())).toMatchObject([{ id: 'a', seq: 2 }]);
  expect(await save(page, 'a', 'third')).toBeUndefined();
  expect(await load(page, 'a')).toMatchObject({ file: { title: 'third' }, unreadable: 0 });
});

it('refuses to open, and so to lose, what a newer page has saved', async () => {
  const page = await openTab();
  await save(page, 'a', 'first');
  await damage(page, { schema: 99 });
  await expect(load(page, 'a')).rejects.toThrow('problem.documentNewer');
});

it('never overwrites what another tab has saved, and hears of it', async () => {
  const [one, two] = [await openTab(), await openTab()];
  await save(one, 'a', 'one');
  await load(two, 'a');
  await save(two, 'a', 'two');
  await expect.poll(() => one.evaluate(() => (window as unknown as Tab).heard)).toEqual(['a']);
  expect(await save(one, 'a', 'over two')).toBe('problem.documentChangedElsewhere');
  expect(await load(one, 'a')).toMatchObject({ file: { title: 'two' } });
  expect(await save(one, 'a', 'after two')).toBeUndefined();
});

it('forgets old visits and never own work', async () => {
  const page = await openTab();
  await save(page, 'mine', 'mine');
  for (let visit = 1; visit <= 22; visit++) await save(page, `visit ${visit}`, `visit ${visit}`, 'visit');
  const [own, visits] = await page.evaluate(() => {
    const { store } = window as unknown as Tab;
    return Promise.all([store.list(), store.list('visit')]);
  });
  expect(own).toHaveLength(1);
  expect(visits.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `visit ${22 - index}`));
});

it('says that the disk is full instead of losing work in silence', async () => {
  const page = await openTab();
  const client = await context.newCDPSession(page);
  await client.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 100_000 });
  expect(await save(page, 'a', 'x'.repeat(3_000_000))).toBe('problem.storageFull');
});
