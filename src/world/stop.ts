/** Thrown to end a run before its duration because a limit was met; the run hands it on as a problem. */
import type { Problem } from '../model/problem';

export class LimitMet extends Error {
  constructor(
    readonly key: Problem['key'],
    readonly params: Problem['params'],
  ) {
    super(key);
  }
}
