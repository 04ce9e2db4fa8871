/**
 * Promises in virtual time. Their jobs wait in one ring that the kernel empties after each event, in the order that ECMA-262 §9.5 and
 * §27.2 give, so that a learner's code sees exactly what native promises would show it, but synchronously and repeatably.
 *
 * `task` has the promises that run async functions.
 */
import { addJob, clearRing, type Settler } from './job-ring';
import { catchable, clearNesting } from './step-limit';

export { drainJobs } from './job-ring';
export type { Settler };

const PENDING = 0;
const FULFILLED = 1;
const REJECTED = 2;
type State = typeof PENDING | typeof FULFILLED | typeof REJECTED;

type Resolve<T> = (value: T | PromiseLike<T>) => void;
type Reject = (reason?: unknown) => void;
type Executor<T> = (resolve: Resolve<T>, reject: Reject) => void;

// What the simulator may do with a promise and its holders may not: only the class can reach the fields, and it hands these out once.

type AnyPromise = VirtualPromise<never> | VirtualPromise;

let settle: (promise: AnyPromise, state: typeof FULFILLED | typeof REJECTED, value: unknown) => void;
let wait: (promise: AnyPromise, settler: Settler) => void;
let isOurs: (value: object) => boolean;
let isPending: (promise: AnyPromise) => boolean;
let isHandled: (promise: AnyPromise) => boolean;
let setHandled: (promise: AnyPromise) => void;
let valueIn: (promise: AnyPromise) => unknown;
let waiterOf: (promise: AnyPromise) => Settler | undefined;

/** Its holders can wait for it, and nothing else. Learners' code holds many, so whatever leads on to the simulator is private. */
export class VirtualPromise<T = unknown> implements PromiseLike<T> {
  #state: State = PENDING;
  #value: unknown = undefined;
  /** The first that waits; nearly always the only one. */
  #waiter: Settler | undefined = undefined;
  #otherWaiters: Settler[] | undefined = undefined;
  #handled = false;

  static {
    settle = (promise, state, value) => {
      promise.#state = state;
      promise.#value = value;
      const waiter = promise.#waiter;
      if (waiter === undefined) return;
      const ok = state === FULFILLED;
      const others = promise.#otherWaiters;
      promise.#waiter = undefined;
      addJob(waiter, ok, value);
      if (others === undefined) return;
      promise.#otherWaiters = undefined;
      for (const other of others) addJob(other, ok, value);
    };
    wait = (promise, settler) => {
      promise.#handled = true;
      if (promise.#state !== PENDING) addJob(settler, promise.#state === FULFILLED, promise.#value);
      else if (promise.#waiter === undefined) promise.#waiter = settler;
      else (promise.#otherWaiters ??= []).push(settler);
    };
    isOurs = (value) => #state in value;
    isPending = (promise) => promise.#state === PENDING;
    isHandled = (promise) => promise.#handled;
    setHandled = (promise) => void (promise.#handled = true);
    valueIn = (promise) => promise.#value;
    waiterOf = (promise) => promise.#waiter;
  }

  /** Without an executor the promise is settled by `fulfil` or `reject`: the cheap form for the world's own operations. */
  constructor(executor?: Executor<T>) {
    if (executor !== undefined) execute(this, executor as Executor<unknown>);
  }

  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): VirtualPromise<A | B> {
    const result = new VirtualPromise<A | B>();
    wait(this, new Then(result, onFulfilled, onRejected));
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
    return { promise, ...once(promise) };
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
  if (isPending(promise)) settle(promise, FULFILLED, value);
}

/** Settles a pending promise with a reason. A promise that is settled stays as it is. */
export function reject(promise: AnyPromise, reason: unknown): void {
  if (!isPending(promise)) return;
  settle(promise, REJECTED, reason);
  if (!isHandled(promise)) lonelyRejections.push(promise as VirtualPromise);
}

/** Calls the observer once, as one job, with how the promise ended. The promise then counts as handled. */
export function observe(promise: AnyPromise, observer: Settler): void {
  wait(promise, observer);
}

/** A rejection of this promise is no fault, even if nobody waits for it. */
export function markHandled(promise: AnyPromise): void {
  setHandled(promise);
}

/** Who waits for a pending promise: the first, if there are several. */
export function firstWaiter(promise: AnyPromise): Settler | undefined {
  return waiterOf(promise);
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

/** Forgets all waiting jobs and rejections: before a run that follows one that was broken off. */
export function clearJobs(): void {
  clearRing();
  clearNesting();
  lonelyRejections = [];
}

/** The reasons of the promises rejected since the last call that nobody waits for. Ask after `drainJobs`. */
export function takeUnhandledRejections(): unknown[] {
  if (lonelyRejections.length === 0) return [];
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
      wait(this.followed, this);
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
    execute(this.result, (resolveOnce, rejectOnce) => void this.then.call(this.thenable as PromiseLike<unknown>, resolveOnce, rejectOnce));
  }
}

function once(promise: AnyPromise): { resolve: Resolve<unknown>; reject: Reject } {
  let called = false;
  const first = (settleBy: (promise: VirtualPromise, value: unknown) => void) => (value?: unknown) => {
    if (called) return;
    called = true;
    settleBy(promise as VirtualPromise, value);
  };
  return { resolve: first(resolve), reject: first(reject) };
}

function execute(promise: AnyPromise, executor: Executor<unknown>): void {
  if (typeof executor !== 'function') throw new TypeError('Promise resolver is not a function');
  const ways = once(promise);
  try {
    executor(ways.resolve, ways.reject);
  } catch (error) {
    ways.reject(catchable(error));
  }
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
      wait(promiseOf(value), element);
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
