/** Faults come, go, move and last longer or shorter. Times stay within the run and are written as people write them. */
import { starterOf } from '../fields/starter';
import { FAULT_FIELDS } from '../fields/scenario-fields';
import { formatDuration, parseDuration, SECOND, type Micros } from '../time';
import { isRecord, type JsonRecord } from '../variant';
import { componentsOf, faultsOf, kindOf, linksOf } from './parts';

const TIMES = ['at', 'for'];
/** A new fault begins after this share of the run, and lasts for this share of it. */
const NEW = { at: 0.3, for: 0.1 } as const;

/** What can go wrong, by the schema. */
export const FAULT_KINDS: readonly string[] = FAULT_FIELDS.map(({ key }) => key).filter((key) => !TIMES.includes(key));

/** What a fault does; empty when it does not say. */
export function faultKind(fault: JsonRecord): string {
  return FAULT_KINDS.find((kind) => fault[kind] !== undefined) ?? '';
}

export interface Span {
  readonly fromMicros: Micros;
  /** The end of the run when the fault has no end of its own. */
  readonly untilMicros: Micros;
  readonly endless: boolean;
}

export function durationOf(file: JsonRecord): Micros {
  return microsOf(file['duration']) ?? SECOND;
}

/** When a fault is on, as far as its times can be read. */
export function spanOf(file: JsonRecord, fault: JsonRecord): Span {
  const end = durationOf(file);
  const fromMicros = Math.min(end, microsOf(fault['at']) ?? 0);
  const lasts = microsOf(fault['for']);
  return { fromMicros, untilMicros: lasts === undefined ? end : Math.min(end, fromMicros + lasts), endless: fault['for'] === undefined };
}

/** A fault of a kind about the first thing that it can be about. It is the last of the list. */
export function addFault(file: JsonRecord, kind: string): JsonRecord {
  const shape = FAULT_FIELDS.find(({ key }) => key === kind)?.shape;
  if (!shape) return file;
  const end = durationOf(file);
  const times = { at: formatDuration(rounded(end * NEW.at)), for: formatDuration(rounded(end * NEW.for)) };
  return { ...file, faults: [...faultsOf(file), { ...times, [kind]: aboutSomething(kind, starterOf(shape), file) }] };
}

function aboutSomething(kind: string, starter: unknown, file: JsonRecord): unknown {
  const ids = Object.keys(componentsOf(file));
  const component = ids.find((id) => kindOf(file, id) === 'service') ?? ids[0] ?? '';
  if (starter === '') return component;
  if (!isRecord(starter)) return starter;
  if (kind === 'slow') return { component, factor: 3 };
  if (kind === 'set') return { [`components.${component}.workers`]: 1 };
  const [link] = linksOf(file);
  const known: JsonRecord = { component, service: component, from: link?.['from'] ?? '', to: link?.['to'] ?? '' };
  return Object.fromEntries(Object.entries(starter).map(([key, value]) => [key, known[key] ?? value]));
}

export function removeFault(file: JsonRecord, index: number): JsonRecord {
  return { ...file, faults: faultsOf(file).filter((_, at) => at !== index) };
}

/** It begins at this instant, as long as before. */
export function moveFault(file: JsonRecord, index: number, atMicros: Micros): JsonRecord {
  const at = Math.min(Math.max(0, rounded(atMicros)), durationOf(file));
  return change(file, index, { at: formatDuration(at) });
}

/** It lasts until this instant, and at least for a moment. */
export function stretchFault(file: JsonRecord, index: number, untilMicros: Micros): JsonRecord {
  const fault = faultsOf(file)[index];
  if (!fault) return file;
  const { fromMicros } = spanOf(file, fault);
  const lasts = rounded(Math.min(untilMicros, durationOf(file)) - fromMicros);
  return change(file, index, { for: formatDuration(Math.max(stepOf(file), lasts)) });
}

/** A round step for keys and for what a pointer writes: about a hundredth of the run. */
export function stepOf(file: JsonRecord): Micros {
  const wanted = durationOf(file) / 100;
  let step = 1;
  while (step * 10 <= wanted) step *= 10;
  return wanted >= step * 5 ? step * 5 : wanted >= step * 2 ? step * 2 : step;
}

function change(file: JsonRecord, index: number, times: JsonRecord): JsonRecord {
  return { ...file, faults: faultsOf(file).map((fault, at) => (at === index ? { ...fault, ...times } : fault)) };
}

/** To whole milliseconds, below which nobody places anything by hand. */
function rounded(micros: number): Micros {
  return micros >= 10_000 ? Math.round(micros / 1_000) * 1_000 : Math.round(micros);
}

function microsOf(value: unknown): Micros | undefined {
  return typeof value === 'string' ? parseDuration(value) : undefined;
}
