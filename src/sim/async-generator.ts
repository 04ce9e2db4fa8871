/**
 * Async generators in virtual time (ECMA-262 §27.6): a queue of requests drives the generator that the source was lowered to.
 * What the generator yields says what it wants: a plain value is an `await`, the classes below are the other reasons to stop.
 */
import { catchable, nestDeeper, nestLess } from './step-limit';
import type { LoweredBody } from './task';
import { fulfil, observe, promiseOf, reject, VirtualPromise, type Settler } from './virtual-promise';

type Wish = 'next' | 'return' | 'throw';

interface Request {
  readonly wish: Wish;
  readonly value: unknown;
  readonly promise: VirtualPromise;
}

/** `yield value`: the value is awaited, then handed out. */
class Yield {
  constructor(readonly value: unknown) {}
}

/** A value that `yield*` passes through as it is; the next request comes back as a value, for the inner iterator. */
class PassedOn {
  constructor(readonly value: unknown) {}
}

/** The inner iterator of a `yield*` has returned because it was asked to: the outer generator returns too. */
class ReturnNow {
  constructor(readonly value: unknown) {}
}

interface Asked {
  readonly wish: Wish;
  readonly value: unknown;
}

export function yielded(value: unknown): unknown {
  return new Yield(value);
}

class Drive implements Settler {
  private readonly requests: Request[] = [];
  private phase: 'fresh' | 'suspended' | 'awaiting' | 'yielding' | 'returning' | 'done' | 'answering' = 'fresh';
  private passing = false;

  constructor(private readonly generator: Generator<unknown, unknown, unknown>) {}

  ask(wish: Wish, value: unknown): VirtualPromise {
    const promise = new VirtualPromise();
    this.requests.push({ wish, value, promise });
    if (this.requests.length === 1) this.serve();
    return promise;
  }

  /** Takes up the oldest request. Only called while the generator rests. */
  private serve(): void {
    for (let request = this.requests[0]; request; request = this.requests[0]) {
      const { wish, value, promise } = request;
      if (this.phase === 'fresh' && wish !== 'next') this.phase = 'done';
      if (this.phase !== 'done') {
        if (wish === 'return') return this.wait('returning', value);
        return this.resume(wish, value);
      }
      if (wish === 'return') return this.wait('answering', value);
      this.requests.shift();
      if (wish === 'next') fulfil(promise, { value: undefined, done: true });
      else reject(promise, value);
    }
  }

  private wait(phase: Drive['phase'], value: unknown): void {
    this.phase = phase;
    observe(promiseOf(value), this);
  }

  settled(ok: boolean, value: unknown): void {
    switch (this.phase) {
      case 'awaiting':
        return this.run(ok ? 'next' : 'throw', value);
      case 'yielding':
        return ok ? this.handOut(value) : this.run('throw', value);
      case 'returning':
        return this.resume(ok ? 'return' : 'throw', value);
      case 'answering':
        this.phase = 'done';
        this.answer(ok, { value, done: true }, value);
        return;
    }
  }

  /** Goes on after a `yield`; within a `yield*` the inner iterator is told instead. */
  private resume(wish: Wish, value: unknown): void {
    if (!this.passing) return this.run(wish, value);
    this.passing = false;
    this.run('next', { wish, value } satisfies Asked);
  }

  private run(wish: Wish, value: unknown): void {
    let turn: IteratorResult<unknown, unknown>;
    nestDeeper(0);
    try {
      turn = this.generator[wish](value);
    } catch (error) {
      nestLess();
      this.phase = 'done';
      this.answer(false, undefined, catchable(error));
      return;
    }
    nestLess();
    const wanted = turn.value;
    if (turn.done === true) {
      this.phase = 'done';
      this.answer(true, { value: wanted, done: true }, undefined);
    } else if (wanted instanceof Yield) {
      this.wait('yielding', wanted.value);
    } else if (wanted instanceof PassedOn) {
      this.passing = true;
      this.handOut(wanted.value);
    } else if (wanted instanceof ReturnNow) {
      this.run('return', wanted.value);
    } else {
      this.wait('awaiting', wanted);
    }
  }

