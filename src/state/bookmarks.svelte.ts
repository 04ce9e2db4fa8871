/** Instants of a run that the reader wants to find again, for each document, remembered in this browser. */
import type { Micros } from '../model/time';
import { isRecord } from '../model/variant';
import type { Memory } from './memory';

export interface Bookmark {
  readonly timeMicros: Micros;
  /** What the reader calls it; empty until it has a name. */
  readonly name: string;
}

const KEY = 'async-lab.bookmarks';
const MOST_OF_A_DOCUMENT = 50;
/** The documents whose bookmarks were changed last; older ones are forgotten. */
const MOST_DOCUMENTS = 100;
export const LONGEST_NAME = 80;

export class BookmarksState {
  /** By document; the one changed last comes last. */
  #kept = $state.raw<readonly (readonly [string, readonly Bookmark[]])[]>([]);
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    const kept = memory.read(KEY);
    if (Array.isArray(kept)) this.#kept = kept.flatMap(readDocument).slice(-MOST_DOCUMENTS);
  }

  /** Of a document, in order of time. */
  of(document: string): readonly Bookmark[] {
    return this.#kept.find(([id]) => id === document)?.[1] ?? [];
  }

  /** Sets one, or takes away the one that is there. False when the document has as many as it can. */
  toggle(document: string, timeMicros: Micros): boolean {
    const before = this.of(document);
    const without = before.filter((bookmark) => bookmark.timeMicros !== timeMicros);
    if (without.length < before.length) this.#keep(document, without);
    else if (before.length >= MOST_OF_A_DOCUMENT) return false;
    else this.#keep(document, [...before, { timeMicros, name: '' }]);
    return true;
  }

  rename(document: string, timeMicros: Micros, name: string): void {
    const named = { timeMicros, name: name.trim().slice(0, LONGEST_NAME) };
    this.#keep(
      document,
      this.of(document).map((bookmark) => (bookmark.timeMicros === timeMicros ? named : bookmark)),
    );
  }

  after(document: string, timeMicros: Micros): Bookmark | undefined {
    return this.of(document).find((bookmark) => bookmark.timeMicros > timeMicros);
  }

  before(document: string, timeMicros: Micros): Bookmark | undefined {
    return this.of(document).findLast((bookmark) => bookmark.timeMicros < timeMicros);
  }

  #keep(document: string, bookmarks: readonly Bookmark[]): void {
    const inOrder = bookmarks.toSorted((one, other) => one.timeMicros - other.timeMicros);
    const others = this.#kept.filter(([id]) => id !== document);
    this.#kept = (inOrder.length > 0 ? [...others, [document, inOrder] as const] : others).slice(-MOST_DOCUMENTS);
    this.#memory.write(KEY, this.#kept);
  }
}

/** What an older or newer version of the page kept, as far as it makes sense. */
function readDocument(value: unknown): (readonly [string, readonly Bookmark[]])[] {
  if (!Array.isArray(value)) return [];
  const [id, bookmarks] = value as readonly unknown[];
  if (typeof id !== 'string' || !Array.isArray(bookmarks)) return [];
  return [[id, bookmarks.flatMap(readBookmark).slice(0, MOST_OF_A_DOCUMENT)]];
}

function readBookmark(value: unknown): Bookmark[] {
  if (!isRecord(value)) return [];
  const { timeMicros, name } = value;
  if (!Number.isSafeInteger(timeMicros) || typeof name !== 'string') return [];
  return [{ timeMicros: timeMicros as Micros, name: name.slice(0, LONGEST_NAME) }];
}
