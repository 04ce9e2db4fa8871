/** Long simulations on every core: one thread each, jobs in turn. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** What a thread is sent, and what it sends back. */
export interface Asked<Job> {
  readonly id: number;
  readonly job: Job;
}
export interface Answered<Answer> {
  readonly id: number;
  readonly answer: Answer;
}

export class Threads<Job, Answer> {
  readonly #threads: readonly Worker[];
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: unknown) => void }>();
  #asked = 0;

  /** @param script a JavaScript file that answers every `Asked` with an `Answered` */
  constructor(script: string) {
    this.#threads = Array.from({ length: availableParallelism() }, () => new Worker(script));
    for (const thread of this.#threads) {
      thread.on('message', ({ id, answer }: Answered<Answer>) => {
        this.#waiting.get(id)?.resolve(answer);
        this.#waiting.delete(id);
      });
      thread.on('error', (error) => {
        for (const { reject } of this.#waiting.values()) reject(error);
      });
    }
  }

  ask(job: Job): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const id = ++this.#asked;
      this.#waiting.set(id, { resolve, reject });
      this.#threads[id % this.#threads.length]?.postMessage({ id, job } satisfies Asked<Job>);
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }
}
