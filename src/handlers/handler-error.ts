/** An error that handler code gets for a wrong use of what the lab gives it. It carries the problem that people read. */
import type { Problem } from '../model/problem';

export class HandlerError extends TypeError {
  override readonly name = 'HandlerError';

  constructor(
    readonly key: Problem['key'],
    readonly params: Problem['params'],
  ) {
    super(`${key.replace('problem.', '')} ${JSON.stringify(params)}`);
  }
}
