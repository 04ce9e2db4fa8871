/**
 * What is wrong with something a person wrote, as data: where it is, which sentence of `i18n` says it, and the values in it.
 * Rooms below the page never hold text for people; `i18n` turns a problem into a sentence in the reader's language.
 */
export interface Problem {
  /** Where in the document, in the reader's own names: `components.greeter.workers`, `links[2].delay`; empty for the whole. */
  readonly path: string;
  /** The key of the sentence, always below `problem.`. */
  readonly key: `problem.${string}`;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A problem that lies at a place in a handler file. Lines and columns count from 1. */
export interface CodeProblem extends Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Virtual time of a problem met while running. */
  readonly atMicros?: number;
  /** The virtual async stack, innermost first: who was waiting for whom. */
  readonly stack?: readonly StackFrame[];
}

export interface StackFrame {
  readonly file: string;
  readonly line: number;
  readonly functionName: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Longer than any list of words that a sentence offers; what people wrote may be any length. */
const PARAM_LENGTH = 400;

export function problem(path: string, key: Problem['key'], params: Problem['params'] = {}): Problem {
  const isLong = (value: string | number): boolean => typeof value === 'string' && value.length > PARAM_LENGTH;
  if (!Object.values(params).some(isLong)) return { path, key, params };
  const shortened = Object.entries(params).map(([name, value]) => [
    name,
    isLong(value) ? `${String(value).slice(0, PARAM_LENGTH)}…` : value,
  ]);
  return { path, key, params: Object.fromEntries(shortened) as Problem['params'] };
}

/** Any JSON value as a sentence quotes it. `String` would throw at an object whose `toString` the file has replaced. */
export function asWritten(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

export function isCodeProblem(value: Problem): value is CodeProblem {
  return 'file' in value && 'line' in value;
}
