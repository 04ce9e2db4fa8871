/** Where a Firefox is: env FIREFOX, or the usual places of this system. Unlike a Chromium, none is installed when there is none. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const { FIREFOX, PATH, PROGRAMFILES } = process.env;

const NAMES = process.platform === 'win32' ? ['firefox.exe'] : ['firefox', 'firefox-esr'];

const USUAL_PLACES: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: PROGRAMFILES === undefined ? [] : [join(PROGRAMFILES, 'Mozilla Firefox/firefox.exe')],
};

/** Undefined when there is none. `FIREFOX` is believed, even when it names nothing: whoever set it wants to hear of it. */
export function locateFirefox(): string | undefined {
  if (FIREFOX) return FIREFOX;
  const onPath = (PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...(USUAL_PLACES[process.platform] ?? []), ...onPath].find((file) => existsSync(file));
}
