/**
 * Knobs: one number that stands for a place in the scenario file, in the base and in every variant, so that a turn changes all
 * lanes alike. Pure: a file in, a file out; parts that a knob does not touch are shared, not copied.
 */
import { formatDuration, parseDuration, parseRate } from '../model/time';
import { isRecord, type JsonRecord } from '../model/variant';

export const KNOBS = ['arrivals', 'workers', 'delay', 'loss'] as const;
export type Knob = (typeof KNOBS)[number];

export interface KnobRange {
  readonly min: number;
  /** Where the slider ends; `limit` is what may be typed. */
  readonly max: number;
  readonly step: number;
  readonly limit: number;
}

/** What a knob shows: arrivals per second, workers, milliseconds, percent. Undefined when the scenario has no such place. */
export function readKnob(file: JsonRecord, knob: Knob): number | undefined {
  for (const place of placesOf(file, knob)) {
    const value = READ[knob](place);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The file with this knob turned, in the base and in every variant. */
export function writeKnob(file: JsonRecord, knob: Knob, value: number): JsonRecord {
  const kinds = kindsOf(file);
  const base = writePart(file, knob, value, kinds);
  if (!isRecord(file['variants'])) return base;
  const variants = mapValues(file['variants'], (patch) => (isRecord(patch) ? writePart(patch, knob, value, kinds) : patch));
  return { ...base, variants };
}

/** The slider grows in round steps, so that a value above its usual end still has a place on it. */
export function rangeOf(knob: Knob, value: number): KnobRange {
  const { min, ends, step, limit } = RANGES[knob];
  return { min, max: ends.find((end) => end >= value) ?? limit, step, limit };
}

/** The knob that turns what a lesson names by its path, such as `components.client.arrivals.poisson`. */
export function knobOfPath(path: string): Knob | undefined {
  if (path.includes('.arrivals')) return 'arrivals';
  if (path.endsWith('.workers')) return 'workers';
  if (path.endsWith('.delay')) return 'delay';
  return path.endsWith('.loss') ? 'loss' : undefined;
}

const RANGES: Readonly<Record<Knob, { min: number; ends: readonly number[]; step: number; limit: number }>> = {
  arrivals: { min: 1, ends: [30, 100, 300, 1_000, 3_000], step: 1, limit: 10_000 },
  workers: { min: 1, ends: [20, 100, 1_000], step: 1, limit: 10_000 },
  delay: { min: 0, ends: [200, 1_000, 10_000], step: 5, limit: 60_000 },
  loss: { min: 0, ends: [30], step: 1, limit: 100 },
};

const READ: Readonly<Record<Knob, (place: JsonRecord) => number | undefined>> = {
  arrivals: ({ arrivals }) => {
    const text = isRecord(arrivals) ? (arrivals['poisson'] ?? arrivals['constant']) : undefined;
    return typeof text === 'string' ? parseRate(text) : undefined;
  },
  workers: ({ workers }) => (typeof workers === 'number' ? workers : undefined),
  delay: ({ delay }) => {
    const micros = delay === undefined ? 0 : meanMicros(delay);
    return micros === undefined ? undefined : micros / 1_000;
  },
  loss: ({ loss }) => (loss === undefined ? 0 : typeof loss === 'number' ? Math.round(loss * 1e6) / 1e4 : undefined),
};

const WRITE: Readonly<Record<Knob, (place: JsonRecord, value: number) => JsonRecord>> = {
  arrivals: (place, value) => {
    const { arrivals } = place;
    if (!isRecord(arrivals) || !('poisson' in arrivals || 'constant' in arrivals)) return place;
    return { ...place, arrivals: { ['poisson' in arrivals ? 'poisson' : 'constant']: `${value}/s` } };
  },
  workers: (place, value) => (place['workers'] === undefined ? place : { ...place, workers: value }),
  delay: (place, value) => ({ ...place, delay: withMean(place['delay'], value * 1_000) }),
  loss: (place, value) => ({ ...place, loss: Math.round(value * 1e4) / 1e6 }),
};

/** Components of the knob's kind, or links, in the base file. */
function placesOf(file: JsonRecord, knob: Knob): JsonRecord[] {
  if (knob === 'delay' || knob === 'loss') return Array.isArray(file['links']) ? file['links'].filter(isRecord) : [];
  const components = isRecord(file['components']) ? Object.values(file['components']).filter(isRecord) : [];
  return components.filter(({ kind }) => kind === (knob === 'arrivals' ? 'client' : 'service'));
}

/** A variant may name a component without its kind: the base says what it is. */
function kindsOf(file: JsonRecord): ReadonlyMap<string, unknown> {
  const components = isRecord(file['components']) ? file['components'] : {};
  return new Map(Object.entries(components).map(([id, component]) => [id, isRecord(component) ? component['kind'] : undefined]));
}

function writePart(part: JsonRecord, knob: Knob, value: number, kinds: ReadonlyMap<string, unknown>): JsonRecord {
  if (knob === 'delay' || knob === 'loss') {
    if (!Array.isArray(part['links'])) return part;
    const links = part['links'].map((link: unknown) => (isRecord(link) ? writeLink(link, knob, value) : link));
    return { ...part, links };
  }
  if (!isRecord(part['components'])) return part;
  const wanted = knob === 'arrivals' ? 'client' : 'service';
  const components = mapValues(part['components'], (component, id) => {
    const fits = isRecord(component) && (component['kind'] ?? kinds.get(id)) === wanted;
    return fits ? WRITE[knob](component, value) : component;
  });
  return { ...part, components };
}

/** A way back of its own is turned too, where it says this value at all. */
function writeLink(link: JsonRecord, knob: 'delay' | 'loss', value: number): JsonRecord {
  const written = WRITE[knob](link, value);
  const back = link['back'];
  return isRecord(back) && back[knob] !== undefined ? { ...written, back: WRITE[knob](back, value) } : written;
}

function meanMicros(delay: unknown): number | undefined {
  if (typeof delay === 'string') return parseDuration(delay);
  if (!isRecord(delay)) return undefined;
  const [kind, value] = Object.entries(delay)[0] ?? [];
  if (kind === 'exponential') return meanMicros(value);
  if (kind === 'uniform' && Array.isArray(value)) return ((meanMicros(value[0]) ?? 0) + (meanMicros(value[1]) ?? 0)) / 2;
  return isRecord(value) ? meanMicros(value['mean']) : undefined;
}

/** The same kind of distribution around another mean; what has no mean to set becomes a constant. */
function withMean(delay: unknown, micros: number): unknown {
  const text = formatDuration(Math.round(micros));
  const [kind, value] = isRecord(delay) ? (Object.entries(delay)[0] ?? []) : [];
  if (kind === 'exponential') return { exponential: text };
  if (kind === 'uniform' && Array.isArray(value)) {
    const half = Math.min(((meanMicros(value[1]) ?? 0) - (meanMicros(value[0]) ?? 0)) / 2, micros);
    return { uniform: [formatDuration(Math.round(micros - half)), formatDuration(Math.round(micros + half))] };
  }
  return kind !== undefined && isRecord(value) && 'mean' in value ? { [kind]: { ...value, mean: text } } : text;
}

function mapValues(record: JsonRecord, change: (value: unknown, key: string) => unknown): JsonRecord {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
