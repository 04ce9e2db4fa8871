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
   * Takes a document away. Resolves to what brings its newest save back; to undefined when the device has refused, and the document is
   * still there.
   */
  async remove(id: string): Promise<(() => Promise<void>) | undefined> {
    const store = await this.#lab.store;
    try {
      const kept = await store.load(id);
      await store.remove(id);
      return async () => {
        if (kept) await store.save(id, { kind: kept.kind, lesson: kept.lesson, file: kept.file }, { version: true });
      };
    } catch {
      return undefined;
    }
  }
}
