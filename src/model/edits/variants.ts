/** Variants as differences: whoever edits a variant edits the whole scenario as it is there, and what differs from the base is kept. */
import { isRecord, mergePatch, type JsonRecord } from '../variant';
import { freeName, variantsOf } from './parts';

/** The scenario as a variant has it, without the list of variants. */
export function variantFile(file: JsonRecord, variant: string): JsonRecord {
  const merged = mergePatch(baseOf(file), variantsOf(file)[variant]);
  return isRecord(merged) ? merged : {};
}

/** The file after an edit of the scenario as the variant has it; `null` edits the base. */
export function editIn(file: JsonRecord, variant: string | null, edit: (scenario: JsonRecord) => JsonRecord): JsonRecord {
  if (variant === null) return edit(file);
  const before = variantFile(file, variant);
  const after = edit(before);
  if (after === before) return file;
  return { ...file, variants: { ...variantsOf(file), [variant]: patchBetween(baseOf(file), after) } };
}

/** New files of a variant lie with those of the base, where everybody sees them; what a variant writes in a file of the base stays its own. */
export function withFilesInBase(file: JsonRecord, variant: string | null): JsonRecord {
  const patch = variant === null ? undefined : variantsOf(file)[variant];
  if (variant === null || !isRecord(patch) || !isRecord(patch['files'])) return file;
  const base = isRecord(file['files']) ? file['files'] : {};
  const [own, fresh] = [new Map<string, unknown>(), new Map<string, unknown>()];
  for (const [name, text] of Object.entries(patch['files'])) (Object.hasOwn(base, name) ? own : fresh).set(name, text);
  const { files: _files, ...rest } = patch;
  const left = own.size > 0 ? { ...rest, files: Object.fromEntries(own) } : rest;
  return { ...file, files: { ...base, ...Object.fromEntries(fresh) }, variants: { ...variantsOf(file), [variant]: left } };
}

function baseOf(file: JsonRecord): JsonRecord {
  const { variants: _variants, ...base } = file;
  return base;
}

/** The JSON Merge Patch (RFC 7396) that makes `target` of `base`. Neither holds null: a scenario file has no use for it. */
export function patchBetween(base: JsonRecord, target: JsonRecord): JsonRecord {
  const patch = new Map<string, unknown>();
  for (const key of Object.keys(base)) if (!Object.hasOwn(target, key)) patch.set(key, null);
  for (const [key, value] of Object.entries(target)) {
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    if (isRecord(old) && isRecord(value)) {
      const inner = patchBetween(old, value);
      if (Object.keys(inner).length > 0) patch.set(key, inner);
    } else if (JSON.stringify(old) !== JSON.stringify(value)) patch.set(key, value);
  }
  return Object.fromEntries(patch);
}

export function addVariant(file: JsonRecord, wanted: string): { readonly file: JsonRecord; readonly name: string } {
  const name = freeName(wanted, (taken) => Object.hasOwn(variantsOf(file), taken));
  return { file: { ...file, variants: { ...variantsOf(file), [name]: {} } }, name };
}

export function removeVariant(file: JsonRecord, name: string): JsonRecord {
  const left = Object.entries(variantsOf(file)).filter(([key]) => key !== name);
  if (left.length > 0) return { ...file, variants: Object.fromEntries(left) };
  return baseOf(file);
}

/** The same variant under a name that is not empty and not taken; else the file as it is. Its place in the order stays. */
export function renameVariant(file: JsonRecord, old: string, name: string): JsonRecord {
  if (name === '' || Object.hasOwn(variantsOf(file), name)) return file;
  return {
    ...file,
    variants: Object.fromEntries(Object.entries(variantsOf(file)).map(([key, patch]) => [key === old ? name : key, patch])),
  };
}

export interface Difference {
  /** Keys to the place in the file. */
  readonly keys: readonly string[];
  /** Undefined where only one side says something. */
  readonly base: unknown;
  readonly here: unknown;
}

/** What a variant says otherwise, place by place. A list counts as a whole, as a merge patch replaces it. */
export function differencesOf(file: JsonRecord, variant: string): readonly Difference[] {
  const found: Difference[] = [];
  const visit = (patch: JsonRecord, base: unknown, keys: readonly string[]): void => {
    for (const [key, value] of Object.entries(patch)) {
      const old = isRecord(base) && Object.hasOwn(base, key) ? base[key] : undefined;
      if (isRecord(value) && isRecord(old)) visit(value, old, [...keys, key]);
      else found.push({ keys: [...keys, key], base: old, here: value ?? undefined });
    }
  };
  const patch = variantsOf(file)[variant];
  if (isRecord(patch)) visit(patch, baseOf(file), []);
  return found;
}
