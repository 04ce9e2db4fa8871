/**
 * What a handler threw, as a problem with its place in the learner's file. Reads the stacks of V8, SpiderMonkey and JavaScriptCore. None of
 * this may feed the digest: the text of an engine's own errors differs between engines.
 */
import type { CodeProblem, Problem, StackFrame } from '../model/problem';
import { StepLimitReached } from '../sim/step-limit';
import { asyncStackOf, awaitLineOf, type AsyncFrame } from '../sim/task';
import type { CompiledModule } from './compile';
import { HandlerError } from './handler-error';
import type { Evaluate } from './load-module';

export { StepLimitReached };

const MOST_TEXT = 500;
const MOST_STACK = 20_000;

interface Loaded {
  readonly module: CompiledModule;
  /** Lines that the engine counts before the first line of the code. */
  readonly linesBefore: number;
}

/** The module that was last loaded under each file name. */
const loaded = new Map<string, Loaded>();
const MOST_MODULES = 256;
const linesBeforeBy = new WeakMap<Evaluate, number>();

/** Notes a module, so that places in its code can be found in its file. */
export function rememberModule(module: CompiledModule, evaluate: Evaluate): void {
  let linesBefore = linesBeforeBy.get(evaluate);
  if (linesBefore === undefined) {
    linesBefore = measureLinesBefore(evaluate);
    linesBeforeBy.set(evaluate, linesBefore);
  }
  if (loaded.size >= MOST_MODULES) loaded.clear();
  loaded.set(module.file, { module, linesBefore });
}

/** Engines count the line of the parameters that `Function` puts before the code, or do not. */
function measureLinesBefore(evaluate: Evaluate): number {
  const error = evaluate([], 'return new Error("")\n//# sourceURL=handler:measure')();
  const frame = framesOf(error).find(({ file }) => file === 'measure');
  return frame ? frame.line - 1 : 0;
}

interface CodeFrame {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /handler:([^\s:()]+):(\d+)(?::(\d+))?/g;

/** The frames of handler code in an error's stack, innermost first. */
function framesOf(error: unknown): CodeFrame[] {
  const stack = readText(error, 'stack');
  if (stack === undefined) return [];
  return [...stack.slice(0, MOST_STACK).matchAll(FRAME)].map(([, file = '', line, column]) => ({
    file: decodeURIComponent(file),
    line: Number(line),
    column: Number(column ?? 1),
  }));
}

/** @param file the file to name when the error itself does not say; may be empty */
export function describeFailure(error: unknown, file: string, atMicros: number): CodeProblem {
  const frames = framesOf(error).filter((frame) => loaded.has(frame.file));
  const frame = frames[0];
  const name = frame?.file ?? file;
  // What came of a handler's return value has no place of its own in its code.
  let place = loaded.get(name)?.module.answersAt ?? { line: 1, column: 1 };
  if (frame) {
    const { module, linesBefore } = loaded.get(frame.file)!;
    place = module.placeOf(frame.line - linesBefore, frame.column);
  } else if (awaitLineOf(error) > 0) place = { line: awaitLineOf(error), column: 1 };
  if (error instanceof StepLimitReached && error.line > 0 && error.line !== place.line) place = { line: error.line, column: 1 };
  const stack = asyncStackOf(error).map(({ functionName, line }: AsyncFrame): StackFrame => ({ file: name, line, functionName }));
  return {
    path: name === '' ? '' : `files.${name}`,
    ...sentenceOf(error),
    file: name,
    ...place,
    atMicros,
    ...(stack.length > 0 ? { stack } : {}),
  };
}

function sentenceOf(error: unknown): Pick<Problem, 'key' | 'params'> {
  if (error instanceof StepLimitReached)
    return { key: error.what === 'steps' ? 'problem.stepLimit' : 'problem.callDepth', params: { max: error.limit } };
  if (error instanceof HandlerError) return { key: error.key, params: error.params };
  return { key: 'problem.handlerThrew', params: { message: textOf(error) } };
}

/** A text for whatever was thrown. Code of the learner's may run on the way (a getter, a `toString`, a Proxy), and may throw. */
function textOf(error: unknown): string {
  if (typeof error !== 'object' && typeof error !== 'function') {
    return (typeof error === 'string' ? error : typeof error === 'symbol' ? error.toString() : `${String(error)}`).slice(0, MOST_TEXT);
  }
  if (error === null) return 'null';
  const message = readText(error, 'message');
  const name = readText(error, 'name');
  if (!message && !name) return typeof error === 'function' ? '(function)' : '(object)';
  const text = !name || name === 'Error' ? (message ?? name) : message ? `${name}: ${message}` : name;
  return (text ?? '').slice(0, MOST_TEXT);
}

/** A property of an error when it is a text; undefined when reading it fails. */
function readText(error: unknown, key: 'stack' | 'message' | 'name'): string | undefined {
  if ((typeof error !== 'object' && typeof error !== 'function') || error === null) return undefined;
  try {
    const value: unknown = (error as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
