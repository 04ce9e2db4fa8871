// `npm run goal:theory`: bundles the table of theory and its threads, so that Node need not know TypeScript, and runs the large size.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const bundles = mkdtempSync(join(tmpdir(), 'async-lab-theory-'));

async function bundle(path, name) {
  const target = join(bundles, name);
  const built = await rolldown({ input: path, platform: 'node', logLevel: 'warn' });
  await built.write({ file: target, format: 'esm' });
  await built.close();
  return target;
}

try {
  const tableThread = await bundle('test/theory/table/thread.ts', 'table-thread.mjs');
  const runThread = await bundle('test/theory/run-thread.ts', 'run-thread.mjs');
  const { goal } = await import(pathToFileURL(await bundle('test/theory/goal.ts', 'goal.mjs')).href);
  process.exitCode = (await goal({ tableThread, runThread }, process.argv.slice(2))) ? 0 : 1;
} finally {
  rmSync(bundles, { recursive: true });
}
