/** FNV-1a, 32 bits. Deflate does not notice every damaged letter of a link; this notices all but one in four thousand million. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Four bytes of checksum, lowest first, then the bytes. */
export function seal(bytes: Uint8Array): Uint8Array {
  const sealed = new Uint8Array(bytes.length + 4);
  new DataView(sealed.buffer).setUint32(0, checksum(bytes), true);
  sealed.set(bytes, 4);
  return sealed;
}

/** The bytes behind the checksum; undefined when they are not the bytes that were sealed. */
export function unseal(sealed: Uint8Array): Uint8Array | undefined {
  if (sealed.length < 4) return undefined;
  const bytes = sealed.subarray(4);
  const expected = new DataView(sealed.buffer, sealed.byteOffset).getUint32(0, true);
  return checksum(bytes) === expected ? bytes : undefined;
}
