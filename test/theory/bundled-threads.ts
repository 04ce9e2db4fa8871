/** Threads for tests. Their program is bundled first, as it is for the page: one by one, as tests load them, modules are half as fast. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { Threads } from './threads';

export interface BundledThreads<Job, Answer> {
  readonly threads: Threads<Job, Answer>;
  close(): Promise<void>;
}

/** @param program the path of a TypeScript file, from the root of the project */
export async function bundledThreads<Job, Answer>(program: string): Promise<BundledThreads<Job, Answer>> {
  const folder = await mkdtemp(join(tmpdir(), 'async-lab-threads-'));
  const script = join(folder, 'thread.mjs');
  const bundle = await rolldown({ input: program, platform: 'node' });
  await bundle.write({ file: script, format: 'esm' });
  await bundle.close();
  const threads = new Threads<Job, Answer>(script);
  return {
    threads,
    close: async () => {
      await threads.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
