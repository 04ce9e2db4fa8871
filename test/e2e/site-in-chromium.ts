/** For all tests of a file: a browser, and the built page on a server of its own. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './browser';
import { serveBuild } from './learner';
import type { Site } from './static-server';

export function siteInChromium(): { readonly browser: Browser; readonly site: Site } {
  const opened: { browser?: Browser; site?: Site } = {};
  beforeAll(async () => {
    [opened.browser, opened.site] = await Promise.all([launchChromium(), serveBuild()]);
  });
  afterAll(async () => {
    await opened.browser?.close();
    await opened.site?.stop();
  });
  return {
    get browser() {
      return opened.browser!;
    },
    get site() {
      return opened.site!;
    },
  };
}
