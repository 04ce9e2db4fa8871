/**
 * Knobs turned while a run goes on: from an instant on, the scenario has other parameters, and says so in its list of faults, in the base
 * and in every variant. A run with live changes so replays and is shared like any other. Pure: a file in, a file out.
 */
import { faultsOf } from '../model/edits/parts';
import { LIVE, pathKeys, valueAt, withValue } from '../model/faults/live';
import { formatDuration, parseDuration, type Micros } from '../model/time';
import { isRecord, mergePatch, type JsonRecord } from '../model/variant';
import { writeKnob, type Knob } from './knobs';

/** One entry of the list that sets parameters. */
export interface LiveEntry {
  /** Place in the base file's list of faults. */
  readonly index: number;
  readonly atMicros: Micros;
  readonly settings: readonly { readonly path: string; readonly value: unknown }[];
}

export function liveEntries(file: JsonRecord): readonly LiveEntry[] {
  return faultsOf(file).flatMap((fault, index) => {
    if (!isRecord(fault['set'])) return [];
    return [{ index, atMicros: startOf(fault), settings: Object.entries(fault['set']).map(([path, value]) => ({ path, value })) }];
  });
}

/** The file as its live changes have made it by an instant: what a knob shows there. */
export function fileAt(file: JsonRecord, atMicros: Micros): JsonRecord {
  const on = faultsOf(file).filter((fault) => {
    const length = typeof fault['for'] === 'string' ? (parseDuration(fault['for']) ?? 0) : Infinity;
    return isRecord(fault['set']) && startOf(fault) <= atMicros && atMicros < startOf(fault) + length;
  });
  const inOrder = [...on].sort((one, other) => startOf(one) - startOf(other));
  const settings = inOrder.flatMap((fault) => Object.entries(fault['set'] as JsonRecord));
  return settings.reduce<JsonRecord>((now, [path, value]) => withValue(now, pathKeys(path), value) as JsonRecord, file);
}

/** The file with a knob turned from an instant on. A later turn at the same instant replaces the earlier. */
export function turnFrom(file: JsonRecord, knob: Knob, value: number, atMicros: Micros): JsonRecord {
  const base = withSettings(file, file, knob, value, atMicros);
  if (!isRecord(file['variants'])) return base;
  const variants = Object.entries(file['variants']).map(([name, patch]): [string, unknown] => {
    // A variant without links and faults of its own has those of the base.
    if (!isRecord(patch) || (patch['links'] === undefined && patch['faults'] === undefined)) return [name, patch];
    const merged = mergePatch(file, patch) as JsonRecord;
    return [name, { ...patch, faults: withSettings(merged, merged, knob, value, atMicros)['faults'] }];
  });
  return { ...base, variants: Object.fromEntries(variants) };
}

/** The file without the entry, in the base and where a variant has the same one in a list of its own. */
export function withoutEntry(file: JsonRecord, { index }: LiveEntry): JsonRecord {
  const entry = JSON.stringify(faultsOf(file)[index]?.['at']);
  const without = (part: JsonRecord): JsonRecord => {
    if (!Array.isArray(part['faults'])) return part;
    return { ...part, faults: faultsOf(part).filter((fault) => !isRecord(fault['set']) || JSON.stringify(fault['at']) !== entry) };
  };
  const base = without(file);
  if (!isRecord(file['variants'])) return base;
  const variants = Object.entries(file['variants']).map(([name, patch]): [string, unknown] => [
    name,
    isRecord(patch) ? without(patch) : patch,
  ]);
  return { ...base, variants: Object.fromEntries(variants) };
}

function withSettings(part: JsonRecord, scenario: JsonRecord, knob: Knob, value: number, atMicros: Micros): JsonRecord {
  const now = fileAt(scenario, atMicros);
  const turned = writeKnob(now, knob, value);
  const settings = Object.fromEntries(
    livePaths(scenario).flatMap((path) => {
      const [before, after] = [valueAt(now, pathKeys(path)), valueAt(turned, pathKeys(path))];
      return after !== undefined && JSON.stringify(before) !== JSON.stringify(after) ? [[path, after] as const] : [];
    }),
  );
  if (Object.keys(settings).length === 0) return part;
  const at = formatDuration(Math.round(atMicros));
  const faults = faultsOf(scenario);
  const same = faults.findIndex((fault) => fault['at'] === at && fault['for'] === undefined && isRecord(fault['set']));
  const entry = { at, set: { ...(same < 0 ? {} : (faults[same]!['set'] as JsonRecord)), ...settings } };
  return { ...part, faults: same < 0 ? [...faults, entry] : faults.map((fault, index) => (index === same ? entry : fault)) };
}

/** Every parameter of the scenario that can change while it runs. */
function livePaths(scenario: JsonRecord): readonly string[] {
  const components = isRecord(scenario['components']) ? Object.entries(scenario['components']) : [];
  const links = Array.isArray(scenario['links']) ? (scenario['links'] as unknown[]) : [];
  return [
    ...components.flatMap(([id, component]) => {
      if (!isRecord(component)) return [];
      return (LIVE[String(component['kind'])] ?? []).map((name) => `components.${id}.${name}`);
    }),
    ...links.flatMap((_, index) => (LIVE['link'] ?? []).map((name) => `links[${index}].${name}`)),
  ];
}

function startOf(fault: JsonRecord): Micros {
  return typeof fault['at'] === 'string' ? (parseDuration(fault['at']) ?? 0) : 0;
}
