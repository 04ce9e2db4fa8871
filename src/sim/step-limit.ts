/**
 * The end of a learner's code that would not end by itself. It passes through every virtual promise and every running async function
 * straight to the kernel, which ends the run: no `catch`, `finally` or `onRejected` of the learner's runs on the way.
 */
export class StepLimitReached extends Error {
  override readonly name = 'StepLimitReached';

  /**
   * @param what `steps`: too many loop turns and calls in one event; `depth`: calls nested too deep
   * @param line where it was met, from 1; 0 when only the engine knows
   */
  constructor(
    readonly what: 'steps' | 'depth',
    readonly line: number,
    readonly limit: number,
  ) {
    super(what === 'steps' ? `more than ${limit} steps` : `calls nested more than ${limit} deep`);
  }

  /** The stack of the engine's own error says where it was. */
  static fromOverflow(error: Error): StepLimitReached {
    return Object.assign(new StepLimitReached('depth', 0, 0), { stack: error.stack });
  }
}

/** The sentences of V8 and JavaScriptCore, and of SpiderMonkey. */
const OVERFLOW = /^(?:Maximum call stack size exceeded|too much recursion)/;

/** Whether an error says that the engine's stack is used up. How deep that is differs from run to run, so no code may go on from it. */
export function isStackOverflow(error: unknown): error is Error {
  if (!(error instanceof Error) || !(error instanceof RangeError || error.name === 'InternalError')) return false;
  return OVERFLOW.test(error.message);
}

/** Hands on what a learner's code threw, or throws it again when no code may catch it. */
export function catchable(error: unknown): unknown {
  if (error instanceof StepLimitReached) throw error;
  if (isStackOverflow(error)) throw StepLimitReached.fromOverflow(error);
  return error;
}

/** Async functions that call each other before their first `await` nest on the engine's stack; this many are sure to fit. */
const DEEPEST_STARTS = 500;
let nested = 0;

/** Before code of an async function runs within other code of the learner's. Each must be followed by `nestLess`, or by the end of the run. */
export function nestDeeper(line: number): void {
  if (nested >= DEEPEST_STARTS) throw new StepLimitReached('depth', line, DEEPEST_STARTS);
  nested++;
}

export function nestLess(): void {
  nested--;
}

export function clearNesting(): void {
  nested = 0;
}
