/** The one door to what the device keeps. */
import { openDatabase } from './database';
import type { DocumentStore } from './document-store';
import { IndexedStore } from './indexed-store';
import { memoryStore } from './memory-store';
import { openTabChannel } from './tab-channel';

/** Never rejects: where the browser keeps nothing, the store works all the same and says `persistent: false`. */
export async function openStorage(name = 'async-lab'): Promise<DocumentStore> {
  try {
    const database = await openDatabase(name);
    return new IndexedStore(database, openTabChannel(name), Date.now);
  } catch {
    return memoryStore(Date.now);
  }
}

/** Asks the browser not to clear the store when space runs out. False when it will not promise. */
export async function askToPersist(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}
