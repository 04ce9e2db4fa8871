/** The page as it is built, on a server of its own, and a browser to look at it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../e2e/browser';
import { buildForProduction } from '../e2e/build-for-production';
import { serve } from '../e2e/static-server';

/** Both are there while `look` runs. `minify`: false where the names of functions are looked at. */
export async function withBuiltPage<T>(look: (browser: Browser, url: string) => Promise<T>, { minify = true } = {}): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'async-lab-page-'));
  await buildForProduction({ logLevel: 'warn', build: { outDir: folder, emptyOutDir: true, ...(minify ? {} : { minify }) } });
  const [browser, site] = await Promise.all([launchChromium(), serve(folder, '/')]);
  try {
    return await look(browser, site.url);
  } finally {
    await browser.close();
    await site.stop();
    await rm(folder, { recursive: true });
  }
}
