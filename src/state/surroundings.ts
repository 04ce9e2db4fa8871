/** What the state of the page needs of the outside: all of it is passed in. */
import type { DocumentStore } from '../storage/document-store';
import type { EditLocks } from '../storage/edit-locks';
import type { Memory } from './memory';
import type { Frames } from './playhead.svelte';
import type { Simulator } from './run-machine';

export interface Surroundings {
  readonly simulator: Simulator;
  readonly store: Promise<DocumentStore>;
  readonly locks: EditLocks;
  readonly memory: Memory;
  readonly frames: Frames;
  /** The browser's languages, most wanted first. */
  readonly wishes: readonly string[];
  /** A name that no document has yet. */
  readonly newId: () => string;
}
