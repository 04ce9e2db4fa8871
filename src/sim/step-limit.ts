/**
 * Errors that end a learner's code for good: a step limit met, calls nested too deep. Virtual promises and running async functions
 * never hand one to a `catch`, a `finally` or an `onRejected`; they only pass it on to whoever waits.
 */
export abstract class Uncatchable extends Error {}

/** Calls nested too deep. The engine's own stack overflow becomes one of these as soon as it is seen. */
export class CallsTooDeep extends Uncatchable {
  override readonly name = 'CallsTooDeep';

  /** @param line where it was met, or 0 when only the engine knows */
  constructor(readonly line: number) {
    super('too many nested calls');
  }
}

/** The sentences of V8 and JavaScriptCore, of SpiderMonkey, and of QuickJS. */
const OVERFLOW = /^(?:Maximum call stack size exceeded|too much recursion|stack overflow)/;

/** Whether an error says that the engine's stack is used up. How deep that is differs from run to run, so no code may go on from it. */
export function isStackOverflow(error: unknown): boolean {
  if (!(error instanceof Error) || !(error instanceof RangeError || error.name === 'InternalError')) return false;
  return OVERFLOW.test(error.message);
}

/** What a learner's code threw, as the virtual promises pass it on. */
export function asThrown(error: unknown): unknown {
  return error instanceof Error && isStackOverflow(error) ? new CallsTooDeep(0) : error;
}
