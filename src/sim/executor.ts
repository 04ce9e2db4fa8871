/** What `new Promise(executor)` hands to its executor: two ways to settle, of which only the first call counts. */
import { catchable } from './step-limit';

export type Resolve<T> = (value: T | PromiseLike<T>) => void;
export type Reject = (reason?: unknown) => void;
export type Executor<T> = (resolve: Resolve<T>, reject: Reject) => void;

export interface Ways {
  readonly resolve: Resolve<unknown>;
  readonly reject: Reject;
}

export function once(resolve: (value: unknown) => void, reject: (reason: unknown) => void): Ways {
  let called = false;
  const first = (settle: (value: unknown) => void) => (value?: unknown) => {
    if (called) return;
    called = true;
    settle(value);
  };
  return { resolve: first(resolve), reject: first(reject) };
}

/** Calls an executor; what it throws rejects, unless it has settled before. */
export function execute(executor: Executor<unknown>, ways: Ways): void {
  if (typeof executor !== 'function') throw new TypeError('Promise resolver is not a function');
  try {
    executor(ways.resolve, ways.reject);
  } catch (error) {
    ways.reject(catchable(error));
  }
}
