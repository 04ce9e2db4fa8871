/** A checksum in front of bytes that travel. Deflate does not notice every damaged letter of a link; this does. */
import { checksum } from '../model/checksum';

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
