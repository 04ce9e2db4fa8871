/** The newest results and how the current run stands: the run machine, readable from views. */
import { createActor, fromPromise, type SnapshotFrom } from 'xstate';
import type { LaneResult } from '../model/run-result';
import type { RunReply } from '../sandbox/run-reply';
import { runMachine, type RunInput, type Simulator } from './run-machine';

/**
 * `held` means that a visit waits for Run; `stopped` that the newest run could not be made, or ended before its time:
 * `problems` say why, and the lanes are those of the last good run.
 */
export type RunStatus = 'starting' | 'idle' | 'held' | 'running' | 'stopped' | 'unavailable';

export class RunState {
  #snapshot = $state.raw(createActor(runMachine).getSnapshot());
  readonly #actor;
  readonly #listeners = new Set<(lanes: readonly LaneResult[]) => void>();

  readonly status = $derived(statusOf(this.#snapshot));
  /** This and what follows are each their own: a view that reads the lanes is not made again because a run has got further. */
  readonly lanes = $derived(this.#snapshot.context.lanes);
  /** The file and seed that the lanes show. */
  readonly shown = $derived(this.#snapshot.context.shown);
  /** Of the newest run: why it could not be made, or what went wrong in it. */
  readonly problems = $derived(this.#snapshot.context.problems);
  /** The lanes are older than the newest finished attempt. */
  readonly fromLastGood = $derived(this.shown !== undefined && this.status !== 'running' && this.shown !== this.#snapshot.context.ran);
  /** The current run takes longer than a blink, so that its progress is worth showing. */
  readonly isLong = $derived(this.#snapshot.matches({ running: 'long' }));
  /** Share of the current run that is done, 0 to 1. */
  readonly progress = $derived(this.#snapshot.context.progress);

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
  }

  /** Brings the sandbox up. Nothing runs before this. */
  start(): void {
    this.#actor.subscribe((snapshot) => {
      const changed = snapshot.context.lanes !== this.#snapshot.context.lanes;
      this.#snapshot = snapshot;
      if (changed) for (const listener of this.#listeners) listener(snapshot.context.lanes);
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
}

function statusOf(snapshot: SnapshotFrom<typeof runMachine>): RunStatus {
  if (snapshot.matches('starting')) return 'starting';
  if (snapshot.matches('unavailable')) return 'unavailable';
  if (snapshot.matches('running')) return 'running';
  if (!snapshot.context.live) return 'held';
  return snapshot.context.problems.length > 0 ? 'stopped' : 'idle';
}
