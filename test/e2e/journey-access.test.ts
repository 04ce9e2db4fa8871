/** The page for everybody: by keyboard alone, in both languages, light and dark, wide and narrow, without a fault that axe knows. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { findLesson } from '../../src/lesson/catalogue';
import { readFile, readdir } from 'node:fs/promises';
import { Learner } from './learner';
import { siteInChromium } from './site-in-chromium';

vi.setConfig({ testTimeout: 120_000 });
const SLOW = { timeout: 15_000 };
const start = findLesson('greeter')?.start['greeter.ts'] ?? '';

const opened = siteInChromium();

describe('axe finds nothing', () => {
  const SIZES = [
    { name: 'wide', width: 1440, height: 900 },
    { name: 'narrow', width: 390, height: 844 },
  ] as const;

  it.each(SIZES.flatMap((size) => (['light', 'dark'] as const).map((theme) => [size.name, theme, size] as const)))(
    '%s, %s: lesson, run, dialogs, broken code, in both languages',
    async (_name, theme, { width, height }) => {
      const learner = await Learner.open(opened.browser, opened.site.url, { viewport: { width, height }, colorScheme: theme });
      const { page } = learner;
      const found: string[] = [];
      /** Looks at the whole page, which takes axe seconds, or at what is new in it. */
      const look = async (what: string, within?: string): Promise<void> => {
        await learner.settled();
        const axe = new AxeBuilder({ page });
        const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
        for (const { id, nodes } of violations) found.push(`${what}: ${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`);
      };
      const narrow = width < 640;
      const pane = async (index: number): Promise<void> => {
        if (narrow) await page.locator('nav').last().getByRole('button').nth(index).click();
      };
      await page.getByRole('radio').first().waitFor();
      await look('the question');
      for (const language of ['en', 'zh'] as const) {
        if (language === 'zh') {
          await page.getByRole('button', { name: '中文' }).click();
          await page.locator('html[lang^="zh"]').waitFor();
        } else await learner.predict();
        await pane(1);
        await learner.ran();
        if (!narrow) await learner.editorReady();
        await look(`${language}, the run`);
        // In the other language the tabs differ by their words alone.
        for (const tab of narrow || language === 'zh' ? [] : await page.getByRole('tablist').first().getByRole('tab').all()) {
          await tab.click();
          await page.waitForTimeout(150);
          await look(`${language}, the tab ${await tab.innerText()}`, '#timeline-panel');
        }
        if (narrow) {
          for (const index of [0, 2, 3]) {
            await pane(index);
            await look(`${language}, the pane ${index}`);
          }
        }
        await page.getByRole('button', { name: language === 'en' ? 'Share' : '分享', exact: true }).click();
        await expect.poll(() => page.getByTestId('share-link').inputValue(), SLOW).toMatch(/#v1/);
        await look(`${language}, the share dialog`, 'dialog[open]');
        await page.keyboard.press('Escape');
        if (!narrow) {
          await page.keyboard.press('?');
          await page.getByRole('dialog').waitFor();
          await look(`${language}, the keys`, 'dialog[open]');
          await page.keyboard.press('Escape');
        }
        await pane(3);
        const broken = start.replace('seconds(1)', 'seconds(');
        if (narrow) await page.getByRole('textbox', { name: 'greeter.ts' }).fill(broken);
        else await learner.write(broken);
        await learner.problems.waitFor();
        await look(`${language}, broken code`);
        if (narrow) await page.getByRole('textbox', { name: 'greeter.ts' }).fill(start);
        else await learner.write(start);
        await learner.problems.waitFor({ state: 'detached' });
      }
      expect(found).toEqual([]);
      await learner.close();
    },
  );
});

/** Names, and a button for those who read no Chinese: alike in both languages. */
const NAMES = ['shell.name', 'shell.openInEnglish', 'log.filter.logged'];

