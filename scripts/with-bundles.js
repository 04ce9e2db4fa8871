// Bundles TypeScript, so that Node need not know it; what was bundled is gone afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';

/** Calls `run` with a function that bundles a file and returns where the bundle is. */
export async function withBundles(run) {
  const bundles = mkdtempSync(join(tmpdir(), 'async-lab-'));
  const bundle = async (path) => {
    const file = join(bundles, `${basename(path, '.ts')}.mjs`);
    const built = await rolldown({ input: path, platform: 'node', logLevel: 'warn' });
    await built.write({ file, format: 'esm' });
    await built.close();
    return file;
  };
  try {
    await run(bundle);
  } finally {
    rmSync(bundles, { recursive: true });
  }
}
