// The command line as two bundles, `dist-cli/async-lab.js` and its thread, so that Node need not know TypeScript.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const TARGET = join(ROOT, 'dist-cli');
const ENTRY = join(TARGET, 'async-lab.js');

/** The address of the bundle, to be imported. */
export async function buildCommandLineIfStale() {
  if (isStale()) await buildCommandLine({ unlessMadeMeanwhile: true });
  return pathToFileURL(ENTRY).href;
}

export async function buildCommandLine({ unlessMadeMeanwhile = false } = {}) {
  // The thread locks itself down; its own code keeps a private name for each global that it still needs.
  const captured = JSON.parse(readFileSync(join(ROOT, 'build/captured-globals.json'), 'utf8'));
  const bundle = await rolldown({
    input: { 'async-lab': join(ROOT, 'src/cli/main.ts'), thread: join(ROOT, 'src/cli/thread.ts') },
    platform: 'node',
    logLevel: 'warn',
  });
  // Chunks lie beside the entries, because code in them looks for files beside itself.
  const fresh = `${TARGET}-${process.pid}`;
  await bundle.write({
    dir: fresh,
    format: 'esm',
    intro: `const { ${captured.join(', ')} } = globalThis;`,
    chunkFileNames: '[name]-[hash].js',
  });
  await bundle.close();
  // Another command that started at this moment may have been quicker: what it already runs from is left in its place.
  if (unlessMadeMeanwhile && !isStale()) return rmSync(fresh, { recursive: true });
  rmSync(TARGET, { recursive: true, force: true });
  renameSync(fresh, TARGET); // in one step, so that nobody finds half of it
}

function isStale() {
  return !existsSync(ENTRY) || statSync(ENTRY).mtimeMs < newestSource();
}

function newestSource() {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const times = files.map((file) => statSync(join(file.parentPath ?? file.path, file.name)).mtimeMs);
  return Math.max(statSync(join(ROOT, 'package-lock.json')).mtimeMs, ...times);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildCommandLine();
