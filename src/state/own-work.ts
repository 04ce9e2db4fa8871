/** The learner's own documents on this device: what there is, how one was before, and taking one away. */
import type { DocumentEntry, DocumentVersion } from '../storage/document-store';
import type { Lab } from './lab.svelte';

export class OwnWork {
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** Newest first. What cannot be read is left out. */
  async list(): Promise<readonly DocumentEntry[]> {
    await this.#lab.saving.flush();
    return this.#lab.store.then((store) => store.list('own')).catch(() => []);
  }

  /** True for what is on the screen: it would be saved again with the next edit. */
  isOpen(id: string): boolean {
    return this.#lab.document.identity.id === id;
  }

  open({ id, lesson }: DocumentEntry): Promise<void> {
    return this.#lab.openOwn(lesson ?? '', id);
  }

  /** The saves before the newest one, newest first. */
  async earlier(id: string): Promise<readonly DocumentVersion[]> {
    return (await this.#lab.store.then((store) => store.versions(id)).catch(() => [])).slice(1);
  }

  /** Opens a document as it was. That is one edit of what it is now, so undo takes it back. */
  async openEarlier(entry: DocumentEntry, seq: number): Promise<void> {
    const kept = await this.#lab.store.then((store) => store.loadVersion(entry.id, seq)).catch(() => undefined);
    await this.open(entry);
    if (kept && this.isOpen(entry.id)) this.#lab.document.edit(kept.file);
  }

  /**
   * Takes a document away. Resolves to what brings its newest save back, or to why the document is still there: it is open in this tab or
   * in another one (which would show as saved what is gone), or the device has refused.
   */
  async remove(id: string): Promise<(() => Promise<void>) | 'inUse' | 'refused'> {
    const store = await this.#lab.store;
    try {
      if (this.isOpen(id) || (await this.#lab.editing.isClaimed(id))) return 'inUse';
      const kept = await store.load(id);
      await store.remove(id);
      return async () => {
        if (kept) await store.save(id, { kind: kept.kind, lesson: kept.lesson, file: kept.file }, { version: true });
      };
    } catch {
      return 'refused';
    }
  }
}
