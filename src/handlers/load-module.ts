/** From compiled code to the functions that the world calls. */
import { LIMITS } from '../model/limits';
import { RUNTIME } from '../sim/lowered-runtime';
import { addMicrotask } from '../sim/microtask';
import { VirtualPromise } from '../sim/virtual-promise';
import type { CompiledModule } from './compile';
import { HELPERS } from './delay';
import { rememberModule } from './failure';
import { beginTurn, STEPS } from './handler-budget';
import { HANDLER_MATH, power } from './handler-math';

/** How code becomes a function: `new Function` in Node; the sandbox passes the one it saved before it locked itself down. */
export type Evaluate = (parameters: string[], code: string) => (...args: unknown[]) => unknown;

export type Handler = (...parameters: unknown[]) => unknown;

export interface HandlerExports {
  readonly onRequest?: Handler;
  readonly onMessage?: Handler;
  readonly onStream?: Handler;
  readonly onTick?: Handler;
}

const GIVEN: Readonly<Record<string, unknown>> = Object.freeze({
  ...RUNTIME,
  ...HELPERS,
  $steps: STEPS,
  $pow: power,
  Math: HANDLER_MATH,
  Promise: VirtualPromise,
  queueMicrotask: addMicrotask,
});

for (const value of Object.values(GIVEN)) if (typeof value === 'function') Object.freeze(value);

/**
 * Runs the top level of a module and returns its handlers. Each call makes a fresh instance with its own variables. The top level has a
 * turn of its own; what it throws comes through.
 *
 * @param globals what the code finds besides, or in the place of, what all code is given
 */
export function loadModule(module: CompiledModule, evaluate: Evaluate, globals?: Readonly<Record<string, unknown>>): HandlerExports {
  rememberModule(module, evaluate);
  beginTurn(LIMITS.steps);
  const given: Readonly<Record<string, unknown>> = globals ? { ...GIVEN, ...globals } : GIVEN;
  // A file name with a space would end the name of the source.
  const code = `"use strict";${module.code}\n//# sourceURL=handler:${encodeURIComponent(module.file)}`;
  const exported = evaluate(Object.keys(given), code)(...Object.values(given)) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(exported).filter((entry) => typeof entry[1] === 'function'));
}
