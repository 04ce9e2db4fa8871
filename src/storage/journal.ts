/**
 * The journal of a document, without any database: what a record of it looks like, which records a save makes superfluous, which
 * record is the newest that can still be read. Records are never changed; a save adds one. Every record is whole in itself, so one
 * that is damaged costs itself and nothing else.
 */
import { checksum } from '../model/checksum';
import { isRecord, type JsonRecord } from '../model/variant';
import type { StoredDocument } from './document-store';

export interface JournalHeader {
  readonly seq: number;
  /** A version stays; an edit is forgotten when the next version is there. */
  readonly kind: 'version' | 'edit';
  readonly savedAtMillis: number;
}

export interface JournalRecord extends JournalHeader {
  readonly id: string;
  /** The format of `text`. */
  readonly schema: number;
  /** The document as JSON. */
  readonly text: string;
  readonly checksum: number;
}

export type ReadRecord = { readonly document: StoredDocument } | { readonly failed: 'damaged' | 'newer' };

/** From the format of its index + 1 to the next one. Pure, never changed after a release. */
export type Migration = (document: JsonRecord) => JsonRecord;
const MIGRATIONS: readonly Migration[] = [];

export const VERSIONS_KEPT = 20;
export const VISITS_KEPT = 20;
const EDITS_TO_VERSION = 20;
const MILLIS_TO_VERSION = 5 * 60_000;

export interface SavePlan {
  readonly seq: number;
  readonly kind: JournalHeader['kind'];
  /** Sequence numbers of the records that may go once this save is kept. */
  readonly forget: readonly number[];
}

/** `headers` of the document in ascending order. Every twentieth save, one after five minutes, and one that asks is a version. */
export function planSave(headers: readonly JournalHeader[], nowMillis: number, wantsVersion: boolean): SavePlan {
  const seq = (headers.at(-1)?.seq ?? 0) + 1;
  const versions = headers.filter(({ kind }) => kind === 'version');
  const newest = versions.at(-1);
  const edits = headers.filter((header) => header.seq > (newest?.seq ?? 0));
  // A clock that was set back must not stop versions from being made.
  const isDue = !newest || Math.abs(nowMillis - newest.savedAtMillis) >= MILLIS_TO_VERSION || edits.length + 1 >= EDITS_TO_VERSION;
  if (!wantsVersion && !isDue) return { seq, kind: 'edit', forget: [] };
  const tooOld = versions.slice(0, Math.max(0, versions.length + 1 - VERSIONS_KEPT));
  return {
    seq,
    kind: 'version',
    forget: headers.filter((header) => header.kind === 'edit' || tooOld.includes(header)).map((header) => header.seq),
  };
}

export function makeRecord(
  id: string,
  plan: SavePlan,
  document: StoredDocument,
  nowMillis: number,
  migrations = MIGRATIONS,
): JournalRecord {
  const text = JSON.stringify({ kind: document.kind, lesson: document.lesson, file: document.file });
  return { id, seq: plan.seq, kind: plan.kind, savedAtMillis: nowMillis, schema: migrations.length + 1, text, checksum: checksumOf(text) };
}

/** Takes anything: what lies in a database was perhaps written by an older page, a newer one, or a dying one. */
export function readRecord(record: unknown, migrations = MIGRATIONS): ReadRecord {
  if (!isRecord(record)) return { failed: 'damaged' };
  const { schema, text, checksum: expected } = record;
  if (typeof text !== 'string' || checksumOf(text) !== expected) return { failed: 'damaged' };
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1) return { failed: 'damaged' };
  if (schema > migrations.length + 1) return { failed: 'newer' };
  const parsed = JSON.parse(text) as unknown;
  if (!isRecord(parsed)) return { failed: 'damaged' };
  const { kind, lesson, file } = migrations.slice(schema - 1).reduce((document, migrate) => migrate(document), parsed);
  if (!isRecord(file)) return { failed: 'damaged' };
  return { document: { kind: kind === 'visit' ? 'visit' : 'own', lesson: typeof lesson === 'string' ? lesson : undefined, file } };
}

/** The first of `newestFirst` that can be read, and the damaged ones that lay on top of it. A newer format stops the search. */
export function newestReadable<Kept>(newestFirst: readonly Kept[]): {
  found: { record: Kept; document: StoredDocument } | undefined;
  damaged: Kept[];
  isNewer: boolean;
} {
  const damaged: Kept[] = [];
  for (const record of newestFirst) {
    const read = readRecord(record);
    if ('document' in read) return { found: { record, document: read.document }, damaged, isNewer: false };
    if (read.failed === 'newer') return { found: undefined, damaged, isNewer: true };
    damaged.push(record);
  }
  return { found: undefined, damaged, isNewer: false };
}

/** Visits come and go with links; the oldest make room. Own work is never among them. */
export function visitsToForget<Entry extends { kind: 'own' | 'visit'; savedAtMillis: number }>(entries: readonly Entry[]): Entry[] {
  const visits = entries.filter(({ kind }) => kind === 'visit').sort((left, right) => right.savedAtMillis - left.savedAtMillis);
  return visits.slice(VISITS_KEPT);
}

export function titleOf({ file }: StoredDocument): string {
  return typeof file['title'] === 'string' ? file['title'] : '';
}

function checksumOf(text: string): number {
  return checksum(new TextEncoder().encode(text));
}
