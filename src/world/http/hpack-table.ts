/**
 * The indexing tables of HPACK (RFC 7541 §2.3, §4): the static table, and behind it the dynamic one, newest entry first. An entry costs the
 * octets of name and value and 32 more; when a new one does not fit, the oldest go, and one that never fits empties the table.
 */
import { STATIC_TABLE } from './hpack-static-table';
import { HpackError } from './hpack-integer';

/** A header field: lower-case name, value. */
export type HeaderField = readonly [name: string, value: string];

const ENTRY_OVERHEAD = 32;

const STATIC_FIELDS = new Map<string, number>();
const STATIC_NAMES = new Map<string, number>();
for (const [at, [name, value]] of STATIC_TABLE.entries()) {
  STATIC_FIELDS.set(`${name}\0${value}`, at + 1);
  if (!STATIC_NAMES.has(name)) STATIC_NAMES.set(name, at + 1);
}

export class HpackTable {
  /** Newest first. */
  private readonly entries: HeaderField[] = [];
  private bytes = 0;

  /** @param maxBytes SETTINGS_HEADER_TABLE_SIZE of the decoder, or less */
  constructor(private maxBytes: number) {}

  /** Octets that the dynamic entries cost. */
  get size(): number {
    return this.bytes;
  }

  get maxSize(): number {
    return this.maxBytes;
  }

  get dynamicEntries(): readonly HeaderField[] {
    return this.entries;
  }

  /** Entry at an index from 1. @throws HpackError for 0 and beyond the end (RFC 7541 §2.3.3) */
  at(index: number): HeaderField {
    const entry = index <= STATIC_TABLE.length ? STATIC_TABLE[index - 1] : this.entries[index - STATIC_TABLE.length - 1];
    if (!entry) throw new HpackError(`there is no entry ${index}`);
    return entry;
  }

  /** Index of the field, or 0. */
  indexOf(name: string, value: string): number {
    const fixed = STATIC_FIELDS.get(`${name}\0${value}`);
    if (fixed !== undefined) return fixed;
    const at = this.entries.findIndex((entry) => entry[0] === name && entry[1] === value);
    return at < 0 ? 0 : STATIC_TABLE.length + 1 + at;
  }

  /** Index of an entry with this name, or 0. */
  indexOfName(name: string): number {
    const fixed = STATIC_NAMES.get(name);
    if (fixed !== undefined) return fixed;
    const at = this.entries.findIndex((entry) => entry[0] === name);
    return at < 0 ? 0 : STATIC_TABLE.length + 1 + at;
  }

  add(field: HeaderField): void {
    const cost = costOf(field);
    this.evictDownTo(this.maxBytes - cost);
    if (cost > this.maxBytes) return;
    this.entries.unshift(field);
    this.bytes += cost;
  }

  resize(maxBytes: number): void {
    this.maxBytes = maxBytes;
    this.evictDownTo(maxBytes);
  }

  private evictDownTo(bytes: number): void {
    while (this.entries.length > 0 && this.bytes > bytes) this.bytes -= costOf(this.entries.pop()!);
  }
}

function costOf([name, value]: HeaderField): number {
  return name.length + value.length + ENTRY_OVERHEAD;
}
