/** Inflates what a stranger sent. A few kilobytes can stand for hundreds of megabytes, so the output is counted while it comes. */
import { Inflate } from 'fflate';

/** 1029 : 1 is the most that deflate can do, so one slice never adds more than half a megabyte before it is counted. */
const SLICE_BYTES = 512;

export type Inflated = { readonly bytes: Uint8Array } | { readonly failed: 'damaged' | 'too large' };

/** fflate's own `out` buffer would cut the output without a word; pushing slices lets us stop and say so. */
export function inflateBounded(deflated: Uint8Array, maxBytes: number): Inflated {
  const parts: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate((part) => {
    size += part.length;
    parts.push(part.slice());
  });
  try {
    for (let start = 0; start < deflated.length; start += SLICE_BYTES) {
      inflate.push(deflated.subarray(start, start + SLICE_BYTES), start + SLICE_BYTES >= deflated.length);
      if (size > maxBytes) return { failed: 'too large' };
    }
  } catch {
    return { failed: 'damaged' };
  }
  const bytes = new Uint8Array(size);
  let next = 0;
  for (const part of parts) {
    bytes.set(part, next);
    next += part.length;
  }
  return { bytes };
}
