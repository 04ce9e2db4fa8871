/** Turns compiled code into a function. It has to be loaded before the thread is locked down, because it keeps the real `Function`. */
import type { Evaluate } from '../handlers/load-module';

const NativeFunction = Function;

/** The code runs in the global scope, in strict mode if it says so itself; it sees none of our names. */
export const evaluate: Evaluate = (parameters, code) => new NativeFunction(...parameters, code) as ReturnType<Evaluate>;

/**
 * The same, but calls `onEnter` whenever one of the functions that the code returns is about to run. When a worker falls silent, the
 * last thing it said is then what it went into.
 */
export function announcing(compile: Evaluate, onEnter: () => void): Evaluate {
  return (parameters, code) => {
    const body = compile(parameters, code);
    return (...values) => {
      const exported = body(...values);
      return isPlain(exported)
        ? Object.fromEntries(Object.entries(exported).map(([name, value]) => [name, announced(value, onEnter)]))
        : exported;
    };
  };
}

function announced(value: unknown, onEnter: () => void): unknown {
  if (typeof value !== 'function') return value;
  return (...values: unknown[]): unknown => {
    onEnter();
    return Reflect.apply(value, undefined, values);
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Reflect.getPrototypeOf(value) === Object.prototype;
}
