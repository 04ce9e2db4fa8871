/** The first half of reading a scenario file: does it have the shape of the schema? Broken rules become problems. */
import * as v from 'valibot';
import { show } from './distribution';
import { nearest } from './nearest';
import { problem, type Problem } from './problem';
import type { Saying } from './schema-parts';
import { isRecord } from './variant';

type Key = string | number;
type Path = readonly Key[];

/** `links[2].delay`, `variants["slow link"].seed`: the reader's own names, quoted where a dot or a space would mislead. */
export function pathText(path: Path): string {
  let written = '';
  for (const key of path) {
    if (typeof key === 'number') written += `[${key}]`;
    else if (/^[\w$-]+$/.test(key)) written += written === '' ? key : `.${key}`;
    else written += `[${JSON.stringify(key)}]`;
  }
  return written;
}

/** Every broken rule of `schema` in `input`, at most one for each place. The input must be free of cycles and not too deep. */
export function shapeProblems(schema: v.GenericSchema, input: unknown): Problem[] {
  const found = new Map<string, Problem>();
  const report = (item: Problem): void => {
    if (!found.has(item.path)) found.set(item.path, item);
  };
  reportUnknownKeys(schema as Node, input, [], report);
  for (const issue of v.safeParse(schema, input).issues ?? []) reportIssue(issue, [], report);
  return [...found.values()];
}

type Report = (item: Problem) => void;

function reportIssue(issue: v.BaseIssue<unknown>, above: Path, report: Report): void {
  const path = [...above, ...(issue.path ?? []).map((item) => item.key as Key)];
  // Keys nobody knows are found by `reportUnknownKeys`, all of them and with their neighbours; the library stops at the first.
  if (issue.expected === 'never') return;
  if (issue.type === 'strict_object' && issue.expected?.startsWith('"') === true) {
    report(problem(pathText(path), 'problem.missing', { key: String(path.at(-1)) }));
    return;
  }
  const meant = issue.type === 'union' && isRecord(issue.input) ? Object.keys(issue.input) : [];
  const inside = (issue.issues ?? []).filter((sub) => meant.length === 1 && concerns(sub, meant[0]!));
  if (inside.length > 0) {
    for (const sub of inside) reportIssue(sub, path, report);
    return;
  }
  const { key, params } = JSON.parse(issue.message) as Saying;
  report(problem(pathText(path), key, { ...params, value: show(issue.input) }));
}

/** Whether an issue of one option of a union is about the option that the writer chose by its only key. */
function concerns(issue: v.BaseIssue<unknown>, key: string): boolean {
  return issue.path?.[0].key === key && (issue.expected !== 'never' || issue.path.length > 1);
}

/** The few properties of the library's schemas that the search for unknown keys needs. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly value?: Node;
  readonly options?: readonly Node[];
  readonly literal?: unknown;
}

function reportUnknownKeys(node: Node, input: unknown, path: Path, report: Report): void {
  if (node.wrapped) return reportUnknownKeys(node.wrapped, input, path, report);
  if (node.type === 'array' && node.item && Array.isArray(input)) {
    for (const [index, item] of input.entries()) reportUnknownKeys(node.item, item, [...path, index], report);
  }
  if (!isRecord(input)) return;
  if (node.type === 'record' && node.value) {
    for (const [key, value] of Object.entries(input)) {
      // The library passes these three over in silence.
      if (key === '__proto__' || key === 'constructor' || key === 'prototype')
        report(problem(pathText([...path, key]), 'problem.id', { value: key }));
      else reportUnknownKeys(node.value, value, [...path, key], report);
    }
  }
  const chosen = node.options?.find((option) => isChosen(option, input));
  if (chosen) return reportUnknownKeys(chosen, input, path, report);
  if (node.type !== 'strict_object' || !node.entries) return;
  const known = Object.keys(node.entries);
  for (const [key, value] of Object.entries(input)) {
    const entry = Object.hasOwn(node.entries, key) ? node.entries[key] : undefined;
    if (entry) reportUnknownKeys(entry, value, [...path, key], report);
    else report(unknownKey(path, key, known));
  }
}

/** The option of a union of objects is chosen by `kind`, or by the only key that it has. */
function isChosen(option: Node, input: Readonly<Record<string, unknown>>): boolean {
  if (!option.entries) return false;
  const kind = option.entries['kind'];
  if (kind) return kind.literal === input['kind'];
  const [only, ...more] = Object.keys(input);
  return only !== undefined && more.length === 0 && Object.hasOwn(option.entries, only);
}

function unknownKey(path: Path, key: string, known: readonly string[]): Problem {
  const near = nearest(key, known);
  const where = pathText([...path, key]);
  if (near === undefined) return problem(where, 'problem.unknownKey', { key, known: known.join(', ') });
  return problem(where, 'problem.unknownKeyNear', { key, nearest: near });
}
