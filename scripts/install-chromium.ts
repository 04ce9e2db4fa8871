/** Before the browser tests: gets a Chromium where there is none. Playwright's download first; on Debian, root can ask the system. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findChromium, locateChromium } from './find-chromium';

export function setup(): void {
  if (starts(locateChromium())) return;
  console.log('Installing a Chromium for the browser tests (once)…');
  const playwright = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  run(process.execPath, playwright, 'install', '--no-shell', 'chromium');
  // A download lacks the libraries that a bare Debian lacks; its own package brings them.
  if (!starts(locateChromium()) && isDebianRoot()) {
    run('apt-get', 'update');
    run('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium');
  }
  findChromium();
}

function starts(executable: string | undefined): boolean {
  return executable !== undefined && spawnSync(executable, ['--version'], { timeout: 20_000 }).status === 0;
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function run(command: string, ...parameters: string[]): void {
  spawnSync(command, parameters, { stdio: 'inherit' });
}
