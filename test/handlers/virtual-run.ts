/** Runs one program twice: natively in Node, and compiled in virtual time. Both report what the program logged. */
import { parse } from 'acorn';
import { compile } from '../../src/handlers/compile';
import { describeFailure } from '../../src/handlers/failure';
import { beginTurn } from '../../src/handlers/handler-budget';
import { loadModule, type Evaluate } from '../../src/handlers/load-module';
import { clearJobs, drainJobs, fulfil, takeUnhandledRejections, VirtualPromise } from '../../src/sim/virtual-promise';

export const evaluate: Evaluate = (parameters, code) => new Function(...parameters, code) as ReturnType<Evaluate>;

interface Timer {
  readonly time: number;
  readonly order: number;
  readonly fire: () => void;
}

class Clock {
  now = 0;
  readonly log: string[] = [];
  private timers: Timer[] = [];
  private order = 0;

  wakeAt(time: number, fire: () => void): void {
    this.timers.push({ time, order: this.order++, fire });
  }

  next(): Timer | undefined {
    this.timers.sort((a, b) => a.time - b.time || a.order - b.order);
    const timer = this.timers.shift();
    if (timer) this.now = timer.time;
    return timer;
  }

  tools(sleep: (ms: number) => unknown) {
    return { sleep, log: (...values: unknown[]) => void this.log.push(values.map(String).join(' ')), now: () => this.now };
  }
}

const PROLOGUE = 'function onTick({ sleep, log, now }) {';

/** The program is the body of a function that has `sleep(ms)`, `log(…values)` and `now()`. */
export async function runNatively(program: string): Promise<string[]> {
  const clock = new Clock();
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  try {
    const run = new Function(`"use strict";${PROLOGUE}${program}\n} return onTick`)() as (tools: unknown) => void;
    run(clock.tools((ms) => new Promise<void>((resolve) => clock.wakeAt(clock.now + ms, resolve))));
    await settle();
    for (let timer = clock.next(); timer; timer = clock.next()) {
      timer.fire();
      await settle();
    }
  } finally {
    process.removeListener('unhandledRejection', note);
    for (const listener of others) process.on('unhandledRejection', listener);
  }
  return [...clock.log, ...unhandled.map((reason) => `unhandled ${String(reason)}`)];
}

export function runVirtually(program: string, stepLimit = 100_000): string[] {
  const compiled = compile(`export ${PROLOGUE}${program}\n}`, 'program.ts');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  if (usesAsync(parse(compiled.module.code, { ecmaVersion: 2024, allowReturnOutsideFunction: true })))
    throw new Error(compiled.module.code);
  const clock = new Clock();
  const unhandled: unknown[] = [];
  clearJobs();
  const sleep = (ms: number) => {
    const promise = new VirtualPromise();
    clock.wakeAt(clock.now + ms, () => fulfil(promise, undefined));
    return promise;
  };
  const { onTick } = loadModule(compiled.module, evaluate);
  beginTurn(stepLimit);
  onTick!(clock.tools(sleep));
  drainJobs();
  unhandled.push(...takeUnhandledRejections());
  for (let timer = clock.next(); timer; timer = clock.next()) {
    beginTurn(stepLimit);
    timer.fire();
    drainJobs();
    unhandled.push(...takeUnhandledRejections());
  }
  return [...clock.log, ...unhandled.map((reason) => `unhandled ${String(reason)}`)];
}

function usesAsync(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false;
  const { type, async, await: awaits } = node as { type?: string; async?: boolean; await?: boolean };
  return type === 'AwaitExpression' || async === true || awaits === true || Object.values(node).some(usesAsync);
}

/** Compiles a file and runs its `onTick` once; the problem that ends it, if one does. */
export function failureOf(source: string, stepLimit = 10_000): ReturnType<typeof describeFailure> | undefined {
  const compiled = compile(source, 'greeter.ts');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  clearJobs();
  let failure: { reason: unknown } | undefined;
  try {
    const { onTick } = loadModule(compiled.module, evaluate);
    beginTurn(stepLimit);
    const result = onTick!();
    if (result instanceof VirtualPromise) result.catch((reason) => void (failure = { reason }));
    drainJobs();
  } catch (reason) {
    failure = { reason };
  }
  return failure && describeFailure(failure.reason, 'greeter.ts', 5);
}
