/**
 * Long simulations on every core. The simulator is bundled first, as it is for the page: one by one, as the tests load them, its modules
 * are half as fast.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { rolldown } from 'rolldown';
import type { RunSummary } from '../../src/model/summary';
import type { Done, Job } from './run-thread';

export class Simulations {
  readonly #threads: readonly Worker[];
  readonly #waiting = new Map<number, { resolve: (summary: RunSummary) => void; reject: (error: unknown) => void }>();
  #jobs = 0;

  private constructor(
    private readonly folder: string,
    script: string,
  ) {
    this.#threads = Array.from({ length: availableParallelism() }, () => new Worker(script));
    for (const thread of this.#threads) {
      thread.on('message', ({ id, summary }: Done) => this.#waiting.get(id)?.resolve(summary));
      thread.on('error', (error) => {
        for (const { reject } of this.#waiting.values()) reject(error);
      });
    }
  }

  static async start(): Promise<Simulations> {
    const folder = await mkdtemp(join(tmpdir(), 'async-lab-simulations-'));
    const script = join(folder, 'run-thread.mjs');
    const bundle = await rolldown({ input: 'test/theory/run-thread.ts', platform: 'node' });
    await bundle.write({ file: script, format: 'esm' });
    await bundle.close();
    return new Simulations(folder, script);
  }

  /** The summaries of seeds 1 to `seeds`. */
  over(seeds: number, file: unknown, variant: string | null = null): Promise<RunSummary[]> {
    return Promise.all(Array.from({ length: seeds }, (_, index) => this.#ask({ id: ++this.#jobs, file, variant, seed: index + 1 })));
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
    await rm(this.folder, { recursive: true, force: true });
  }

  #ask(job: Job): Promise<RunSummary> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(job.id, { resolve, reject });
      this.#threads[job.id % this.#threads.length]?.postMessage(job);
    });
  }
}
