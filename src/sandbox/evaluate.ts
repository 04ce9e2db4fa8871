/** Turns compiled code into a function. It has to be loaded before the thread is locked down, because it keeps the real `Function`. */
import type { Evaluate } from '../handlers/load-module';

const NativeFunction = Function;

/** The code runs in the global scope, in strict mode if it says so itself; it sees none of our names. */
export const evaluate: Evaluate = (parameters, code) => new NativeFunction(...parameters, code) as ReturnType<Evaluate>;
