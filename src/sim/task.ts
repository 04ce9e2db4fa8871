/** Running async functions: each is a promise that drives the generator its source was lowered to, and knows who waits for it. */
import { catchable, nestDeeper, nestLess } from './step-limit';
import { observe, promiseOf, reject, resolve, VirtualPromise, type Settler } from './virtual-promise';

export type LoweredBody = (this: unknown, ...parameters: never[]) => Generator<unknown, unknown, unknown>;

/** The line of the `await` that the running code has just reached; `$at` notes it. */
let lineOfAwait = 0;

/** Notes the line of an `await` and hands its operand on. */
export function at<V>(line: number, value: V): V {
  lineOfAwait = line;
  return value;
}

/** A running async function. While it waits, `awaits` is the promise it waits for and `line` the line of that `await`. */
export class Task<T = unknown> extends VirtualPromise<T> implements Settler {
  generator: Generator<unknown, unknown, unknown> | undefined = undefined;
  awaits: VirtualPromise | undefined = undefined;
  line = 0;
  readonly functionName: string;

  constructor(functionName: string) {
    super();
    this.functionName = functionName;
  }

  /** Goes on after an `await`. */
  settled(ok: boolean, value: unknown): void {
    this.awaits = undefined;
    advance(this as Task, this.generator!, ok, value);
  }
}

/** Starts an async function: runs it up to its first `await`. */
export function startTask(body: LoweredBody, functionName: string, self: unknown, parameters: ArrayLike<unknown>): Task {
  const task = new Task(functionName);
  nestDeeper(lineOfAwait);
  try {
    task.generator = body.apply(self, parameters as never);
  } catch (error) {
    nestLess();
    end(task, error);
    return task;
  }
  advance(task, task.generator, true, undefined);
  nestLess();
  return task;
}

function advance(task: Task, generator: Generator<unknown, unknown, unknown>, ok: boolean, value: unknown): void {
  let turn: IteratorResult<unknown, unknown>;
  try {
    turn = ok ? generator.next(value) : generator.throw(value);
  } catch (error) {
    return end(task, error);
  }
  if (turn.done === true) {
    task.generator = undefined;
    return resolve(task, turn.value);
  }
  const awaited = turn.value instanceof VirtualPromise ? (turn.value as VirtualPromise) : promiseOf(turn.value);
  task.line = lineOfAwait;
  task.awaits = awaited;
  observe(awaited, task);
}

function end(task: Task, error: unknown): void {
  task.generator = undefined;
  noteAsyncStack(error, task);
  reject(task, catchable(error));
}

// ---- The virtual async stack ----

export interface AsyncFrame {
  readonly functionName: string;
  /** The line of the `await` where the function waits. */
  readonly line: number;
}

const asyncStacks = new WeakMap<object, readonly AsyncFrame[]>();
const MOST_FRAMES = 16;
const MOST_HOPS = 64;

/** The async functions that waited for the one that threw, innermost first; empty when nobody waited. */
export function asyncStackOf(error: unknown): readonly AsyncFrame[] {
  return (typeof error === 'object' && error !== null && asyncStacks.get(error)) || [];
}

function noteAsyncStack(error: unknown, thrower: Task): void {
  if (thrower.waiter === undefined || typeof error !== 'object' || error === null || asyncStacks.has(error)) return;
  asyncStacks.set(error, waitersOf(thrower));
}

/** Who waits for a promise, and who waits for them: the first of each, up to a limit. */
function waitersOf(promise: VirtualPromise): AsyncFrame[] {
  const frames: AsyncFrame[] = [];
  let waiter = promise.waiter;
  for (let hops = 0; waiter !== undefined && hops < MOST_HOPS && frames.length < MOST_FRAMES; hops++) {
    if (waiter instanceof Task) frames.push({ functionName: waiter.functionName, line: waiter.line });
    const next: VirtualPromise | undefined = waiter instanceof VirtualPromise ? waiter : (waiter as { result?: VirtualPromise }).result;
    waiter = next?.waiter;
  }
  return frames;
}

// A learner's code reaches these through its own promises; nothing there may be changed.
for (const part of [Task, Task.prototype]) Object.freeze(part);
