/** Amounts of data and how fast they flow, as files and people write them: `"16KiB"`, `"10Mbit/s"`. Inside they are bytes. */

// By their meaning in IEC 80000-13: k is 1,000 and Ki is 1,024; a bit rate counts bits, eight to a byte.
const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  bit: 1 / 8,
  kbit: 1e3 / 8,
  Mbit: 1e6 / 8,
  Gbit: 1e9 / 8,
};

export const SIZE_PATTERN = /^(\d+(?:\.\d+)?|\.\d+)\s*(B|kB|MB|GB|KiB|MiB|GiB)$/;
export const BANDWIDTH_PATTERN = /^(\d+(?:\.\d+)?|\.\d+)\s*(bit|kbit|Mbit|Gbit|B|kB|MB|GB|KiB|MiB|GiB)\s*\/\s*s$/;

/** `"64KiB"` to 65,536 bytes, rounded to a whole byte; undefined when the text is no size. */
export function parseSize(text: string): number | undefined {
  const match = SIZE_PATTERN.exec(text.trim());
  return match ? Math.round(Number(match[1]) * UNIT_BYTES[match[2]!]!) : undefined;
}

/** `"10Mbit/s"` to 1,250,000 bytes per second; undefined when the text is no bandwidth. */
export function parseBandwidth(text: string): number | undefined {
  const match = BANDWIDTH_PATTERN.exec(text.trim());
  return match ? Number(match[1]) * UNIT_BYTES[match[2]!]! : undefined;
}
