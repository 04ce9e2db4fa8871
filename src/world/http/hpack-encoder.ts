/** Header lists to header blocks (RFC 7541 §6). */
import { huffmanLength, writeHuffman } from './hpack-huffman';
import { writeInteger } from './hpack-integer';
import { HpackTable, type HeaderField } from './hpack-table';

/** What a literal does to the dynamic tables: enters them, leaves them alone, or must never enter any (RFC 7541 §6.2, §7.1.3). */
export type Indexing = 'incremental' | 'without' | 'never';

/** The octets of Figures 6 to 11, before the index of the name. */
const LITERALS = {
  incremental: { prefixBits: 6, pattern: 0x40 },
  without: { prefixBits: 4, pattern: 0x00 },
  never: { prefixBits: 4, pattern: 0x10 },
} as const;

/** Fields whose values seldom come again would only push useful ones out; secrets must not be guessed by length. */
const INDEXING: Readonly<Record<string, Indexing>> = { 'content-length': 'without', authorization: 'never' };

export class HpackEncoder {
  readonly table: HpackTable;
  /** The smallest and the last size since the last block, to be said at the start of the next (RFC 7541 §4.2). */
  private smallestSize = Infinity;

  /**
   * @param maxTableBytes SETTINGS_HEADER_TABLE_SIZE that the decoder is known to have, 4,096 at first
   * @param huffman code strings unless that makes them longer
   */
  constructor(
    maxTableBytes: number,
    private readonly huffman: boolean,
  ) {
    this.table = new HpackTable(maxTableBytes);
  }

  /** The decoder has announced another size of its table. */
  resize(maxTableBytes: number): void {
    this.smallestSize = Math.min(this.smallestSize, maxTableBytes);
    this.table.resize(maxTableBytes);
  }

  encode(fields: readonly HeaderField[], indexing: (name: string) => Indexing = indexingOf): readonly number[] {
    const octets: number[] = [];
    const { maxSize } = this.table;
    if (this.smallestSize < maxSize) writeInteger(octets, this.smallestSize, 5, 0x20);
    if (this.smallestSize !== Infinity) writeInteger(octets, maxSize, 5, 0x20);
    this.smallestSize = Infinity;
    for (const field of fields) this.writeField(octets, field, indexing(field[0]));
    return octets;
  }

  private writeField(octets: number[], field: HeaderField, indexing: Indexing): void {
    const [name, value] = field;
    const index = indexing === 'never' ? 0 : this.table.indexOf(name, value);
    if (index > 0) {
      writeInteger(octets, index, 7, 0x80);
      return;
    }
    const { prefixBits, pattern } = LITERALS[indexing];
    const nameIndex = this.table.indexOfName(name);
    writeInteger(octets, nameIndex, prefixBits, pattern);
    if (nameIndex === 0) this.writeString(octets, name);
    this.writeString(octets, value);
    if (indexing === 'incremental') this.table.add(field);
  }

  private writeString(octets: number[], text: string): void {
    const coded = this.huffman ? huffmanLength(text) : Infinity;
    if (text.length > 0 && coded <= text.length) {
      writeInteger(octets, coded, 7, 0x80);
      writeHuffman(octets, text);
      return;
    }
    writeInteger(octets, text.length, 7, 0);
    for (let at = 0; at < text.length; at++) octets.push(text.charCodeAt(at));
  }
}

function indexingOf(name: string): Indexing {
  return INDEXING[name] ?? 'incremental';
}