/** English texts of the page that must not be left in the Chinese one. Those with values in them are seen without their values. */
async function englishTexts(): Promise<Set<string>> {
  const words = new Set<string>();
  for (const file of await readdir('src/i18n/en')) {
    const [en, zh] = await Promise.all(
      ['en', 'zh'].map(async (language) => JSON.parse(await readFile(`src/i18n/${language}/${file}`, 'utf8')) as Record<string, string>),
    );
    for (const [key, text] of Object.entries(en ?? {})) {
      const stays = NAMES.includes(key) || !/[A-Za-z]{3}/.test(text);
      if (!(stays && zh?.[key] === text) && !text.includes('{{')) words.add(text);
    }
  }
  return words;
}

/** Runs in the page: all that is shown or said. */
function everyText(): string[] {
  // Code is English, and so are the names of events in a state machine.
  const NO_WORDS = 'script, style, .monaco-editor, #timeline-panel svg, #timeline-panel code';
  const texts: string[] = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.parentElement?.closest(NO_WORDS)) texts.push(node.textContent?.trim() ?? '');
  }
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest(NO_WORDS)) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext']) texts.push(element.getAttribute(name)?.trim() ?? '');
  }
  return texts.filter((text) => text !== '');
}

it('is Chinese from top to bottom when it is asked to be, also after a reload', async () => {
  const english = await englishTexts();
  const learner = await Learner.ready(opened.browser, opened.site.url);
  const { page } = learner;
  await learner.seek(30);
  expect((await page.evaluate(everyText)).filter((text) => english.has(text)).length).toBeGreaterThan(20);
  const before = await learner.numbers();
  await page.getByRole('button', { name: '中文' }).click();
  await page.getByRole('heading', { name: '运行' }).first().or(page.locator('html[lang^="zh"]')).first().waitFor();
  const left = async () => {
    const texts = await page.evaluate(everyText);
    const lesson = texts.filter((text) => /\b(the|you|is)\b/i.test(text));
    return [...texts.filter((text) => english.has(text)), ...lesson];
  };
  await expect.poll(left, SLOW).toEqual([]);
  expect((await learner.numbers()).Q.map(parseFloat)).toEqual(before.Q.map(parseFloat));
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await page.waitForTimeout(100);
    expect(await left(), `after ${await tab.innerText()}`).toEqual([]);
  }
  await page.reload();
  await page.getByRole('button', { name: '分享' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toMatch(/^zh/);
  await learner.ran();
  expect(await left()).toEqual([]);
  await learner.close();
});

it('is dark when it is asked to be, whatever the system says, and stays so', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url, { colorScheme: 'light' });
  const { page } = learner;
  const brightness = () =>
    page.evaluate(() => {
      const shades = (
        getComputedStyle(document.querySelector('[data-testid="page"]')?.parentElement ?? document.body).backgroundColor.match(/\d+/g) ?? []
      ).map(Number);
      const own =
        shades.length === 4 && shades[3] === 0 ? (getComputedStyle(document.body).backgroundColor.match(/\d+/g) ?? []).map(Number) : shades;
      return Math.max(...own.slice(0, 3));
    });
  expect(await brightness()).toBeGreaterThan(200);
  const button = page.getByRole('button', { name: /^Theme/ });
  for (let press = 0; press < 3 && (await page.locator('html').getAttribute('data-theme')) !== 'dark'; press++) await button.click();
  expect(await brightness()).toBeLessThan(80);
  await page.locator('.monaco-editor.async-lab-dark, .monaco-editor.vs-dark').first().waitFor();
  await page.reload();
  await learner.ran();
  expect(await brightness()).toBeLessThan(80);
  await learner.close();
});

it('draws messages in their colours for whoever wants less motion, and goes event by event', async () => {
  const learner = await Learner.ready(opened.browser, opened.site.url, { reducedMotion: 'reduce' });
  await learner.seek(30);
  expect(await learner.page.locator('select option:checked').allInnerTexts()).toContain('event by event');
  const colours = await learner.page.locator('#stage canvas').first().evaluate(coloursOf);
  expect(colours).toBeGreaterThan(100);
  await learner.close();
});

