/** The summaries of long simulations, on every core. */
import type { RunSummary } from '../../src/model/summary';
import { bundledThreads, type BundledThreads } from './bundled-threads';
import type { Job } from './run-thread';

export class Simulations {
  private constructor(private readonly bundled: BundledThreads<Job, RunSummary>) {}

  static async start(): Promise<Simulations> {
    return new Simulations(await bundledThreads('test/theory/run-thread.ts'));
  }

  /** The summaries of seeds 1 to `seeds`. */
  over(seeds: number, file: unknown, variant: string | null = null): Promise<RunSummary[]> {
    return Promise.all(Array.from({ length: seeds }, (_, index) => this.bundled.threads.ask({ file, variant, seed: index + 1 })));
  }

  close(): Promise<void> {
    return this.bundled.close();
  }
}
