/**
 * Promises in virtual time. Their jobs wait in one ring that the kernel empties after each event, in the order that ECMA-262 §9.5 and
 * §27.2 give, so that a learner's code sees exactly what native promises would show it, but synchronously and repeatably.
 *
 * `task` has the promises that run async functions.
 */
import { execute, once, type Executor, type Reject, type Resolve, type Ways } from './executor';
import { addJob, clearRing, type Settler } from './job-ring';
import { catchable, clearNesting } from './step-limit';

export { drainJobs } from './job-ring';
export type { Settler };

const PENDING = 0;
const FULFILLED = 1;
const REJECTED = 2;
type End = typeof FULFILLED | typeof REJECTED;

// What the simulator may do with a promise and its holders may not: only the class can reach the fields, and it hands these out once.

type AnyPromise = VirtualPromise<never> | VirtualPromise;

/** False when the promise is settled already; it then stays as it is. */
let settle: (promise: AnyPromise, end: End, value: unknown) => boolean;
/** Calls the settler once, as one job, with how the promise ended. The promise then counts as handled. */
export let observe: (promise: AnyPromise, settler: Settler) => void;
let isOurs: (value: object) => boolean;
let isHandled: (promise: AnyPromise) => boolean;
/** A rejection of this promise is no fault, even if nobody waits for it. */
export let markHandled: (promise: AnyPromise) => void;
let valueIn: (promise: AnyPromise) => unknown;
/** Who waits for a pending promise: the first, if there are several. */
export let firstWaiter: (promise: AnyPromise) => Settler | undefined;

/** Its holders can wait for it, and nothing else. Learners' code holds many, so whatever leads on to the simulator is private. */
export class VirtualPromise<T = unknown> implements PromiseLike<T> {
  #state: typeof PENDING | End = PENDING;
  #value: unknown = undefined;
  /** The first that waits; nearly always the only one. */
  #waiter: Settler | undefined = undefined;
  #otherWaiters: Settler[] | undefined = undefined;
  #handled = false;

