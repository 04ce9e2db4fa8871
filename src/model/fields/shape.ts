/**
 * What may be written at a place of the scenario file, as plain data read from its schema: a form is made from it, so a parameter that is
 * new in the schema is in the form by itself. Ranges come from the sentences that the rules carry.
 */
import type * as v from 'valibot';
import { distribution, type Saying } from '../schema-parts';
import { BANDWIDTH_PATTERN, SIZE_PATTERN } from '../size';
import { DURATION_PATTERN, RATE_PATTERN } from '../time';

/** Written as text with a unit: `"20ms"`, `"12/s"`, `"16KiB"`, `"10Mbit/s"`. */
export type Quantity = 'duration' | 'rate' | 'size' | 'bandwidth';

export type Shape =
  /** `pattern`: not every text will do. */
  | { readonly kind: 'text'; readonly pattern: boolean }
  /** `min` and `max` as a sentence quotes them. */
  | { readonly kind: 'quantity'; readonly quantity: Quantity; readonly min?: string | undefined; readonly max?: string | undefined }
  | { readonly kind: 'number'; readonly whole: boolean; readonly min: number | undefined; readonly max: number | undefined }
  | { readonly kind: 'choice'; readonly words: readonly string[] }
  | { readonly kind: 'truth' }
  | { readonly kind: 'distribution' }
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly item: Shape }
  | { readonly kind: 'tuple'; readonly items: readonly Shape[] }
  /** Entries under names that the writer chooses. */
  | { readonly kind: 'record'; readonly value: Shape }
  /** One of several shapes; of a choice by `kind`, each is an object whose field `kind` is a choice of one word. */
  | { readonly kind: 'union'; readonly options: readonly Shape[] }
  | { readonly kind: 'any' };

export interface Field {
  readonly key: string;
  readonly shape: Shape;
  readonly optional: boolean;
}

/** The few properties of the library's schemas that are read here. */
interface Node {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Node>>;
  readonly wrapped?: Node;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly value?: Node;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly pipe?: readonly Node[];
  readonly requirement?: unknown;
  readonly message?: unknown;
}

export function shapeOf(schema: v.GenericSchema): Shape {
  return read(schema as unknown as Node);
}

function read(node: Node): Shape {
  if ((node as unknown) === distribution) return { kind: 'distribution' };
  switch (node.type) {
    case 'optional':
      return read(node.wrapped!);
    case 'string':
      return readText(node);
    case 'number':
      return { kind: 'number', whole: hasRule(node, 'integer'), min: bound(node, 'min_value'), max: bound(node, 'max_value') };
    case 'boolean':
      return { kind: 'truth' };
    case 'literal':
      return { kind: 'choice', words: [String(node.literal)] };
    case 'picklist':
      return { kind: 'choice', words: node.options as readonly string[] };
    case 'strict_object': {
      const entries = Object.entries(node.entries ?? {});
      return { kind: 'object', fields: entries.map(([key, entry]) => ({ key, shape: read(entry), optional: entry.type === 'optional' })) };
    }
    case 'array':
      return { kind: 'list', item: read(node.item!) };
    case 'strict_tuple':
      return { kind: 'tuple', items: node.items!.map(read) };
    case 'record':
      return { kind: 'record', value: read(node.value!) };
    case 'union':
    case 'variant':
      return { kind: 'union', options: (node.options as readonly Node[]).map(read) };
    default:
      return { kind: 'any' };
  }
}

const QUANTITIES: readonly (readonly [RegExp, Quantity])[] = [
  [DURATION_PATTERN, 'duration'],
  [RATE_PATTERN, 'rate'],
  [SIZE_PATTERN, 'size'],
  [BANDWIDTH_PATTERN, 'bandwidth'],
];

function readText(node: Node): Shape {
  const pattern = node.pipe?.find(({ type }) => type === 'regex')?.requirement;
  const quantity = QUANTITIES.find(([known]) => known === pattern)?.[1];
  if (!quantity) return { kind: 'text', pattern: pattern !== undefined };
  const params = (node.pipe ?? []).flatMap(({ message }) => saidBy(message));
  const min = params.find((said) => said['min'] !== undefined)?.['min'];
  const max = params.find((said) => said['max'] !== undefined)?.['max'];
  return { kind: 'quantity', quantity, min: asText(min), max: asText(max) };
}

function saidBy(message: unknown): NonNullable<Saying['params']>[] {
  return typeof message === 'string' ? [(JSON.parse(message) as Saying).params ?? {}] : [];
}

const asText = (value: string | number | undefined): string | undefined => (value === undefined ? undefined : String(value));

function hasRule(node: Node, type: string): boolean {
  return node.pipe?.some((rule) => rule.type === type) ?? false;
}

function bound(node: Node, type: string): number | undefined {
  const requirement = node.pipe?.find((rule) => rule.type === type)?.requirement;
  return typeof requirement === 'number' ? requirement : undefined;
}

/** The kinds of distributions that are not constant, each with its parameters. */
export const DISTRIBUTION_FIELDS: readonly Field[] = distribution.options.flatMap((option) => {
  const shape = read(option as unknown as Node);
  return shape.kind === 'object' ? shape.fields : [];
});
