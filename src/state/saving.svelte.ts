/** Keeps the open document on the device, and says honestly whether it is kept. */
import { untrack } from 'svelte';
import { problem, type Problem } from '../model/problem';
import type { JsonRecord } from '../model/variant';
import { StorageError, type DocumentStore, type StoredDocument } from '../storage/document-store';
import type { DocumentState } from './document.svelte';

/** `forgetful`: the browser keeps nothing, so what is saved lives as long as this window. */
export type SaveStatus = 'saved' | 'saving' | 'failed' | 'forgetful';

/** Typing is not saved letter by letter. */
const QUIET_MS = 250;

export class SavingState {
  #status = $state.raw<SaveStatus>('saved');
  #problem = $state.raw<Problem>();
  readonly #document: DocumentState;
  readonly #store: Promise<DocumentStore>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Saves run one after another, so that an older one never lands on a newer one. */
  #last: Promise<void> = Promise.resolve();

  constructor(document: DocumentState, store: Promise<DocumentStore>) {
    this.#document = document;
    this.#store = store;
    document.onChange((change) => {
      if (change === 'edited') this.#later();
      else this.#become('saved', undefined);
    });
  }

  get status(): SaveStatus {
    return this.#status;
  }
  /** Why the newest save failed. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Saves at once what is not saved yet. Resolves to true when the device has it all. `version`: a save that is kept for itself. */
  async flush(version = false): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (untrack(() => this.#document.dirty) && untrack(() => this.#document.identity.id) !== '') this.#save(version);
    await this.#last;
    return untrack(() => this.#status) !== 'failed';
  }

  #later(): void {
    this.#become('saving', undefined);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), QUIET_MS);
  }

  #save(version: boolean): void {
    const { identity, file } = untrack(() => ({ identity: this.#document.identity, file: this.#document.file }));
    const stored: StoredDocument = { kind: identity.kind, lesson: identity.lesson, file };
    this.#become('saving', undefined);
    this.#last = this.#last.then(() => this.#write(identity.id, stored, version));
  }

  async #write(id: string, stored: StoredDocument, version: boolean): Promise<void> {
    try {
      const store = await this.#store;
      await store.save(id, stored, { version });
      this.#saved(id, stored.file, store.persistent);
    } catch (error) {
      if (this.#document.identity.id !== id) return;
      this.#become(
        'failed',
        error instanceof StorageError ? error.problem : problem('', 'problem.storageFailed', { reason: String(error) }),
      );
    }
  }

  #saved(id: string, file: JsonRecord, persistent: boolean): void {
    if (this.#document.identity.id !== id) return;
    this.#document.markSaved(file);
    if (!this.#document.dirty) this.#become(persistent ? 'saved' : 'forgetful', undefined);
  }

  #become(status: SaveStatus, why: Problem | undefined): void {
    this.#status = status;
    this.#problem = why;
  }
}
