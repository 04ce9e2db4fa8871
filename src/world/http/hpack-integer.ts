/** Integers of HPACK: a prefix of N bits in the first octet, then 7 bits an octet, low ones first (RFC 7541 §5.1). */

/** What is wrong with a header block: a COMPRESSION_ERROR of the connection (RFC 9113 §4.3). */
export class HpackError extends Error {
  override readonly name = 'HpackError';
}

/** Octets read one after the other. */
export class HpackReader {
  private at = 0;

  constructor(private readonly octets: readonly number[]) {}

  get done(): boolean {
    return this.at >= this.octets.length;
  }

  /** The next octet, without taking it. @throws HpackError at the end */
  peek(): number {
    const octet = this.octets[this.at];
    if (octet === undefined) throw new HpackError('the header block ends inside a field');
    return octet;
  }

  take(): number {
    const octet = this.peek();
    this.at++;
    return octet;
  }

  slice(length: number): readonly number[] {
    if (this.at + length > this.octets.length) throw new HpackError('a string is longer than its header block');
    this.at += length;
    return this.octets.slice(this.at - length, this.at);
  }

  /** @param prefixBits 1 to 8: the low bits of the next octet that belong to the integer */
  integer(prefixBits: number): number {
    const most = (1 << prefixBits) - 1;
    let value = this.take() & most;
    if (value < most) return value;
    for (let shift = 0; ; shift += 7) {
      const octet = this.take();
      // Anything above 2³¹ is an attack, not a length or an index.
      if (shift > 21) throw new HpackError('an integer is too large');
      value += (octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
  }
}

/** Appends an integer ≥ 0 whose first octet carries `pattern` above the `prefixBits` low bits. */
export function writeInteger(octets: number[], value: number, prefixBits: number, pattern: number): void {
  const most = (1 << prefixBits) - 1;
  if (value < most) {
    octets.push(pattern | value);
    return;
  }
  octets.push(pattern | most);
  let rest = value - most;
  while (rest >= 0x80) {
    octets.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  octets.push(rest);
}
