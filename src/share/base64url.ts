/** Base64 for links (RFC 4648 §5): `-` and `_`, no padding. Written here so that it is the same on every engine, without `btoa`. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SIX_BITS = new Map([...ALPHABET].map((letter, bits) => [letter, bits]));

export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(index, index + 3);
    const letters = Math.min(bytes.length - index, 3) + 1;
    const bits = (first << 16) | (second << 8) | third;
    for (let letter = 0; letter < letters; letter++) text += ALPHABET[(bits >> (18 - 6 * letter)) & 63];
  }
  return text;
}

/** Undefined when a letter is none of the alphabet or the length is one that no bytes give. Plain base64 is read too. */
export function fromBase64url(text: string): Uint8Array | undefined {
  const letters = text.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  if (letters.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let [bits, held, next] = [0, 0, 0];
  for (const letter of letters) {
    const six = SIX_BITS.get(letter);
    if (six === undefined) return undefined;
    bits = ((bits << 6) | six) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[next++] = (bits >> held) & 0xff;
  }
  return bytes;
}