  static {
    settle = (promise, end, value) => {
      if (promise.#state !== PENDING) return false;
      promise.#state = end;
      promise.#value = value;
      if (promise.#waiter !== undefined) addJob(promise.#waiter, end === FULFILLED, value);
      if (promise.#otherWaiters !== undefined) for (const other of promise.#otherWaiters) addJob(other, end === FULFILLED, value);
      promise.#waiter = promise.#otherWaiters = undefined;
      return true;
    };
    observe = (promise, settler) => {
      promise.#handled = true;
      if (promise.#state !== PENDING) addJob(settler, promise.#state === FULFILLED, promise.#value);
      else if (promise.#waiter === undefined) promise.#waiter = settler;
      else (promise.#otherWaiters ??= []).push(settler);
    };
    isOurs = (value) => #state in value;
    isHandled = (promise) => promise.#handled;
    markHandled = (promise) => void (promise.#handled = true);
    valueIn = (promise) => promise.#value;
    firstWaiter = (promise) => promise.#waiter;
  }

  /** Without an executor the promise is settled by `fulfil` or `reject`: the cheap form for the world's own operations. */
  constructor(executor?: Executor<T>) {
    if (executor !== undefined) execute(executor as Executor<unknown>, waysOf(this));
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): VirtualPromise<A | B> {
    const result = new VirtualPromise<A | B>();
    observe(this, new Then(result, onFulfilled, onRejected));
    return result;
  }

  catch<B = never>(onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null): VirtualPromise<T | B> {
    return this.then(undefined, onRejected);
  }

  finally(callback?: (() => unknown) | null): VirtualPromise<T> {
    if (typeof callback !== 'function') return this.then(callback, callback) as VirtualPromise<T>;
    return this.then(
      (value) => VirtualPromise.resolve(callback()).then(() => value),
      (reason) =>
        VirtualPromise.resolve(callback()).then(() => {
          throw reason;
        }),
    );
  }

  get [Symbol.toStringTag](): string {
    return 'Promise';
  }

  static resolve<V = undefined>(value?: V | PromiseLike<V>): VirtualPromise<Awaited<V>> {
    return promiseOf(value) as VirtualPromise<Awaited<V>>;
  }

  static reject(reason?: unknown): VirtualPromise<never> {
    const promise = new VirtualPromise<never>();
    reject(promise, reason);
    return promise;
  }

  static withResolvers<V>(): { promise: VirtualPromise<V>; resolve: Resolve<V>; reject: Reject } {
    const promise = new VirtualPromise<V>();
    return { promise, ...waysOf(promise) };
  }

  static all(values: Iterable<unknown>): VirtualPromise<unknown[]> {
    return combine(values, (result, items, index, ok, value, open) => {
      if (!ok) return reject(result, value);
      items[index] = value;
      if (open === 0) fulfil(result, items);
    });
  }

  static allSettled(values: Iterable<unknown>): VirtualPromise<unknown[]> {
    return combine(values, (result, items, index, ok, value, open) => {
      items[index] = ok ? { status: 'fulfilled', value } : { status: 'rejected', reason: value };
      if (open === 0) fulfil(result, items);
    });
  }

  static any(values: Iterable<unknown>): VirtualPromise {
    return combine(
      values,
      (result, reasons, index, ok, value, open) => {
        if (ok) return resolve(result, value);
        reasons[index] = value;
        if (open === 0) reject(result, new AggregateError(reasons, 'All promises were rejected'));
      },
      (result) => reject(result, new AggregateError([], 'All promises were rejected')),
    ) as VirtualPromise;
  }

  static race(values: Iterable<unknown>): VirtualPromise {
    return combine(
      values,
      (result, _items, _index, ok, value) => (ok ? resolve(result, value) : reject(result, value)),
      () => undefined,
    ) as VirtualPromise;
  }
}

/** Whether `await` waits for the value as it is. `instanceof` would not do: it takes what only inherits from a promise for one. */
export function isPromise(value: unknown): value is VirtualPromise {
  return typeof value === 'object' && value !== null && isOurs(value);
}

/** Settles a pending promise with a value as it is, even if it has a `then`. A promise that is settled stays as it is. */
export function fulfil(promise: AnyPromise, value: unknown): void {
  settle(promise, FULFILLED, value);
}

/** Settles a pending promise with a reason. A promise that is settled stays as it is. */
export function reject(promise: AnyPromise, reason: unknown): void {
  if (settle(promise, REJECTED, reason) && !isHandled(promise)) lonelyRejections.push(promise as VirtualPromise);
}

/** Settles a promise as a `resolve` function does: a promise or thenable is adopted, one job later. */
export function resolve(promise: VirtualPromise, value: unknown): void {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return fulfil(promise, value);
  if (value === promise) return reject(promise, new TypeError('Chaining cycle detected for promise #<Promise>'));
  let then: unknown;
  try {
    then = (value as { then?: unknown }).then;
  } catch (error) {
    return reject(promise, catchable(error));
  }
  if (typeof then !== 'function') return fulfil(promise, value);
  if (then === VirtualPromise.prototype.then && isPromise(value)) addJob(new Adopt(promise, value));
  else addJob(new CallThen(promise, value, then as PromiseLike<unknown>['then']));
}

/** The promise itself, or a new one resolved with the value: what `await` waits for. */
export function promiseOf(value: unknown): VirtualPromise {
  if (isPromise(value)) return value;
  const promise = new VirtualPromise();
  resolve(promise, value);
  return promise;
}

let lonelyRejections: VirtualPromise[] = [];
const NO_REASONS: readonly unknown[] = [];

/** Forgets all waiting jobs and rejections: before a run that follows one that was broken off. */
export function clearJobs(): void {
  clearRing();
  clearNesting();
  lonelyRejections = [];
}

/** The reasons of the promises rejected since the last call that nobody waits for. Ask after `drainJobs`. */
export function takeUnhandledRejections(): readonly unknown[] {
  if (lonelyRejections.length === 0) return NO_REASONS;
  const reasons = lonelyRejections.filter((promise) => !isHandled(promise)).map((promise) => valueIn(promise));
  lonelyRejections = [];
  return reasons;
}

// What waits for a promise. `result` leads the async stack on to whoever waits for that.

class Then implements Settler {
  readonly onFulfilled: ((value: never) => unknown) | undefined;
  readonly onRejected: ((reason: unknown) => unknown) | undefined;

  constructor(
    readonly result: AnyPromise,
    onFulfilled: unknown,
    onRejected: unknown,
  ) {
    this.onFulfilled = typeof onFulfilled === 'function' ? (onFulfilled as (value: never) => unknown) : undefined;
    this.onRejected = typeof onRejected === 'function' ? (onRejected as (reason: unknown) => unknown) : undefined;
  }

  settled(ok: boolean, value: unknown): void {
    const callback = ok ? this.onFulfilled : this.onRejected;
    const result = this.result as VirtualPromise;
    if (callback === undefined) return ok ? fulfil(result, value) : reject(result, value);
    let answer: unknown;
    try {
      answer = callback(value as never);
    } catch (error) {
      return reject(result, catchable(error));
    }
    resolve(result, answer);
  }
}

/** The job that makes one promise follow another: it only begins to wait, as `then` called in a job would. */
class Adopt implements Settler {
  private waiting = false;

  constructor(
    readonly result: VirtualPromise,
    readonly followed: VirtualPromise,
  ) {}

  settled(ok: boolean, value: unknown): void {
    if (!this.waiting) {
      this.waiting = true;
      observe(this.followed, this);
    } else if (ok) resolve(this.result, value);
    else reject(this.result, value);
  }
}

/** The job that asks a thenable of the learner's. */
class CallThen implements Settler {
  constructor(
    readonly result: VirtualPromise,
    readonly thenable: unknown,
    readonly then: PromiseLike<unknown>['then'],
  ) {}

  settled(): void {
    const ask = (found: Resolve<unknown>, failed: Reject) => void this.then.call(this.thenable as PromiseLike<unknown>, found, failed);
    execute(ask, waysOf(this.result));
  }
}

function waysOf(promise: AnyPromise): Ways {
  return once(
    (value) => resolve(promise as VirtualPromise, value),
    (reason) => reject(promise, reason),
  );
}

type Collect = (result: VirtualPromise, items: unknown[], index: number, ok: boolean, value: unknown, open: number) => void;

/** `all` and its kin: waits for each value, hands each end to `collect` with the number still open. */
function combine(values: Iterable<unknown>, collect: Collect, atEmpty?: (result: VirtualPromise) => void): VirtualPromise<unknown[]> {
  const result = new VirtualPromise<unknown[]>();
  const items: unknown[] = [];
  let open = 0;
  try {
    for (const value of values) {
      const index = items.push(undefined) - 1;
      open++;
      const element = { result, settled: (ok: boolean, end: unknown) => collect(result as VirtualPromise, items, index, ok, end, --open) };
      observe(promiseOf(value), element);
    }
  } catch (error) {
    reject(result as VirtualPromise, catchable(error));
    return result;
  }
  if (open === 0) (atEmpty ?? fulfil)(result as VirtualPromise, items);
  return result;
}

// A learner's code reaches these through its own promises; nothing there may be changed.
for (const part of [VirtualPromise, VirtualPromise.prototype]) Object.freeze(part);
