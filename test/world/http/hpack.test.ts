/** HPACK against RFC 7541: Appendix C octet for octet, and what must hold for any header list. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HpackDecoder } from '../../../src/world/http/hpack-decoder';
import { HpackEncoder, type Indexing } from '../../../src/world/http/hpack-encoder';
import { huffmanLength, readHuffman, writeHuffman } from '../../../src/world/http/hpack-huffman';
import { HpackError, HpackReader, writeInteger } from '../../../src/world/http/hpack-integer';
import type { HeaderField } from '../../../src/world/http/hpack-table';
import { CODED_REQUESTS, CODED_RESPONSES, PLAIN_REQUESTS, PLAIN_RESPONSES, type Vector } from './hpack-vectors';

const hex = (octets: readonly number[]): string => octets.map((octet) => octet.toString(16).padStart(2, '0')).join('');
const unhex = (text: string): number[] => (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

describe('integers (C.1)', () => {
  it.each([
    ['C.1.1', 10, 5, '0a'],
    ['C.1.2', 1337, 5, '1f9a0a'],
    ['C.1.3', 42, 8, '2a'],
  ])('%s: %i with a prefix of %i bits', (_, value, prefixBits, octets) => {
    const written: number[] = [];
    writeInteger(written, value, prefixBits, 0);
    expect(hex(written)).toBe(octets);
    expect(new HpackReader(unhex(octets)).integer(prefixBits)).toBe(value);
  });

  it('come back, whatever the prefix and the bits above it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 28 }), fc.integer({ min: 1, max: 8 }), (value, prefixBits) => {
        const written: number[] = [];
        writeInteger(written, value, prefixBits, (0xff << prefixBits) & 0xff);
        expect(new HpackReader(written).integer(prefixBits)).toBe(value);
      }),
    );
  });

  it('refuse what is longer than any length could be', () => {
    expect(() => new HpackReader(unhex('1fffffffffff01')).integer(5)).toThrow(HpackError);
  });
});

describe('single fields (C.2)', () => {
  it.each<[string, HeaderField, Indexing, string, number]>([
    [
      'C.2.1 literal with indexing',
      ['custom-key', 'custom-header'],
      'incremental',
      '400a637573746f6d2d6b65790d637573746f6d2d686561646572',
      55,
    ],
    ['C.2.2 literal without indexing', [':path', '/sample/path'], 'without', '040c2f73616d706c652f70617468', 0],
    ['C.2.3 literal never indexed', ['password', 'secret'], 'never', '100870617373776f726406736563726574', 0],
    ['C.2.4 indexed', [':method', 'GET'], 'incremental', '82', 0],
  ])('%s', (_, field, indexing, octets, size) => {
    const encoder = new HpackEncoder(4_096, false);
    expect(hex(encoder.encode([field], () => indexing))).toBe(octets);
    expect(encoder.table.size).toBe(size);
    const decoder = new HpackDecoder(4_096);
    expect(decoder.decode(unhex(octets))).toEqual([field]);
    expect(decoder.table.size).toBe(size);
  });
});

describe.each<[string, readonly Vector[], number, boolean]>([
  ['requests without Huffman coding (C.3)', PLAIN_REQUESTS, 4_096, false],
  ['requests with Huffman coding (C.4)', CODED_REQUESTS, 4_096, true],
  ['responses without Huffman coding (C.5)', PLAIN_RESPONSES, 256, false],
  ['responses with Huffman coding (C.6)', CODED_RESPONSES, 256, true],
])('%s', (_, vectors, tableBytes, huffman) => {
  it('are encoded octet for octet, and leave the table that the RFC shows', () => {
    const encoder = new HpackEncoder(tableBytes, huffman);
    for (const { name, fields, octets, table, size } of vectors) {
      expect(hex(encoder.encode(fields, () => 'incremental')), name).toBe(octets);
      expect(encoder.table.dynamicEntries, name).toEqual(table);
      expect(encoder.table.size, name).toBe(size);
    }
  });

  it('are decoded, and leave the same table', () => {
    const decoder = new HpackDecoder(tableBytes);
    for (const { name, fields, octets, table, size } of vectors) {
      expect(decoder.decode(unhex(octets)), name).toEqual(fields);
      expect(decoder.table.dynamicEntries, name).toEqual(table);
      expect(decoder.table.size, name).toBe(size);
    }
  });
});

const octetText = fc.array(fc.nat({ max: 255 }), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes));
const usual = fc.constantFrom<HeaderField>([':method', 'GET'], [':status', '200'], ['accept', '*/*'], ['x-trace', 'a'], ['x-trace', 'b']);
const anyField = fc.oneof(usual, fc.tuple(octetText, octetText)) as fc.Arbitrary<HeaderField>;

describe('Huffman coding', () => {
  it('gives back any octets, and says their length before', () => {
    fc.assert(
      fc.property(octetText, (text) => {
        const octets: number[] = [];
        writeHuffman(octets, text);
        expect(octets.length).toBe(huffmanLength(text));
        expect(readHuffman(octets)).toBe(text);
      }),
    );
  });

  it.each([
    ['the end of string inside', 'ffffffff'],
    ['a whole octet of padding', '1fff'],
    ['padding that is not all ones', '1e'],
  ])('refuses %s (RFC 7541 §5.2)', (_, octets) => {
    expect(() => readHuffman(unhex(octets))).toThrow(HpackError);
  });
});

describe('a connection', () => {
  it('decodes what was encoded, block by block, and both tables stay equal and within their size', () => {
    const sizes = fc.option(fc.constantFrom(0, 40, 100, 4_096), { nil: undefined });
    const block = fc.record({ size: sizes, fields: fc.array(anyField, { maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), fc.boolean(), (blocks, huffman) => {
        const encoder = new HpackEncoder(4_096, huffman);
        const decoder = new HpackDecoder(4_096);
        for (const { size, fields } of blocks) {
          if (size !== undefined) encoder.resize(size);
          expect(decoder.decode(encoder.encode(fields))).toEqual(fields);
          expect(decoder.table.dynamicEntries).toEqual(encoder.table.dynamicEntries);
          expect(decoder.table.size).toBe(encoder.table.size);
          expect(decoder.table.size).toBeLessThanOrEqual(decoder.table.maxSize);
        }
      }),
    );
  });

  it('never enters secrets into a table, and lengths do not push other fields out', () => {
    const encoder = new HpackEncoder(4_096, true);
    encoder.encode([
      ['authorization', 'Bearer x'],
      ['content-length', '17'],
    ]);
    expect(encoder.table.dynamicEntries).toEqual([]);
  });

  it.each([
    ['an index beyond both tables', 'be'],
    ['the index 0', '80'],
    ['a string that is longer than the block', '400a63'],
    ['a block that ends inside a field', '40'],
    ['a table size update after a field', '8220'],
    ['a table larger than was announced', '3fe21f'],
  ])('refuses %s', (_, octets) => {
    expect(() => new HpackDecoder(4_096).decode(unhex(octets))).toThrow(HpackError);
  });
});
