/** Goes to a view and takes its pictures; what it meets on the way that must not be, it writes down. */
import AxeBuilder from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Shot } from './sheet';
import type { View } from './view';
import { sizeOf, Visitor, type Language } from './visitor';

const THEMES = ['light', 'dark'] as const;
/** Whatever is loaded late is there, and nothing fades any more. */
const SETTLED_MS = 900;
/** The page has its other colours, or its other size. */
const CHANGED_MS = 350;

export interface Visit {
  readonly view: View;
  readonly sizes: readonly [string, ...string[]];
  readonly language: Language;
}

export class Camera {
  readonly taken: Shot[] = [];
  readonly complaints: string[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly url: string,
    private readonly folder: string,
    private readonly axe: boolean,
  ) {}

  /** A visit that fails is a complaint. */
  async visit({ view, sizes, language }: Visit): Promise<void> {
    const complain = (text: string): unknown => this.complaints.push(`${view.name} ${language}: ${text}`);
    try {
      const { browser, url } = this;
      const visitor = await Visitor.come(
        browser,
        `${url}#${view.fragment ?? ''}`,
        language,
        sizeOf(sizes[0]),
        view.remembered,
        view.before,
      );
      try {
        await view.go(visitor);
        await visitor.page.waitForTimeout(SETTLED_MS);
        for (const size of sizes) await this.look(visitor.page, view, size, language, complain);
        for (const fault of visitor.faults) if (view.faults?.test(fault) !== true) complain(fault);
      } finally {
        await visitor.leave();
      }
    } catch (error) {
      complain(`${sizes.join()}: ${String(error)}`);
    }
  }

  private async look(page: Page, view: View, size: string, language: Language, complain: (text: string) => unknown): Promise<void> {
    await mkdir(join(this.folder, size), { recursive: true });
    await page.setViewportSize(sizeOf(size));
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.waitForTimeout(CHANGED_MS);
      const file = `${size}/${view.name}.${language}.${theme}.png`;
      await page.screenshot({ path: join(this.folder, file) });
      this.taken.push({ view: view.name, size, look: `${language} ${theme}`, file });
      if (!this.axe) continue;
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations)
        complain(`${size} ${theme}: ${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`);
    }
  }
}
