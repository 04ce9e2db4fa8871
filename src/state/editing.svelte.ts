/**
 * Whether this tab may edit what is open: of several tabs with one document, one edits and the others follow what it saves. Nothing is
 * lost when they change places: who lets go has saved, and who takes over reads it first.
 */
import { untrack } from 'svelte';
import type { DocumentStore } from '../storage/document-store';
import type { Claim, EditLocks } from '../storage/edit-locks';
import type { DocumentState } from './document.svelte';
import type { SavingState } from './saving.svelte';

export class EditingState {
  #elsewhere = $state.raw(false);
  readonly #document: DocumentState;
  readonly #saving: SavingState;
  readonly #store: Promise<DocumentStore>;
  readonly #locks: EditLocks;
  #claim: Claim | undefined;
  #claimed = '';

  constructor(document: DocumentState, saving: SavingState, store: Promise<DocumentStore>, locks: EditLocks) {
    this.#document = document;
    this.#saving = saving;
    this.#store = store;
    this.#locks = locks;
    document.onChange(() => this.claim());
    void store.then((opened) =>
      opened.onExternalChange((id) => {
        if (id === this.#claimed && untrack(() => this.#elsewhere)) void this.#follow(id);
      }),
    );
  }

  /** Another tab edits the open document. */
  get elsewhere(): boolean {
    return this.#elsewhere;
  }

  takeOver(): void {
    this.#claim?.takeOver();
  }

  /** Whether a document is edited in any tab, this one or another. */
  isClaimed(id: string): Promise<boolean> {
    return this.#locks.isClaimed(id);
  }

  /** Asks to edit what is open, if it is another document than before. */
  claim(): void {
    const { id } = untrack(() => this.#document.identity);
    if (id === this.#claimed) return;
    this.#claim?.release();
    this.#claimed = id;
    this.#become(false);
    this.#claim = id === '' ? undefined : this.#locks.claim(id, this.#eventsOf(id));
  }

  #eventsOf(id: string): Parameters<EditLocks['claim']>[1] {
    const isOpen = (): boolean => this.#claimed === id;
    return {
      gained: () => {
        if (!isOpen() || !untrack(() => this.#elsewhere)) return;
        void this.#follow(id).then(() => isOpen() && this.#become(false));
      },
      lost: () => isOpen() && this.#become(true),
      asked: () => {
        if (isOpen()) this.#become(true); // what is typed while it is saved would be in neither tab
        return this.#saving.flush(true);
      },
    };
  }

  /** Shows what the other tab has saved. */
  async #follow(id: string): Promise<void> {
    const kept = await this.#store.then((store) => store.load(id)).catch(() => undefined);
    if (kept && this.#claimed === id) this.#document.follow(kept.file);
  }

  #become(elsewhere: boolean): void {
    this.#elsewhere = elsewhere;
    this.#document.setReadOnly(elsewhere);
  }
}
