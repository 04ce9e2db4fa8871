// `npm run bench`: bundles the benchmark and its contestants, so that Node need not know TypeScript, and runs it.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'test', 'bench');
const sources = join(FOLDER, 'contestants');
const bundles = mkdtempSync(join(tmpdir(), 'async-lab-bench-'));

try {
  const programs = readdirSync(sources).filter((name) => name.endsWith('.ts'));
  // One bundle each: code that programs share would be optimised for what all of them do.
  for (const path of [join(FOLDER, 'main.ts'), ...programs.map((name) => join(sources, name))]) {
    const bundle = await rolldown({ input: path, platform: 'node', logLevel: 'warn' });
    await bundle.write({ file: join(bundles, basename(path).replace(/ts$/, 'js')), format: 'esm' });
    await bundle.close();
  }
  const { bench } = await import(pathToFileURL(join(bundles, 'main.js')).href);
  bench({ bundles, sources }, process.argv.includes('--quick'));
} finally {
  rmSync(bundles, { recursive: true });
}
