/** The parts of a scenario file that may be of any shape: whoever edits meets files that are not right yet. */
import { asWritten } from '../problem';
import { isRecord, type JsonRecord } from '../variant';

export function componentsOf(file: JsonRecord): JsonRecord {
  return isRecord(file['components']) ? file['components'] : {};
}

export function linksOf(file: JsonRecord): readonly JsonRecord[] {
  return Array.isArray(file['links']) ? file['links'].map((link: unknown) => (isRecord(link) ? link : {})) : [];
}

export function faultsOf(file: JsonRecord): readonly JsonRecord[] {
  return Array.isArray(file['faults']) ? file['faults'].map((fault: unknown) => (isRecord(fault) ? fault : {})) : [];
}

export function variantsOf(file: JsonRecord): JsonRecord {
  return isRecord(file['variants']) ? file['variants'] : {};
}

/** The kind that a component says it is, which may be none that there is. */
export function kindOf(file: JsonRecord, id: string): string {
  const component = componentsOf(file)[id];
  return isRecord(component) ? asWritten(component['kind']) : '';
}

/** The first of `wanted`, `wanted2`, `wanted3` … that is free. */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  let name = wanted;
  for (let count = 2; isTaken(name); count++) name = `${wanted}${count}`;
  return name;
}
