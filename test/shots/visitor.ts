/** Who looks at the page for a picture: comes in a language and theme, and finds things by the page's own words. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** As it is written, `390x844`. */
export function sizeOf(size: string): Size {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
}

/** Narrower pages show one pane at a time (the page's own bound). */
const PHONE_WIDTH = 760;

export const isPhone = (size: string): boolean => sizeOf(size).width <= PHONE_WIDTH;

function wordsOf(language: Language): Readonly<Record<string, string>> {
  const folder = new URL(`src/i18n/${language}/`, `file://${process.cwd()}/`);
  const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, string>);
  return Object.assign({}, ...files) as Record<string, string>;
}

const WORDS = { en: wordsOf('en'), zh: wordsOf('zh') };

export class Visitor {
  constructor(
    readonly page: Page,
    readonly language: Language,
    readonly isPhone: boolean,
  ) {}

  /** Waits until there is a picture, or the reason why there is none. */
  async settled(): Promise<void> {
    const statuses = ['idle', 'held', 'stopped', 'unavailable'].map((status) => `#stage[data-status="${status}"]`);
    await this.page.locator(statuses.join()).waitFor({ state: 'attached' });
  }

  /** The page's own text of a key, with its values. */
  says(key: string, values: Readonly<Record<string, string | number>> = {}): string {
    const text = WORDS[this.language][key];
    if (text === undefined) throw new Error(`There are no words for ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
  }

  button(key: string, values?: Readonly<Record<string, string | number>>): Locator {
    return this.page
      .getByRole('button', { name: this.says(key, values), exact: true })
      .locator('visible=true')
      .first();
  }

  /** On a phone, the pane with this; elsewhere all are there. */
  async pane(
    key: 'shell.paneLesson' | 'shell.paneStage' | 'shell.paneTimeline' | 'shell.paneCode' | 'shell.paneParts' | 'shell.paneForm',
  ): Promise<void> {
    if (this.isPhone)
      await this.page
        .getByRole('navigation', { name: this.says('shell.panes') })
        .getByRole('button', { name: this.says(key) })
        .click();
  }

  async openExample(name: string): Promise<void> {
    await this.button('shell.examples').click();
    await this.page.getByRole('searchbox').fill(this.says(`examples.${name}`));
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: this.says(`examples.${name}`) })
      .first()
      .click();
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
    await this.ran();
  }

  async ran(): Promise<void> {
    await this.page.locator('#stage[data-status="idle"], #stage[data-status="stopped"]').waitFor({ state: 'attached' });
  }

  async goTo(area: 'shell.areaLearn' | 'shell.areaBuild' | 'shell.areaAudit'): Promise<void> {
    await this.button(area).click();
  }

  async showTab(id: string): Promise<void> {
    await this.pane('shell.paneTimeline');
    await this.page.locator(`[role=tab][data-tab="${id}"]`).click();
  }

  /** A share of the run, 0 to 1. */
  async seek(share: number): Promise<void> {
    await this.pane('shell.paneStage');
    await this.page.getByRole('slider', { name: this.says('timeline.position'), exact: true }).evaluate((slider: HTMLInputElement, at) => {
      slider.value = String(Number(slider.max) * at);
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }, share);
  }

  /** Between phones and wide screens there is room for the lesson or the code. */
  async showCode(): Promise<void> {
    await this.pane('shell.paneCode');
    const code = this.button('shell.expand', { pane: this.says('shell.pane.code') });
    if (!this.isPhone && (await code.isVisible())) await code.click();
  }

  async showLesson(): Promise<void> {
    await this.pane('shell.paneLesson');
    const lesson = this.button('shell.expand', { pane: this.says('shell.pane.lesson') });
    if (!this.isPhone && (await lesson.isVisible())) await lesson.click();
  }

  async saved(): Promise<void> {
    await this.page.waitForTimeout(400);
    await this.page.locator('[data-testid="save-status"][data-status="saved"]').waitFor({ state: 'attached' });
    await this.ran();
  }

  /** Writes a whole file, as on a phone or in the full editor. */
  async write(name: string, text: string): Promise<void> {
    await this.showCode();
    if (this.isPhone) return this.page.getByRole('textbox', { name }).fill(text);
    await this.page.locator('.monaco-editor .view-line').first().click();
    await this.page.keyboard.press('ControlOrMeta+A');
    // What is typed, the editor would indent and close for the writer.
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.press('ControlOrMeta+V');
  }
}
