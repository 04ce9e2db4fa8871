/**
 * `npm run shots [-- --axe] [--size 390x844] [VIEW…]`: takes a picture of every view, dialog and error state in both themes and
 * languages at four sizes, writes sheets of them, and says what the console complained of, and with `--axe` what axe finds.
 */
import AxeBuilder from '@axe-core/playwright';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { withBuiltPage } from './built-page';
import { writeSheets, type Shot } from './sheet';
import type { View } from './view';
import { VIEWS } from './views';
import { LANGUAGES, Visitor, type Language, type Size } from './visitor';

const SIZES = ['1440x900', '1366x768', '1024x768', '390x844'];
const THEMES = ['light', 'dark'] as const;
const FOLDER = resolve('shots');
/** Pages at once; each has a sandbox that runs beside it. */
const VISITORS = 2;
/** Whatever is loaded late is there, and nothing fades any more. */
const SETTLED_MS = 900;

interface Task {
  readonly view: View;
  readonly size: string;
  readonly language: Language;
}

/** True when every picture could be taken and nothing was complained of. */
export async function main(parameters: readonly string[]): Promise<boolean> {
  const options = { axe: { type: 'boolean', default: false }, size: { type: 'string', multiple: true, default: SIZES } } as const;
  const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true });
  const views = VIEWS.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  const tasks = views.flatMap((view) =>
    values.size
      .flatMap((size) => LANGUAGES.map((language): Task => ({ view, size, language })))
      .filter(({ size }) => !view.wideOnly || sizeOf(size).width > 760),
  );
  const taken: Shot[] = [];
  const complaints: string[] = [];
  await withBuiltPage(async (browser, url) => {
    const visit = async (): Promise<void> => {
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        const where = `${task.view.name} ${task.size} ${task.language}`;
        try {
          taken.push(...(await look(browser, url, task, values.axe, (text) => complaints.push(`${where}: ${text}`))));
        } catch (error) {
          complaints.push(`${where}: ${String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: VISITORS }, visit));
    taken.sort((one, other) => order(one) - order(other) || (one.look < other.look ? -1 : 1));
    await writeSheets(browser, FOLDER, taken);
  });
  for (const complaint of complaints) console.log(complaint);
  console.log(`${taken.length} pictures of ${views.length} views in ${FOLDER}; ${complaints.length} complaints`);
  return complaints.length === 0;
}

async function look(
  browser: Browser,
  url: string,
  { view, size, language }: Task,
  axe: boolean,
  complain: (text: string) => void,
): Promise<Shot[]> {
  const visitor = await Visitor.come(browser, `${url}#${view.fragment ?? ''}`, language, sizeOf(size), view.remembered, view.before);
  const { page } = visitor;
  try {
    await view.go(visitor);
    const folder = join(FOLDER, size);
    await mkdir(folder, { recursive: true });
    const taken: Shot[] = [];
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.waitForTimeout(SETTLED_MS);
      const look = `${language} ${theme}`;
      const file = `${size}/${view.name}.${language}.${theme}.png`;
      await page.screenshot({ path: join(FOLDER, file) });
      taken.push({ view: view.name, size, look, file });
      if (!axe) continue;
      const { violations } = await new AxeBuilder({ page }).analyze();
      for (const { id, nodes } of violations) complain(`${theme}: ${id} at ${nodes.map(({ target }) => String(target)).join(' | ')}`);
    }
    for (const fault of visitor.faults) complain(fault);
    return taken;
  } finally {
    await visitor.leave();
  }
}

function sizeOf(size: string): Size {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
}

function order({ view }: Shot): number {
  return VIEWS.findIndex(({ name }) => name === view);
}
