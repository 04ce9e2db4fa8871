/** The judge of seeds as a file of its own, with the simulator as it is or with one deliberate fault in it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { rolldown } from 'rolldown';
import type { Mutation } from './mutations';

export type Rolldown = typeof rolldown;

/** The code with the fault in it. @throws Error when what is to be replaced does not stand there exactly once. */
export function mutate(code: string, { name, file, from, to }: Mutation): string {
  const found = code.split(from).length - 1;
  if (found !== 1) throw new Error(`mutation "${name}": ${file} has ${JSON.stringify(from)} ${found} times, not once`);
  return code.replace(from, () => to);
}

/** Path of the bundle, in a new folder; whoever asks removes it. */
export async function bundleJudge(bundler: Rolldown, mutation?: Mutation): Promise<{ readonly folder: string; readonly path: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'async-lab-swarm-'));
  const path = join(folder, 'judge.mjs');
  const transform = (code: string, id: string): string | undefined =>
    mutation !== undefined && id.endsWith(mutation.file) ? mutate(code, mutation) : undefined;
  const built = await bundler({
    input: 'test/swarm/judge.ts',
    platform: 'node',
    logLevel: 'warn',
    plugins: [{ name: 'mutation', transform }],
  });
  await built.write({ file: path, format: 'esm' });
  await built.close();
  return { folder, path };
}
