/** Formulas of attempts that fail independently of each other. */

/** Where they come from. */
export const TRIALS = 'independent trials; W. Feller, An Introduction to Probability Theory I (1968), ch. VI';

/** Attempts until the first success, at most `most`, each failing with `failing`: the mean of a cut geometric distribution. */
export function meanAttempts(failing: number, most: number): number {
  return (1 - failing ** most) / (1 - failing);
}

/** The share of requests executed at least twice: attempts go on until a reply comes back, at most `most`. */
export function executedTwice(lossThere: number, lossBack: number, most: number): number {
  // After each attempt: not executed yet, executed once, more often; only requests without a reply are left.
  let [never, once, twice, done] = [1, 0, 0, 0];
  for (let attempt = 0; attempt < most; attempt++) {
    const [lost, unheard, heard] = [lossThere, (1 - lossThere) * lossBack, (1 - lossThere) * (1 - lossBack)];
    done += once * heard + twice * heard;
    [never, once, twice] = [never * lost, never * unheard + once * lost, once * unheard + twice * (lost + unheard)];
  }
  return done + twice;
}
