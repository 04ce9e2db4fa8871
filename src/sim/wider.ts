/** The wider of two arrays, with what is in the other at its beginning. */
export function wider<A extends Float64Array | Int32Array | Int16Array | Uint8Array>(old: A, empty: A): A {
  empty.set(old);
  return empty;
}
