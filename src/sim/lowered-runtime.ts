/** The functions that lowered code calls, by the names the lowering gives them. `handlers/lower-async` says what it writes where. */
import { asyncIterator, delegate, objectOf, startGenerator, yielded } from './async-generator';
import { at, startTask, type LoweredBody } from './task';

type Start = (body: LoweredBody, name: string, self: unknown, parameters: ArrayLike<unknown>) => unknown;
type Wrap = (body: LoweredBody, name: string) => (...parameters: unknown[]) => unknown;

const GENERATOR_FUNCTION: unknown = Object.getPrototypeOf(function* () {
  yield 0;
});

/** Makes a wrapper for generator functions, with the name and the number of parameters that the async function had. */
function wrapper(start: Start): Wrap {
  return (body, name) => {
    const wrapped = function (this: unknown, ...parameters: unknown[]): unknown {
      return start(body, name, this, parameters);
    };
    return describe(wrapped, name, body.length);
  };
}

function describe<F extends object>(wrapped: F, name: string, length: number): F {
  Reflect.defineProperty(wrapped, 'name', { value: name, configurable: true });
  if (length > 0) Reflect.defineProperty(wrapped, 'length', { value: length, configurable: true });
  return wrapped;
}

/** An async function expression that has a name of its own: inside, the name means the wrapped function. */
function named(start: Start) {
  return (make: (self: unknown) => LoweredBody, name: string): unknown => {
    const wrapped = function (this: unknown, ...parameters: unknown[]): unknown {
      return start(body, name, this, parameters);
    };
    const body = make(wrapped);
    return describe(wrapped, name, body.length);
  };
}

/** Wraps methods after their object or class exists, so that `super` and private names in them stay as they were written. */
function methods<T extends object>(owner: T, wrap: Wrap, keys: readonly PropertyKey[]): T {
  for (const key of keys) {
    const property = Reflect.getOwnPropertyDescriptor(owner, key);
    const body: unknown = property?.value;
    if (typeof body !== 'function' || Reflect.getPrototypeOf(body) !== GENERATOR_FUNCTION) continue;
    Reflect.defineProperty(owner, key, { ...property, value: wrap(body as unknown as LoweredBody, body.name) });
  }
  return owner;
}

/** Gives an async arrow the `this`, `arguments`, `new.target` and `super` of the function around it. */
function outer(make: (...taken: unknown[]) => unknown, ...taken: unknown[]): unknown {
  return make(...taken);
}

/** The `return` method of an iterator that a `for await` leaves early; undefined when it has none. */
function closing(iterator: { return?: unknown }): ((...parameters: unknown[]) => unknown) | undefined {
  const method = iterator.return;
  if (method === undefined || method === null) return undefined;
  if (typeof method !== 'function') throw new TypeError('iterator.return is not a function');
  return method as (...parameters: unknown[]) => unknown;
}

/** @param startTask, startGenerator how async functions and async generators begin; a run that is watched has its own */
export function makeRuntime(startTask: Start, startGenerator: Start): Readonly<Record<`$${string}`, unknown>> {
  return Object.freeze({
    $at: at,
    $start: startTask,
    $task: wrapper(startTask),
    $named: named(startTask),
    $startGenerator: startGenerator,
    $generator: wrapper(startGenerator),
    $namedGenerator: named(startGenerator),
    $methods: methods,
    $outer: outer,
    $yield: yielded,
    $delegate: delegate,
    $asyncIterator: asyncIterator,
    $object: objectOf,
    $closing: closing,
  });
}

export const RUNTIME = makeRuntime(startTask, startGenerator);
