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

/** The fields belong to this module and to the async stack; a learner's types do not show them. */
export class VirtualPromise<T = unknown> implements PromiseLike<T> {
  state: State = PENDING;
  value: unknown = undefined;
  /** The first that waits; nearly always the only one. */
  waiter: Settler | undefined = undefined;
  otherWaiters: Settler[] | undefined = undefined;
  handled = false;

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

/** Settles a pending promise with a value as it is, even if it has a `then`. A promise that is settled stays as it is. */
export function fulfil(promise: VirtualPromise<never> | VirtualPromise, value: unknown): void {
  if (promise.state === PENDING) settle(promise as VirtualPromise, FULFILLED, value);
}

/** Settles a pending promise with a reason. A promise that is settled stays as it is. */
export function reject(promise: VirtualPromise<never> | VirtualPromise, reason: unknown): void {
  if (promise.state !== PENDING) return;
  const lonely = promise.waiter === undefined;
  settle(promise as VirtualPromise, REJECTED, reason);
  if (lonely && !promise.handled) lonelyRejections.push(promise as VirtualPromise);
}

/** Calls the observer once, as one job, with how the promise ended. The promise then counts as handled. */
export function observe(promise: VirtualPromise<never> | VirtualPromise, observer: Settler): void {
  wait(promise as VirtualPromise, observer);
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
  if (then === VirtualPromise.prototype.then && value instanceof VirtualPromise) addJob(new Adopt(promise, value));
  else addJob(new CallThen(promise, value, then as PromiseLike<unknown>['then']));
}

/** The promise itself, or a new one resolved with the value: what `await` waits for. */
export function promiseOf(value: unknown): VirtualPromise {
  if (value instanceof VirtualPromise) return value as VirtualPromise;
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
  const reasons = lonelyRejections.filter((promise) => !promise.handled).map((promise) => promise.value);
  lonelyRejections = [];
  return reasons;
}

function settle(promise: VirtualPromise, state: State, value: unknown): void {
  promise.state = state;
  promise.value = value;
  const { waiter, otherWaiters } = promise;
  if (waiter === undefined) return;
  promise.waiter = undefined;
  addJob(waiter, promise);
  if (otherWaiters === undefined) return;
  promise.otherWaiters = undefined;
  for (const other of otherWaiters) addJob(other, promise);
}

function wait(promise: VirtualPromise<never> | VirtualPromise, settler: Settler): void {
  promise.handled = true;
  if (promise.state !== PENDING) addJob(settler, promise as VirtualPromise);
  else if (promise.waiter === undefined) promise.waiter = settler;
  else (promise.otherWaiters ??= []).push(settler);
}

// What waits for a promise. `result` leads the async stack on to whoever waits for that.

class Then implements Settler {
  readonly onFulfilled: ((value: never) => unknown) | undefined;
  readonly onRejected: ((reason: unknown) => unknown) | undefined;

  constructor(
    readonly result: VirtualPromise<never> | VirtualPromise,
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

function once(promise: VirtualPromise<never> | VirtualPromise): { resolve: Resolve<unknown>; reject: Reject } {
  let called = false;
  const first = (settleBy: (promise: VirtualPromise, value: unknown) => void) => (value?: unknown) => {
    if (called) return;
    called = true;
    settleBy(promise as VirtualPromise, value);
  };
  return { resolve: first(resolve), reject: first(reject) };
}

function execute(promise: VirtualPromise<never> | VirtualPromise, executor: Executor<unknown>): void {
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