/** Runs in the page: pixels of a canvas that are not grey. */
function coloursOf(canvas: Element): number {
  const { width, height } = canvas as HTMLCanvasElement;
  const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue, alpha] = data.subarray(at, at + 4) as unknown as [number, number, number, number];
    if (alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) count += 1;
  }
  return count;
}

describe('by keyboard', () => {
  it('plays, steps, runs and lists its keys', async () => {
    const learner = await Learner.ready(opened.browser, opened.site.url);
    const { page } = learner;
    await page.locator('#stage').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => learner.timeSeconds(), SLOW).toBeGreaterThan(0.3);
    await page.keyboard.press('Space');
    const at = await learner.clock();
    await page.waitForTimeout(200);
    expect(await learner.clock()).toBe(at);
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    expect(await learner.clock()).not.toBe(at);
    for (let press = 0; press < 3; press++) await page.keyboard.press(',');
    const back = await learner.clock();
    await page.keyboard.press('.');
    await page.keyboard.press(',');
    expect(await learner.clock()).toBe(back);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await learner.write(start.replace('seconds(1)', 'seconds(2)'));
    await page.keyboard.press('ControlOrMeta+Enter');
    await learner.ran();
    await learner.seek(60);
    await expect.poll(async () => parseFloat((await learner.numbers()).Q[0] ?? ''), SLOW).toBe(5);
    expect(await learner.written(), 'Ctrl+Enter writes no line').toContain('seconds(2)');
    await learner.close();
  });

  it('reaches everything with Tab, and gets out of the editor', async () => {
    const learner = await Learner.ready(opened.browser, opened.site.url);
    const { page } = learner;
    await learner.seek(5);
    const reached = new Set<string>();
    let leaves = false;
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let press = 0; press < 100; press++) {
      const before = await focused(page);
      // Once is enough: from then on Tab leaves the editor.
      if (before?.inEditor && !leaves) await page.keyboard.press('ControlOrMeta+M');
      leaves ||= before?.inEditor === true;
      await page.keyboard.press('Tab');
      const now = await focused(page);
      if (!now) continue; // past the last one, before the first
      if (!now.inEditor) expect(now.isSeen, `${now.name} shows that it has the focus`).toBe(true);
      reached.add(now.name);
    }
    const wanted = await page.evaluate(everyStop);
    expect(wanted.length).toBeGreaterThan(25);
    expect(wanted.filter((name) => !reached.has(name))).toEqual([]);
    await learner.close();
  });
});

interface Focused {
  readonly name: string;
  readonly inEditor: boolean;
  readonly isSeen: boolean;
}

function focused(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement || element instanceof SVGElement) || element === document.body) return undefined;
    const inEditor = element.closest('.monaco-editor') !== null;
    const box = element.getBoundingClientRect();
    const radio = element instanceof HTMLInputElement && element.type === 'radio' ? element.name : undefined;
    const name = inEditor
      ? 'editor'
      : (radio ??
        `${element.tagName} ${element.id} ${element.getAttribute('aria-label') ?? ''} ${element.textContent?.trim().slice(0, 60) ?? ''}`);
    return { name, inEditor, isSeen: box.width > 0 && box.height > 0 };
  });
}

/** Runs in the page: what Tab must reach. Of a group of radio buttons one does; what is in the editor counts as the editor. */
function everyStop(): string[] {
  const names = new Set<string>();
  for (const element of document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')) {
    const off = element.tabIndex < 0 || element.matches(':disabled') || element.closest('[inert]') !== null;
    if (off || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest('.monaco-editor')) names.add('editor');
    else if (element instanceof HTMLInputElement && element.type === 'radio') names.add(element.name);
    else
      names.add(
        `${element.tagName} ${element.id} ${element.getAttribute('aria-label') ?? ''} ${element.textContent?.trim().slice(0, 60) ?? ''}`,
      );
  }
  return [...names];
}
