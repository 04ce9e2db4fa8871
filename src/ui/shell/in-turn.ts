/** Parts of a view are mounted one after the other: with turns for the page between them, where that takes long. */
import { flushSync } from 'svelte';
import { inSlices } from './in-slices';

/** In the order in which they are to be mounted. */
const waiting = new Set<() => void>();
let mounting = false;

/** Calls `mount` in a later task, after those that were asked for before it. Returns what takes this back. */
export function inTurn(mount: () => void): () => void {
  waiting.add(mount);
  if (!mounting) {
    mounting = true;
    setTimeout(() => void inSlices(mountAll()));
  }
  return () => waiting.delete(mount);
}

function* mountAll(): Generator<undefined, void> {
  try {
    for (const mount of waiting) {
      waiting.delete(mount);
      flushSync(mount);
      yield;
    }
  } finally {
    mounting = false;
  }
}
