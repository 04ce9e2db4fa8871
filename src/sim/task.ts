/** Running async functions: each drives the generator its source was lowered to, and settles the promise its caller got. */
import { catchable, nestDeeper, nestLess } from './step-limit';
import { firstWaiter, observe, promiseOf, reject, resolve, VirtualPromise, type Settler } from './virtual-promise';

export type LoweredBody = (this: unknown, ...parameters: never[]) => Generator<unknown, unknown, unknown>;

/** The line of the `await` that the running code has just reached; `$at` notes it. */
let lineOfAwait = 0;

/** Notes the line of an `await` and hands its operand on. */
export function at<V>(line: number, value: V): V {
  lineOfAwait = line;
  return value;
}

/** A running async function, waiting from one `await` to the next. Its caller holds only the promise: nothing on that resumes the function. */
class Task implements Settler {
  /** Leads the async stack on to whoever waits for the function. */
  readonly result = new VirtualPromise();
  /** The line of the `await` where it waits. */
  line = 0;
  private generator: Generator<unknown, unknown, unknown> | undefined = undefined;

  constructor(readonly functionName: string) {}

  start(body: LoweredBody, self: unknown, parameters: ArrayLike<unknown>): void {
    try {
      this.generator = body.apply(self, parameters as never);
    } catch (error) {
      return this.end(error);
    }
    this.settled(true, undefined);
  }

  /** Goes on after an `await`. */
  settled(ok: boolean, value: unknown): void {
    const generator = this.generator!;
    let turn: IteratorResult<unknown, unknown>;
    try {
      turn = ok ? generator.next(value) : generator.throw(value);
    } catch (error) {
      if (!ok) noteAwait(error, this.line);
      return this.end(error);
    }
    if (turn.done === true) {
      this.generator = undefined;
      return resolve(this.result, turn.value);
    }
    this.line = lineOfAwait;
    observe(promiseOf(turn.value), this);
  }

  private end(error: unknown): void {
    this.generator = undefined;
    noteAsyncStack(error, this.result);
    reject(this.result, catchable(error));
  }
}

/** Starts an async function: runs it up to its first `await`. */
export function startTask(body: LoweredBody, functionName: string, self: unknown, parameters: ArrayLike<unknown>): VirtualPromise {
  const task = new Task(functionName);
  nestDeeper(lineOfAwait);
  task.start(body, self, parameters);
  nestLess();
  return task.result;
}

// ---- The virtual async stack ----

export interface AsyncFrame {
  readonly functionName: string;
  /** The line of the `await` where the function waits. */
  readonly line: number;
}

const awaitLines = new WeakMap<object, number>();
const asyncStacks = new WeakMap<object, readonly AsyncFrame[]>();
const MOST_FRAMES = 16;
const MOST_HOPS = 64;

/** The async functions that waited for the one that threw, innermost first; empty when nobody waited. */
export function asyncStackOf(error: unknown): readonly AsyncFrame[] {
  return (typeof error === 'object' && error !== null && asyncStacks.get(error)) || [];
}

/** The line of the `await` that brought an error into the code, for errors that no code of the learner's made; 0 when there is none. */
export function awaitLineOf(error: unknown): number {
  return (typeof error === 'object' && error !== null && awaitLines.get(error)) || 0;
}

function noteAwait(error: unknown, line: number): void {
  if (typeof error === 'object' && error !== null && !awaitLines.has(error)) awaitLines.set(error, line);
}

function noteAsyncStack(error: unknown, thrown: VirtualPromise): void {
  if (firstWaiter(thrown) === undefined || typeof error !== 'object' || error === null || asyncStacks.has(error)) return;
  asyncStacks.set(error, waitersOf(thrown));
}

/** Who waits for a promise, and who waits for them: the first of each, up to a limit. */
function waitersOf(promise: VirtualPromise): AsyncFrame[] {
  const frames: AsyncFrame[] = [];
  let waiter = firstWaiter(promise);
  for (let hops = 0; waiter !== undefined && hops < MOST_HOPS && frames.length < MOST_FRAMES; hops++) {
    if (waiter instanceof Task) frames.push({ functionName: waiter.functionName, line: waiter.line });
    const { result } = waiter as { readonly result?: VirtualPromise };
    waiter = result && firstWaiter(result);
  }
  return frames;
}
