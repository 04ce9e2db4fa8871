/** What the page asks of the device: to keep documents. IndexedDB does it; where there is none, memory does until the window closes. */
import type { Problem } from '../model/problem';
import type { JsonRecord } from '../model/variant';

export interface StoredDocument {
  /** `own` is the learner's work. `visit` came with a link; it is listed apart, never in the place of own work, and may be forgotten. */
  readonly kind: 'own' | 'visit';
  readonly lesson: string | undefined;
  /** The scenario file, `files` included. */
  readonly file: JsonRecord;
}

export interface LoadedDocument extends StoredDocument {
  /** The number of the save it comes from. */
  readonly seq: number;
  readonly savedAtMillis: number;
  /** Newer saves that could not be read and now lie in quarantine; above 0 the learner must be told. */
  readonly unreadable: number;
}

export interface DocumentEntry {
  readonly id: string;
  readonly kind: 'own' | 'visit';
  readonly lesson: string | undefined;
  readonly title: string;
  readonly seq: number;
  readonly savedAtMillis: number;
}

export interface DocumentVersion {
  readonly seq: number;
  readonly title: string;
  readonly savedAtMillis: number;
}

/** A save that could not be read any more, kept as it is so that it can be offered as a file. */
export interface QuarantinedRecord {
  readonly id: string;
  readonly seq: number;
  readonly text: string;
}

export interface SaveOptions {
  /** Make this save a version of its own and have the device flush it: before a run, an update, or when the page is hidden. */
  readonly version?: boolean;
}

export interface DocumentStore {
  /** False when nothing outlives this window; the page must say so. */
  readonly persistent: boolean;
  /** The newest readable save; undefined for an id that was never saved. Rejects with `StorageError` for a newer format. */
  load(id: string): Promise<LoadedDocument | undefined>;
  /**
   * Resolves only when the device has it. Rejects with `StorageError`: full, forbidden, or the document holds a save that
   * this store has neither loaded nor made (then nothing is overwritten; save under a new id).
   */
  save(id: string, document: StoredDocument, options?: SaveOptions): Promise<void>;
  /** Newest first. */
  list(kind?: 'own' | 'visit'): Promise<DocumentEntry[]>;
  remove(id: string): Promise<void>;
  /** Newest first, at most 20 and the saves since the newest of them. */
  versions(id: string): Promise<DocumentVersion[]>;
  loadVersion(id: string, seq: number): Promise<LoadedDocument | undefined>;
  quarantined(): Promise<QuarantinedRecord[]>;
  /** Called with the id when another tab has saved or removed a document. Returns the way to stop. */
  onExternalChange(listener: (id: string) => void): () => void;
  close(): void;
}

export class StorageError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.key);
    this.problem = problem;
  }
}
