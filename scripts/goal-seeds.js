// `npm run goal:seeds`: bundles the swarm and its threads, so that Node need not know TypeScript, and runs all of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const bundles = mkdtempSync(join(tmpdir(), 'async-lab-seeds-'));

async function bundle(path, name) {
  const target = join(bundles, name);
  const built = await rolldown({ input: path, platform: 'node', logLevel: 'warn' });
  await built.write({ file: target, format: 'esm' });
  await built.close();
  return target;
}

try {
  const thread = await bundle('test/swarm/seeds-thread.ts', 'thread.mjs');
  const { goal } = await import(pathToFileURL(await bundle('test/swarm/goal-seeds.ts', 'goal.mjs')).href);
  process.exitCode = (await goal(rolldown, thread, process.argv.slice(2))) ? 0 : 1;
} finally {
  rmSync(bundles, { recursive: true });
}
