/**
 * Our own mistakes. A learner's mistake is a value with a place in their code; a broken invariant is a bug of the simulator, so it
 * is thrown, stays on in production, and whoever catches it adds the seed that shows it.
 */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** Throws `InvariantBroken` unless `condition` holds. Hot loops test by themselves, so that they build no message in vain. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantBroken(message);
}
