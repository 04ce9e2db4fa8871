/** The tables on the device. A change of tables is a new number here and a step in `upgrade`; a change of documents is a migration. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DocumentEntry, QuarantinedRecord } from './document-store';
import type { JournalRecord } from './journal';

export interface Tables extends DBSchema {
  records: { key: [id: string, seq: number]; value: JournalRecord };
  /** What the list of documents needs, so that it need not read them all. Written in the transaction of the record. */
  entries: { key: string; value: DocumentEntry };
  quarantine: { key: number; value: QuarantinedRecord };
}

export type Database = IDBPDatabase<Tables>;

const TABLES_VERSION = 1;

/** Rejects when the browser keeps nothing, or has tables of a newer page. */
export async function openDatabase(name: string): Promise<Database> {
  const database = await openDB<Tables>(name, TABLES_VERSION, {
    upgrade(upgraded, oldVersion) {
      if (oldVersion >= 1) return;
      upgraded.createObjectStore('records', { keyPath: ['id', 'seq'] });
      upgraded.createObjectStore('entries', { keyPath: 'id' });
      upgraded.createObjectStore('quarantine', { autoIncrement: true });
    },
    // A newer page in another tab waits for this: whatever is saved here from now on is refused, and the page says so.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return database;
}
