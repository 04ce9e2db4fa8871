/** Documents in IndexedDB: one transaction for each save, told to the other tabs when it is complete. */
import type { IDBPTransaction } from 'idb';
import { problem } from '../model/problem';
import type { Database, Tables } from './database';
import { StorageError, type DocumentStore, type LoadedDocument, type SaveOptions, type StoredDocument } from './document-store';
import { makeRecord, newestReadable, planSave, readRecord, titleOf, visitsToForget, type JournalRecord } from './journal';
import type { TabChannel } from './tab-channel';

type Saving = IDBPTransaction<Tables, ('records' | 'entries')[], 'readwrite'>;

export class IndexedStore implements DocumentStore {
  readonly persistent = true;
  readonly #database: Database;
  readonly #tabs: TabChannel;
  readonly #now: () => number;
  /** The newest save of each document that this tab has seen. Saving on top of any other would overwrite somebody's work. */
  readonly #seen = new Map<string, number>();
  /** Saves run one after the other, or two of them would plan the same number. */
  #lastSave: Promise<unknown> = Promise.resolve();

  constructor(database: Database, tabs: TabChannel, now: () => number) {
    this.#database = database;
    this.#tabs = tabs;
    this.#now = now;
  }

  async load(id: string): Promise<LoadedDocument | undefined> {
    const records = await asking(() => this.#database.getAll('records', allOf(id)));
    const newestFirst = records.toReversed();
    const { found, damaged, isNewer } = newestReadable(newestFirst);
    if (isNewer) throw new StorageError(problem('', 'problem.documentNewer'));
    await this.#quarantine(damaged);
    // Also when the newest ones were damaged: this tab has seen them, and what it saves comes after them.
    this.#seen.set(id, records.at(-1)?.seq ?? 0);
    if (!found) return undefined;
    return { ...found.document, seq: found.record.seq, savedAtMillis: found.record.savedAtMillis, unreadable: damaged.length };
  }

  save(id: string, document: StoredDocument, options: SaveOptions = {}): Promise<void> {
    const saved = this.#lastSave.then(() => asking(() => this.#save(id, document, options.version ?? false)));
    this.#lastSave = saved.catch(() => undefined);
    return saved;
  }

  async list(kind: 'own' | 'visit' = 'own'): ReturnType<DocumentStore['list']> {
    const entries = await asking(() => this.#database.getAll('entries'));
    return entries.filter((entry) => entry.kind === kind).sort((left, right) => right.savedAtMillis - left.savedAtMillis);
  }

  async remove(id: string): Promise<void> {
    await asking(() => {
      const transaction = this.#database.transaction(['records', 'entries'], 'readwrite', { durability: 'strict' });
      return Promise.all([this.#removeIn(transaction, id), transaction.done]);
    });
    this.#tabs.tell(id);
  }

  async versions(id: string): ReturnType<DocumentStore['versions']> {
    const records = await asking(() => this.#database.getAll('records', allOf(id)));
    return records.toReversed().flatMap((record) => {
      const read = readRecord(record);
      return 'document' in read ? [{ seq: record.seq, title: titleOf(read.document), savedAtMillis: record.savedAtMillis }] : [];
    });
  }

  async loadVersion(id: string, seq: number): Promise<LoadedDocument | undefined> {
    const record = await asking(() => this.#database.get('records', [id, seq]));
    const read = record && readRecord(record);
    return record && read && 'document' in read ? { ...read.document, seq, savedAtMillis: record.savedAtMillis, unreadable: 0 } : undefined;
  }

  quarantined(): ReturnType<DocumentStore['quarantined']> {
    return asking(() => this.#database.getAll('quarantine'));
  }

  onExternalChange(listener: (id: string) => void): () => void {
    return this.#tabs.listen(listener);
  }

  close(): void {
    this.#tabs.close();
    this.#database.close();
  }

  async #save(id: string, document: StoredDocument, wantsVersion: boolean): Promise<void> {
    const headers = await this.#database.getAll('records', allOf(id));
    const now = this.#now();
    const plan = planSave(headers, now, wantsVersion);
    const record = makeRecord(id, plan, document, now);
    // A version is flushed to the disk before `done`; an edit survives the end of the browser, not that of the power supply.
    const durability = plan.kind === 'version' ? 'strict' : 'relaxed';
    const transaction = this.#database.transaction(['records', 'entries'], 'readwrite', { durability });
    await this.#refuseForeign(transaction, id);
    const { kind, lesson } = document;
    await Promise.all([
      // `add` refuses a number that another tab took in the meantime, where `put` would overwrite it.
      transaction.objectStore('records').add(record),
      transaction.objectStore('entries').put({ id, kind, lesson, title: titleOf(document), seq: plan.seq, savedAtMillis: now }),
      ...plan.forget.map((seq) => transaction.objectStore('records').delete([id, seq])),
      this.#forgetVisits(transaction, id),
      transaction.done,
    ]);
    this.#seen.set(id, plan.seq);
    this.#tabs.tell(id);
  }

  async #refuseForeign(transaction: Saving, id: string): Promise<void> {
    const newest = (await transaction.objectStore('entries').get(id))?.seq ?? 0;
    if (newest === (this.#seen.get(id) ?? 0)) return;
    transaction.abort();
    await transaction.done.catch(() => undefined);
    throw new StorageError(problem('', 'problem.documentChangedElsewhere'));
  }

  async #forgetVisits(transaction: Saving, saving: string): Promise<void> {
    const entries = await transaction.objectStore('entries').getAll();
    const forgotten = visitsToForget(entries).filter(({ id }) => id !== saving);
    await Promise.all(forgotten.map(({ id }) => this.#removeIn(transaction, id)));
  }

  async #removeIn(transaction: Saving, id: string): Promise<void> {
    await Promise.all([transaction.objectStore('records').delete(allOf(id)), transaction.objectStore('entries').delete(id)]);
    this.#seen.delete(id);
  }

  /** Moved, not deleted: what a program cannot read, a person perhaps can. */
  async #quarantine(damaged: readonly JournalRecord[]): Promise<void> {
    if (damaged.length === 0) return;
    await asking(() => {
      const transaction = this.#database.transaction(['records', 'quarantine'], 'readwrite', { durability: 'strict' });
      const moves = damaged.flatMap(({ id, seq, text }) => [
        transaction.objectStore('quarantine').add({ id, seq, text: String(text) }),
        transaction.objectStore('records').delete([id, seq]),
      ]);
      return Promise.all([...moves, transaction.done]);
    });
  }
}

function allOf(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id, 0], [id, Infinity]);
}

/** What the browser refuses becomes a sentence: a full disk is something that the learner can do something about. */
async function asking<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof StorageError) throw error;
    const reason = error instanceof DOMException ? error.name : String(error);
    throw new StorageError(
      reason === 'QuotaExceededError' ? problem('', 'problem.storageFull') : problem('', 'problem.storageFailed', { reason }),
    );
  }
}
