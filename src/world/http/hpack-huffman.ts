/**
 * The Huffman code of HPACK (RFC 7541 §5.2 and Appendix B). The code is canonical: symbols of one length have consecutive codes in the order
 * of the symbols, and shorter codes come first, so the lengths alone say everything.
 */
import { HpackError } from './hpack-integer';

/** End of string: only its first bits are ever written, as padding. */
const EOS = 256;

/** Length in bits of the code of each octet, and of EOS. */
const LENGTHS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10,
  12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7,
  7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22,
  23, 23, 24, 22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22,
  23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20,
  24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];

const LONGEST = 30;
const CODES = new Int32Array(EOS + 1);
/** For each length: its first code, how many codes it has, and where its symbols begin among all symbols in the order of their codes. */
const FIRST_CODE = new Int32Array(LONGEST + 1);
const COUNT = new Int32Array(LONGEST + 1);
const FIRST_SYMBOL = new Int32Array(LONGEST + 1);
const SYMBOLS: number[] = [];

{
  let code = 0;
  for (let length = 1; length <= LONGEST; length++) {
    FIRST_CODE[length] = code;
    FIRST_SYMBOL[length] = SYMBOLS.length;
    for (const [symbol, bits] of LENGTHS.entries()) {
      if (bits !== length) continue;
      CODES[symbol] = code++;
      SYMBOLS.push(symbol);
    }
    COUNT[length] = SYMBOLS.length - FIRST_SYMBOL[length]!;
    code <<= 1;
  }
}

/** Octets that the text takes when it is coded, padding included. */
export function huffmanLength(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at++) bits += LENGTHS[text.charCodeAt(at)]!;
  return (bits + 7) >>> 3;
}

/** Appends the coded text, filled up to a whole octet with ones. Every character must be one octet. */
export function writeHuffman(octets: number[], text: string): void {
  let pending = 0;
  let pendingBits = 0;
  for (let at = 0; at < text.length; at++) {
    const symbol = text.charCodeAt(at);
    const code = CODES[symbol]!;
    // At most 7 bits are pending: the code goes in piece by piece, so that 32 bits are enough.
    for (let left = LENGTHS[symbol]!; left > 0;) {
      const taken = Math.min(left, 8 - pendingBits);
      pending = (pending << taken) | ((code >>> (left - taken)) & ((1 << taken) - 1));
      pendingBits += taken;
      left -= taken;
      if (pendingBits < 8) continue;
      octets.push(pending);
      pending = 0;
      pendingBits = 0;
    }
  }
  if (pendingBits > 0) octets.push((pending << (8 - pendingBits)) | (0xff >>> pendingBits));
}

/** @throws HpackError when EOS is in the text, or the padding is longer than 7 bits or not all ones (RFC 7541 §5.2) */
export function readHuffman(octets: readonly number[]): string {
  let text = '';
  let code = 0;
  let length = 0;
  for (const octet of octets) {
    for (let bit = 7; bit >= 0; bit--) {
      code = (code << 1) | ((octet >>> bit) & 1);
      length++;
      const index = code - FIRST_CODE[length]!;
      if (index < COUNT[length]!) {
        const symbol = SYMBOLS[FIRST_SYMBOL[length]! + index]!;
        if (symbol === EOS) throw new HpackError('a Huffman string holds the end of string');
        text += String.fromCharCode(symbol);
        code = 0;
        length = 0;
      }
    }
  }
  if (length > 7) throw new HpackError('the padding of a Huffman string is longer than 7 bits');
  if (code !== (1 << length) - 1) throw new HpackError('the padding of a Huffman string is not all ones');
  return text;
}
