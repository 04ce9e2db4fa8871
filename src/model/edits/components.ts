/** Components come, go, move and change their names. Pure: a file in, a file out; a file of any shape gives a file, never an exception. */
import * as v from 'valibot';
import type { ComponentKind } from '../component-kind';
import { problem, type Problem } from '../problem';
import { id as idSchema } from '../schema-parts';
import { isRecord, type JsonRecord } from '../variant';
import { componentsOf, freeName, linksOf, variantsOf } from './parts';
import { changeReferences } from './references';
import { starterComponent } from './starters';

export type Position = readonly [x: number, y: number];

/** Copies stand this far from what they are copies of, in px. */
const COPY_OFFSET = 48;

export interface Added {
  readonly file: JsonRecord;
  /** The names of the new components. */
  readonly ids: readonly string[];
}

export function addComponent(file: JsonRecord, kind: ComponentKind, at: Position): Added {
  const id = freeName(kind, takenIn(file));
  const component = { ...starterComponent(kind), at };
  return { file: { ...file, components: { ...componentsOf(file), [id]: component } }, ids: [id] };
}

/** Everything that is about them goes with them: links, faults, dead letters, memberships. */
export function removeComponents(file: JsonRecord, ids: ReadonlySet<string>): JsonRecord {
  return ids.size === 0 ? file : changeReferences(file, (id) => (ids.has(id) ? undefined : id));
}

/** Copies with names of their own. Links between them and links that lead out of them are copied; nobody comes to a copy by himself. */
export function duplicateComponents(file: JsonRecord, ids: ReadonlySet<string>): Added {
  const components = { ...componentsOf(file) };
  const isTaken = takenIn(file);
  const names = new Map<string, string>();
  for (const id of ids) {
    if (!isRecord(components[id])) continue;
    names.set(
      id,
      freeName(id.replace(/\d+$/, '') || id, (name) => isTaken(name) || [...names.values()].includes(name)),
    );
  }
  const only = Object.fromEntries([...names.keys()].map((id) => [id, components[id]]));
  const links = linksOf(file).filter(({ from }) => typeof from === 'string' && names.has(from));
  const copied = changeReferences({ components: only, links }, (id) => names.get(id) ?? id);
  for (const [id, component] of Object.entries(componentsOf(copied))) components[id] = moved(component, COPY_OFFSET);
  return { file: { ...file, components, links: [...linksOf(file), ...linksOf(copied)] }, ids: [...names.values()] };
}

function moved(component: unknown, offset: number): unknown {
  if (!isRecord(component) || !Array.isArray(component['at'])) return component;
  return { ...component, at: component['at'].map((part: unknown) => (typeof part === 'number' ? part + offset : part)) };
}

/** Writes where components stand, in whole px. */
export function placeComponents(file: JsonRecord, positions: ReadonlyMap<string, Position>): JsonRecord {
  let changed = false;
  const components = Object.entries(componentsOf(file)).map(([id, component]) => {
    const position = positions.get(id);
    if (!position || !isRecord(component)) return [id, component] as const;
    const at = position.map(Math.round);
    const old = component['at'];
    if (Array.isArray(old) && old[0] === at[0] && old[1] === at[1]) return [id, component] as const;
    changed = true;
    return [id, { ...component, at }] as const;
  });
  return changed ? { ...file, components: Object.fromEntries(components) } : file;
}

/** Why a component cannot have this name; undefined when it can. */
export function nameProblem(file: JsonRecord, old: string, name: string): Problem | undefined {
  if (name === old) return undefined;
  if (!v.safeParse(idSchema, name).success) return problem(`components.${old}`, 'problem.id', { value: name });
  return takenIn(file)(name) ? problem(`components.${old}`, 'problem.nameTaken', { value: name }) : undefined;
}

export interface Renamed {
  readonly file: JsonRecord;
  /** Code that still has the old name in quotes where it is not plainly the component that is asked: names of files. */
  readonly unsure: readonly string[];
}

/** The component under another name: in links, policies' ends, faults and variants, and in the code that plainly asks it. */
export function renameComponent(file: JsonRecord, old: string, name: string): Renamed {
  const renamed = changeReferences(file, (id) => (id === old ? name : id));
  const inBase = inCode(renamed, old, name);
  const variants = Object.entries(variantsOf(inBase.file)).map(([key, patch]) => {
    return { key, ...(isRecord(patch) ? inCode(patch, old, name) : { file: patch, unsure: [] }) };
  });
  const unsure = new Set([...inBase.unsure, ...variants.flatMap((variant) => variant.unsure)]);
  if (variants.length === 0) return { file: inBase.file, unsure: [...unsure] };
  return { file: { ...inBase.file, variants: Object.fromEntries(variants.map(({ key, file }) => [key, file])) }, unsure: [...unsure] };
}

/** `ctx.call('old', …)` and its kin say the name as their first argument; a text that is anywhere else may mean anything. */
function inCode(part: JsonRecord, old: string, name: string): Renamed {
  if (!isRecord(part['files'])) return { file: part, unsure: [] };
  const asked = new RegExp(String.raw`(\bctx\s*\.\s*\w+\s*(?:<[^<>()]*>)?\(\s*)(['"\`])${old}\2`, 'g');
  const quoted = new RegExp(String.raw`(['"\`])${old}\1`);
  const unsure: string[] = [];
  const files = Object.entries(part['files']).map(([path, text]) => {
    if (typeof text !== 'string') return [path, text] as const;
    const replaced = text.replace(asked, (_, before: string, quote: string) => `${before}${quote}${name}${quote}`);
    if (quoted.test(replaced)) unsure.push(path);
    return [path, replaced] as const;
  });
  return { file: { ...part, files: Object.fromEntries(files) }, unsure };
}

/** Names of the base and of every variant. */
function takenIn(file: JsonRecord): (name: string) => boolean {
  const parts = [file, ...Object.values(variantsOf(file)).filter(isRecord)];
  const taken = new Set(parts.flatMap((part) => Object.keys(componentsOf(part))));
  return (name) => taken.has(name);
}