  private handOut(value: unknown): void {
    this.phase = 'suspended';
    this.answer(true, { value, done: false }, undefined);
  }

  private answer(ok: boolean, result: unknown, reason: unknown): void {
    const request = this.requests.shift()!;
    if (ok) fulfil(request.promise, result);
    else reject(request.promise, reason);
    this.serve();
  }
}

/** What a lowered `async function*` returns. */
export class VirtualAsyncGenerator {
  readonly #drive: Drive;

  constructor(generator: Generator<unknown, unknown, unknown>) {
    this.#drive = new Drive(generator);
  }

  next(value?: unknown): VirtualPromise {
    return this.#drive.ask('next', value);
  }

  return(value?: unknown): VirtualPromise {
    return this.#drive.ask('return', value);
  }

  throw(reason?: unknown): VirtualPromise {
    return this.#drive.ask('throw', reason);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  get [Symbol.toStringTag](): string {
    return 'AsyncGenerator';
  }
}
// All that learners' code reaches of it.
Reflect.deleteProperty(VirtualAsyncGenerator.prototype, 'constructor');
Object.freeze(VirtualAsyncGenerator.prototype);

export function startGenerator(body: LoweredBody, _name: string, self: unknown, parameters: ArrayLike<unknown>): VirtualAsyncGenerator {
  return new VirtualAsyncGenerator(body.apply(self, parameters as never));
}

interface AnyIterator {
  readonly next: (value?: unknown) => unknown;
  readonly return?: ((value?: unknown) => unknown) | null;
  readonly throw?: ((reason?: unknown) => unknown) | null;
}

/** The iterator that `for await` and `yield*` use: the value's own async one, or its plain one with each value awaited. */
export function asyncIterator(iterable: unknown): AnyIterator {
  const source = iterable as { [Symbol.asyncIterator]?: () => AnyIterator; [Symbol.iterator]?: () => AnyIterator };
  const own = source[Symbol.asyncIterator];
  if (own !== undefined && own !== null) return objectOf(own.call(source)) as unknown as AnyIterator;
  const plain = source[Symbol.iterator];
  if (typeof plain !== 'function') throw new TypeError('The value is not async iterable');
  const iterator = plain.call(source);
  const awaitValue = (result: unknown) => {
    const { value, done } = objectOf(result);
    return promiseOf(value).then((settled) => ({ value: settled, done: done === true }));
  };
  const guarded = (ask: () => unknown) => {
    try {
      return awaitValue(ask());
    } catch (error) {
      return VirtualPromise.reject(catchable(error));
    }
  };
  return {
    next: (value) => guarded(() => iterator.next(value)),
    return: iterator.return ? (value) => guarded(() => iterator.return?.(value)) : null,
    throw: iterator.throw ? (reason) => guarded(() => iterator.throw?.(reason)) : null,
  };
}

/** The result of an iterator step, which must be an object. */
export function objectOf(result: unknown): { readonly value?: unknown; readonly done?: unknown } {
  if ((typeof result !== 'object' && typeof result !== 'function') || result === null)
    throw new TypeError('Iterator result is not an object');
  return result;
}

/** `yield* iterable` inside an async generator (ECMA-262 §15.5.5). */
export function* delegate(iterable: unknown): Generator<unknown, unknown, unknown> {
  const iterator = asyncIterator(iterable);
  const { next } = iterator;
  let asked: Asked = { wish: 'next', value: undefined };
  for (;;) {
    const { wish, value } = asked;
    const method = wish === 'next' ? next : iterator[wish];
    if (method === undefined || method === null) {
      if (wish === 'return') yield new ReturnNow(value);
      if (iterator.return) yield iterator.return();
      throw new TypeError('The iterator does not provide a throw method');
    }
    const result = objectOf(yield method.call(iterator, value));
    if (result.done) {
      if (wish === 'return') yield new ReturnNow(result.value);
      return result.value;
    }
    asked = (yield new PassedOn(result.value)) as Asked;
  }
}
