/** The newest results and how the current run stands: the run machine, readable from views. */
import { createSubscriber } from 'svelte/reactivity';
import { createActor, fromPromise, type SnapshotFrom } from 'xstate';
import type { Problem } from '../model/problem';
import type { LaneResult } from '../model/run-result';
import type { RunReply } from '../sandbox/run-reply';
import { runMachine, type RunInput, type Simulator } from './run-machine';

/**
 * `held` means that a visit waits for Run; `stopped` that the newest run could not be made, or ended before its time:
 * `problems` say why, and the lanes are those of the last good run.
 */
export type RunStatus = 'starting' | 'idle' | 'held' | 'running' | 'stopped' | 'unavailable';

export class RunState {
  #snapshot: SnapshotFrom<typeof runMachine>;
  readonly #actor;
  readonly #subscribe: () => void;
  readonly #listeners = new Set<(lanes: readonly LaneResult[]) => void>();

  constructor(simulator: Simulator) {
    this.#actor = createActor(
      runMachine.provide({
        actors: {
          start: fromPromise(() => simulator.start()),
          run: fromPromise<RunReply, RunInput>(({ input: { file, variants, seed } }) =>
            simulator.run({ file, variants, seed }, (fraction) => this.#actor.send({ type: 'progress', fraction })),
          ),
        },
        actions: { cancelRun: () => simulator.cancel() },
      }),
    );
    this.#snapshot = this.#actor.getSnapshot();
    this.#subscribe = createSubscriber((update) => {
      this.#onUpdate = update;
      return () => (this.#onUpdate = undefined);
    });
  }
  #onUpdate: (() => void) | undefined;

  /** Brings the sandbox up. Nothing runs before this. */
  start(): void {
    this.#actor.subscribe((snapshot) => {
      const changed = snapshot.context.lanes !== this.#snapshot.context.lanes;
      this.#snapshot = snapshot;
      if (changed) for (const listener of this.#listeners) listener(snapshot.context.lanes);
      this.#onUpdate?.();
    });
    this.#actor.start();
  }

  /** Another document. `live` false: nothing runs before `run()` is called. */
  open(input: RunInput, live: boolean): void {
    this.#actor.send({ type: 'open', input, live });
  }

  /** The newest edit: it runs by itself when the document is live. */
  change(input: RunInput): void {
    this.#actor.send({ type: 'change', input });
  }

  run(): void {
    this.#actor.send({ type: 'run' });
  }

  cancel(): void {
    this.#actor.send({ type: 'cancel' });
  }

  /** Calls back with the lanes of each new run, before any view sees them. */
  onLanes(listener: (lanes: readonly LaneResult[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get status(): RunStatus {
    const snapshot = this.#read();
    if (snapshot.matches('starting')) return 'starting';
    if (snapshot.matches('unavailable')) return 'unavailable';
    if (snapshot.matches('running')) return 'running';
    if (!snapshot.context.live) return 'held';
    return snapshot.context.problems.length > 0 ? 'stopped' : 'idle';
  }
  get lanes(): readonly LaneResult[] {
    return this.#read().context.lanes;
  }
  /** The file and seed that the lanes show. */
  get shown(): RunInput | undefined {
    return this.#read().context.shown;
  }
  /** Of the newest run: why it could not be made, or what went wrong in it. */
  get problems(): readonly Problem[] {
    return this.#read().context.problems;
  }
  /** The lanes are older than the newest finished attempt. */
  get fromLastGood(): boolean {
    const { shown, ran } = this.#read().context;
    return shown !== undefined && this.status !== 'running' && shown !== ran;
  }
  /** The current run takes longer than a blink, so that its progress is worth showing. */
  get isLong(): boolean {
    return this.#read().matches({ running: 'long' });
  }
  /** Share of the current run that is done, 0 to 1. */
  get progress(): number {
    return this.#read().context.progress;
  }

  #read(): SnapshotFrom<typeof runMachine> {
    this.#subscribe();
    return this.#snapshot;
  }
}
