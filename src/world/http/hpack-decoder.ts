/** Header blocks to header lists (RFC 7541 §3, §6). */
import { readHuffman } from './hpack-huffman';
import { HpackError, HpackReader } from './hpack-integer';
import { HpackTable, type HeaderField } from './hpack-table';

export class HpackDecoder {
  readonly table: HpackTable;

  /**
   * @param maxTableBytes SETTINGS_HEADER_TABLE_SIZE that this end has announced, 4,096 unless it did
   * @param tableBytes the table's size until the encoder says otherwise
   */
  constructor(
    private readonly maxTableBytes: number,
    tableBytes = maxTableBytes,
  ) {
    this.table = new HpackTable(tableBytes);
  }

  /** @throws HpackError, a COMPRESSION_ERROR of the connection */
  decode(octets: readonly number[]): HeaderField[] {
    const reader = new HpackReader(octets);
    const fields: HeaderField[] = [];
    while (!reader.done) {
      const first = reader.peek();
      if (first >= 0x80) fields.push(this.table.at(reader.integer(7)));
      else if (first >= 0x40) {
        const field = this.readLiteral(reader, 6);
        this.table.add(field);
        fields.push(field);
      } else if (first >= 0x20) this.resize(reader.integer(5), fields.length);
      else fields.push(this.readLiteral(reader, 4));
    }
    return fields;
  }

  private resize(maxBytes: number, fieldsBefore: number): void {
    if (fieldsBefore > 0) throw new HpackError('a table size update comes after the first field');
    if (maxBytes > this.maxTableBytes)
      throw new HpackError(`a table of ${maxBytes} octets is larger than the ${this.maxTableBytes} allowed`);
    this.table.resize(maxBytes);
  }

  private readLiteral(reader: HpackReader, prefixBits: number): HeaderField {
    const index = reader.integer(prefixBits);
    const name = index === 0 ? readString(reader) : this.table.at(index)[0];
    return [name, readString(reader)];
  }
}

function readString(reader: HpackReader): string {
  const isCoded = reader.peek() >= 0x80;
  const octets = reader.slice(reader.integer(7));
  return isCoded ? readHuffman(octets) : String.fromCharCode(...octets);
}
