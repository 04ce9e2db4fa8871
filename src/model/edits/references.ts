/**
 * Every place of a scenario file that names a component, found by the schema: when a component gets another name or goes, what names it
 * follows. Any text that is a component's id counts, but for the texts below, which name something else.
 */
import { optionOf } from '../fields/starter';
import { shapeOf, type Shape } from '../fields/shape';
import { scenarioFileSchema } from '../scenario-file';
import { isRecord, type JsonRecord } from '../variant';
import { componentsOf } from './parts';

const NAMES_SOMETHING_ELSE: ReadonlySet<string> = new Set([
  '$schema',
  'title',
  'baseName',
  'handler',
  'machine',
  'policies',
  'secrets',
  'files',
  'name',
  'key',
  'metric',
]);

/** The services that a part of a service config is for. */
const METHODS = 'name';

/** The new id of a component; the same one where nothing changes, undefined when it is gone. */
export type Renaming = (id: string) => string | undefined;

interface Walked {
  /** Undefined when nothing that makes sense is left. */
  readonly value: unknown;
  /** Something in it named what is gone. */
  readonly lost: boolean;
}

const same = (value: unknown): Walked => ({ value, lost: false });
const GONE: Walked = { value: undefined, lost: true };

const fileShape = shapeOf(scenarioFileSchema);

/** The file with its components and all that names them renamed. An entry of a list that is about a component that is gone goes too. */
export function changeReferences(file: JsonRecord, renaming: Renaming): JsonRecord {
  const renamed = inPart(file, renaming);
  const before = Array.isArray(file['links']) ? (file['links'] as unknown[]) : [];
  const kept = before.flatMap((link, index) => (walkItem(linkShape, link, renaming).value === undefined ? [] : [index]));
  const moved =
    kept.length === before.length ? renamed : renumberLinks(renamed, (index) => (kept.includes(index) ? kept.indexOf(index) : undefined));
  if (!isRecord(moved['variants'])) return moved;
  const variants = Object.entries(moved['variants']).map(([name, patch]) => [name, isRecord(patch) ? inPart(patch, renaming) : patch]);
  return { ...moved, variants: Object.fromEntries(variants) as JsonRecord };
}

const linkShape: Shape = itemShape('links');

function itemShape(key: string): Shape {
  const list = fileShape.kind === 'object' ? fileShape.fields.find((field) => field.key === key)?.shape : undefined;
  return list?.kind === 'list' ? list.item : { kind: 'any' };
}

/** A file, or the part of it that a variant writes. */
function inPart(part: JsonRecord, renaming: Renaming): JsonRecord {
  const { value } = walk(fileShape, part, '', renaming);
  const walked = isRecord(value) ? value : {};
  if (!isRecord(walked['components'])) return walked;
  const components = Object.entries(componentsOf(walked)).flatMap(([id, component]) => {
    const name = renaming(id);
    return name === undefined ? [] : [[name, component] as const];
  });
  return { ...walked, components: Object.fromEntries(components) };
}

function walk(shape: Shape, value: unknown, key: string, renaming: Renaming): Walked {
  switch (shape.kind) {
    case 'text': {
      if (typeof value !== 'string' || NAMES_SOMETHING_ELSE.has(key)) return same(value);
      const name = renaming(value);
      return name === undefined ? GONE : same(name);
    }
    case 'object':
      return isRecord(value) ? walkObject(shape.fields, value, renaming) : same(value);
    case 'list':
      return Array.isArray(value) ? walkList(shape.item, value, key, renaming) : same(value);
    case 'record':
      return isRecord(value) ? walkRecord(shape.value, value, key, renaming) : same(value);
    case 'union': {
      const option = shape.options[optionOf(shape.options, value)];
      if (option) return walk(option, value, key, renaming);
      return isRecord(value) ? walkObject(fieldsOfAny(shape.options), value, renaming) : same(value);
    }
    default:
      return same(value);
  }
}

/** What a variant changes of a component does not say of what kind it is: any of them has the field. */
function fieldsOfAny(options: readonly Shape[]): Extract<Shape, { kind: 'object' }>['fields'] {
  return options.flatMap((option) => (option.kind === 'object' ? option.fields : []));
}

function walkObject(fields: Extract<Shape, { kind: 'object' }>['fields'], value: JsonRecord, renaming: Renaming): Walked {
  let lost = false;
  const entries: [string, unknown][] = [];
  for (const [key, inner] of Object.entries(value)) {
    const field = fields.find((known) => known.key === key);
    const walked = field ? walk(field.shape, inner, key, renaming) : same(inner);
    lost ||= walked.lost;
    if (walked.value !== undefined) entries.push([key, walked.value]);
    else if (field && !field.optional) return GONE;
  }
  return { value: Object.fromEntries(entries), lost };
}

function walkList(item: Shape, value: readonly unknown[], key: string, renaming: Renaming): Walked {
  const walked = value.map((inner) => (item.kind === 'text' ? walk(item, inner, key, renaming) : walkItem(item, inner, renaming)));
  const left = walked.flatMap((inner) => (inner.value === undefined ? [] : [inner.value]));
  // A list of names that has lost all of them says nothing any more; a list of things may be empty. Who may ask a service is another matter:
  // without the list, everybody might.
  const isNames = (item.kind === 'text' && key !== 'allow') || key === METHODS;
  return left.length === 0 && value.length > 0 && isNames ? GONE : same(left);
}

/** A fault, a link and the like are about what they name: without it they are nothing. */
function walkItem(item: Shape, value: unknown, renaming: Renaming): Walked {
  const walked = walk(item, value, '', renaming);
  return walked.lost ? GONE : walked;
}

function walkRecord(shape: Shape, value: JsonRecord, key: string, renaming: Renaming): Walked {
  // The names of policies are their own; what they are for is not.
  if ((NAMES_SOMETHING_ELSE.has(key) && key !== 'policies') || key === 'variants') return same(value);
  let lost = false;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const path = shape.kind === 'any' ? renamedPath(name, renaming) : name;
    const walked = walk(shape, inner, name, renaming);
    lost ||= path === undefined;
    return path === undefined || walked.value === undefined ? [] : [[path, walked.value] as const];
  });
  if (entries.length === 0 && Object.keys(value).length > 0 && shape.kind === 'any') return GONE;
  return { value: Object.fromEntries(entries), lost: lost && entries.length === 0 };
}

/** `components.server.workers`, as a fault of the kind `set` writes it. */
function renamedPath(path: string, renaming: Renaming): string | undefined {
  const match = /^components\.([\w-]+)(?=$|[.[])/.exec(path);
  if (!match) return path;
  const name = renaming(match[1]!);
  return name === undefined ? undefined : `components.${name}${path.slice(match[0].length)}`;
}

/** The file with `links[2].loss` in its `set` faults following the links that have moved; what is about a link that is gone goes. */
export function renumberLinks(file: JsonRecord, newIndex: (index: number) => number | undefined): JsonRecord {
  if (!Array.isArray(file['faults'])) return file;
  const faults = (file['faults'] as unknown[]).flatMap((fault) => {
    if (!isRecord(fault) || !isRecord(fault['set'])) return [fault];
    const set = Object.entries(fault['set']).flatMap(([path, value]) => {
      const match = /^links\[(\d+)\]/.exec(path);
      if (!match) return [[path, value] as const];
      const index = newIndex(Number(match[1]));
      return index === undefined ? [] : [[`links[${index}]${path.slice(match[0].length)}`, value] as const];
    });
    return set.length === 0 ? [] : [{ ...fault, set: Object.fromEntries(set) }];
  });
  return { ...file, faults };
}
