/**
 * `npm run shots [-- VIEW…]`: takes a picture of every view, dialog and error state in both themes and languages at four sizes, writes
 * sheets of them, and says what the console complained of. `--size 390x844`, `--language zh` and `--theme dark` choose among them, each as
 * often as wanted, `--into FOLDER` puts them elsewhere, and at the sizes of `--axe 1366x768` axe looks for what is not accessible.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withBuiltPage } from './built-page';
import { Camera, THEMES, type Album, type Visit } from './camera';
import { writeSheets } from './sheet';
import { VIEWS } from './views';
import { isPhone, LANGUAGES, sizeOf } from './visitor';

const SIZES = ['1440x900', '1366x768', '1024x768', '390x844'];
/** Pages at once; each has a sandbox that runs beside it. */
const WALKERS = 2;

/** True when every picture could be taken and nothing was complained of. */
export async function main(parameters: readonly string[]): Promise<boolean> {
  const options = {
    axe: { type: 'string', multiple: true, default: [] as string[] },
    size: { type: 'string', multiple: true, default: SIZES },
    language: { type: 'string', multiple: true, default: [...LANGUAGES] as string[] },
    theme: { type: 'string', multiple: true, default: [...THEMES] as string[] },
    into: { type: 'string', default: 'shots' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true });
  const views = VIEWS.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  const languages = LANGUAGES.filter((language) => values.language.includes(language));
  const visits = views.flatMap((view) =>
    visitsOf(values.size, view.eachSize === true).flatMap((sizes): Visit[] =>
      view.wideOnly && isPhone(sizes[0]) ? [] : languages.map((language) => ({ view, sizes, language })),
    ),
  );
  const album: Album = {
    folder: resolve(values.into),
    axe: values.axe,
    themes: THEMES.filter((theme) => values.theme.includes(theme)),
    taken: [],
    complaints: [],
  };
  const { folder, taken, complaints } = album;
  await withBuiltPage(async (browser, url) => {
    const next = visits.values();
    const walk = async (): Promise<void> => {
      const camera = new Camera(browser, url, album);
      for (const visit of next) await camera.visit(visit);
    };
    await Promise.all(Array.from({ length: WALKERS }, walk));
    const order = VIEWS.map(({ name }) => name);
    taken.sort((one, other) => order.indexOf(one.view) - order.indexOf(other.view) || (one.look < other.look ? -1 : 1));
    await writeSheets(browser, folder, taken);
  });
  console.log(`${taken.length} pictures of ${views.length} views in ${folder}; ${complaints.length} complaints`);
  return complaints.length === 0;
}

/**
 * The sizes that one visit serves. Wide ones share it, the narrowest first, because it takes seconds to get where a view is and none to
 * make the window larger; a phone has another page.
 */
function visitsOf(sizes: readonly string[], apart: boolean): (readonly [string, ...string[]])[] {
  const each = sizes.map((size) => [size] as const);
  const [first, ...others] = sizes.filter((size) => !isPhone(size)).sort((one, other) => sizeOf(one).width - sizeOf(other).width);
  if (apart || first === undefined) return each;
  return [[first, ...others], ...each.filter(([size]) => isPhone(size))];
}
