/** The first half of reading a scenario file: does it have the shape of the schema? Broken rules become problems. */
import * as v from 'valibot';
import { show } from './distribution';
import { nearest } from './nearest';
import { problem, type Problem } from './problem';
import type { Saying } from './schema-parts';
import { pathText, type PathKey } from './path-text';
import { isRecord } from './variant';

type Path = readonly PathKey[];

/** Every broken rule of `schema` in `input`, at most one for each place. The input must be free of cycles and not too deep. */
export function shapeProblems(schema: v.GenericSchema, input: unknown): Problem[] {
  const found = new Map<string, Problem>();
  const report = (item: Problem): void => {
    if (!found.has(item.path)) found.set(item.path, item);
  };
  reportOverlooked(schema as Node, input, [], report);
  const wholes = [...found.values()].filter(({ key }) => key !== 'problem.unknownKey' && key !== 'problem.unknownKeyNear');
  for (const issue of v.safeParse(schema, input).issues ?? [])
    reportIssue(issue, [], (item) => {
      if (!wholes.some(({ path }) => isInside(item.path, path))) report(item);
    });
  return [...found.values()];
}

/** Whether one place is within another. */
function isInside(path: string, whole: string): boolean {
  return path.startsWith(`${whole}.`) || path.startsWith(`${whole}[`);
}

const readSaying = (message: unknown): Saying => JSON.parse(String(message)) as Saying;

type Report = (item: Problem) => void;

function reportIssue(issue: v.BaseIssue<unknown>, above: Path, report: Report): void {
  const path = [...above, ...(issue.path ?? []).map((item) => item.key as PathKey)];
  // Keys nobody knows are found by `reportOverlooked`, all of them and with their neighbours; the library stops at the first.
  if (issue.expected === 'never') return;
  if (issue.type === 'strict_object' && issue.expected?.startsWith('"') === true) {
    report(problem(pathText(path), 'problem.missing', { key: String(path.at(-1)) }));
    return;
  }
  const inside = issue.type === 'union' ? insideOption(issue) : [];
  if (inside.length > 0) {
    for (const sub of inside) reportIssue(sub, path, report);
    return;
  }
  const { key, params } = readSaying(issue.message);
  if (issue.type === 'variant' && issue.input === undefined) {
    report(problem(pathText(path), 'problem.missingChoice', { ...params, key: String(path.at(-1)) }));
    return;
  }
  report(problem(pathText(path), key, { ...params, value: show(issue.input) }));
}

/** What is wrong inside the option of a union that the writer chose: by the only key, or because no other takes an object. */
function insideOption({ input, issues }: v.BaseIssue<unknown>): readonly v.BaseIssue<unknown>[] {
  if (!isRecord(input)) return [];
  const [only, ...more] = Object.keys(input);
  if (only !== undefined && more.length === 0) return (issues ?? []).filter((sub) => concerns(sub, only));
  const deeper = (issues ?? []).filter((sub) => sub.path !== undefined);
  return deeper.some((sub) => sub.expected === 'never') ? [] : deeper;
}

/** Whether an issue of one option of a union is about the option that the writer chose by its only key. */
function concerns(issue: v.BaseIssue<unknown>, key: string): boolean {
  return issue.path?.[0].key === key && (issue.expected !== 'never' || issue.path.length > 1);
}

/** The few properties of the library's schemas that the search for what it overlooks needs. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly value?: Node;
  readonly options?: readonly Node[];
  readonly literal?: unknown;
  readonly items?: readonly Node[];
  readonly message?: unknown;
}

/** A list where an object should be, which the library takes for one; or a list of fixed length that is shorter or longer. */
function isWrongList(node: Node, input: unknown): boolean {
  if (!Array.isArray(input)) return false;
  if (node.type === 'strict_tuple') return input.length !== node.items?.length;
  if (node.type === 'union') return !node.options!.some(({ type }) => type === 'array' || type === 'strict_tuple');
  return node.type === 'strict_object' || node.type === 'record' || node.type === 'variant';
}

function reportOverlooked(node: Node, input: unknown, path: Path, report: Report): void {
  if (node.wrapped) return reportOverlooked(node.wrapped, input, path, report);
  if (isWrongList(node, input)) {
    const { key, params } = node.type === 'variant' ? ({ key: 'problem.object' } as const satisfies Saying) : readSaying(node.message);
    return report(problem(pathText(path), key, { ...params, value: show(input) }));
  }
  if (node.type === 'array' && node.item && Array.isArray(input)) {
    for (const [index, item] of input.entries()) reportOverlooked(node.item, item, [...path, index], report);
  }
  if (!isRecord(input)) return;
  if (node.type === 'record' && node.value) {
    for (const [key, value] of Object.entries(input)) {
      // The library passes these three over in silence.
      if (key === '__proto__' || key === 'constructor' || key === 'prototype')
        report(problem(pathText([...path, key]), 'problem.id', { value: key }));
      else reportOverlooked(node.value, value, [...path, key], report);
    }
  }
  const chosen = node.options?.find((option) => isChosen(option, input));
  if (chosen) return reportOverlooked(chosen, input, path, report);
  if (node.type !== 'strict_object' || !node.entries) return;
  const known = Object.keys(node.entries);
  for (const [key, value] of Object.entries(input)) {
    const entry = Object.hasOwn(node.entries, key) ? node.entries[key] : undefined;
    if (entry) reportOverlooked(entry, value, [...path, key], report);
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
