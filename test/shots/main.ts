/**
 * `npm run shots [-- --axe] [--size 390x844] [--into FOLDER] [VIEW…]`: takes a picture of every view, dialog and error state in both
 * themes and languages at four sizes, writes sheets of them, and says what the console complained of, and with `--axe` what axe finds.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { withBuiltPage } from './built-page';
import { Camera, type Visit } from './camera';
import { writeSheets } from './sheet';
import { VIEWS } from './views';
import { isPhone, LANGUAGES, sizeOf } from './visitor';

const SIZES = ['1440x900', '1366x768', '1024x768', '390x844'];
/** Pages at once; each has a sandbox that runs beside it. */
const VISITORS = 2;

/** True when every picture could be taken and nothing was complained of. */
export async function main(parameters: readonly string[]): Promise<boolean> {
  const options = {
    axe: { type: 'boolean', default: false },
    size: { type: 'string', multiple: true, default: SIZES },
    into: { type: 'string', default: 'shots' },
  } as const;
  const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true });
  const views = VIEWS.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  const visits = views.flatMap((view) =>
    visitsOf(values.size, view.eachSize === true).flatMap((sizes): Visit[] =>
      view.wideOnly && isPhone(sizes[0]) ? [] : LANGUAGES.map((language) => ({ view, sizes, language })),
    ),
  );
  const folder = resolve(values.into);
  const camera = await withBuiltPage(async (browser, url) => {
    const camera = new Camera(browser, url, folder, values.axe);
    const next = visits.values();
    const walk = async (): Promise<void> => {
      for (const visit of next) await camera.visit(visit);
    };
    await Promise.all(Array.from({ length: VISITORS }, walk));
    const order = VIEWS.map(({ name }) => name);
    await writeSheets(
      browser,
      folder,
      camera.taken.toSorted((one, other) => order.indexOf(one.view) - order.indexOf(other.view) || (one.look < other.look ? -1 : 1)),
    );
    return camera;
  });
  for (const complaint of camera.complaints) console.log(complaint);
  console.log(`${camera.taken.length} pictures of ${views.length} views in ${folder}; ${camera.complaints.length} complaints`);
  return camera.complaints.length === 0;
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
