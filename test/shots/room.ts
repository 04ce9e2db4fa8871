/** A window of a browser that is used again and again: a new one costs more than all that is done in it. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { collectFaults } from '../e2e/browser';
import { sizeOf, Visitor, type Language } from './visitor';

/** What a browser keeps of a site that could be seen at the next visit. What it has fetched may stay. */
const KEPT = 'local_storage,indexeddb,service_workers,cache_storage';

export interface Guest {
  readonly language: Language;
  readonly size: string;
  readonly hasTouch: boolean;
  /** What this browser keeps from an earlier visit, by key. */
  readonly remembered?: Readonly<Record<string, unknown>> | undefined;
}

export class Room {
  private constructor(
    readonly page: Page,
    /** What the console said that it must not, since the guest came. */
    readonly faults: string[],
  ) {}

  /** `before`: what is done to the browser before any page comes. */
  static async furnish(
    browser: Browser,
    { language, size, hasTouch }: Guest,
    before?: (context: BrowserContext) => Promise<unknown>,
  ): Promise<Room> {
    const context = await browser.newContext({
      viewport: sizeOf(size),
      locale: language === 'zh' ? 'zh-CN' : 'en-US',
      hasTouch,
      permissions: ['clipboard-read', 'clipboard-write'],
      // Each guest would otherwise wait for every file of the page to be kept for being offline.
      serviceWorkers: 'block',
    });
    await before?.(context);
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    return new Room(page, collectFaults(page));
  }

  /** Nothing is left of the guest before; the page comes, and has a picture or the reason why there is none. */
  async receive(url: string, { language, size, hasTouch, remembered = {} }: Guest): Promise<Visitor> {
    const { page } = this;
    const { origin } = new URL(url);
    for (const other of page.context().pages()) if (other !== page) await other.close();
    await page.goto(`${origin}/icon.svg`); // of the same origin, with nothing that runs
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: KEPT });
    await session.detach();
    await page.evaluate((kept) => {
      sessionStorage.clear();
      for (const [name, value] of Object.entries(kept)) localStorage.setItem(name, JSON.stringify(value));
    }, remembered);
    await page.emulateMedia({ media: null, colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize(sizeOf(size));
    await page.mouse.move(0, 0);
    this.faults.length = 0;
    await page.goto(url);
    const visitor = new Visitor(page, language, hasTouch);
    await visitor.settled();
    return visitor;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
