/** What `sweep --set` says: a place of the scenario, and the values that are put there, one after the other. */
import { isRecord, type JsonRecord } from '../model/variant';
import { CliError } from './cli-error';

export interface SweptPlace {
  /** As it was written. */
  readonly path: string;
  readonly values: readonly SweptValue[];
}

/** A number, a truth, or a text such as `"20ms"`. */
export type SweptValue = number | boolean | string;

const MAX_VALUES = 10_000;
const RANGE = /^(-?\d+(?:\.\d+)?)(\D*)\.\.(-?\d+(?:\.\d+)?)(\D*):(\d+(?:\.\d+)?)(\D*)$/;

/**
 * `PATH=FROM..TO:STEP` or `PATH=VALUE,VALUE,…`: `components.client.arrivals.poisson=1/s..9/s:1/s`, `links[0].loss=0,0.01,0.1`. All three of a range
 * have one unit. Throws a `CliError` that says what would be right.
 */
export function sweptPlace(text: string): SweptPlace {
  const [path, written] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
  if (!text.includes('=') || path === '' || written === '') {
    throw new CliError(
      `--set ${text}: write PATH=FROM..TO:STEP or PATH=VALUE,VALUE, for example components.client.arrivals.poisson=1/s..9/s:1/s`,
    );
  }
  const range = RANGE.exec(written);
  if (!range && written.includes('..')) throw new CliError(`--set ${text}: a range is FROM..TO:STEP, for example 10ms..50ms:10ms`);
  return { path, values: range ? valuesOf(range, text) : written.split(',').map(valueOf) };
}

/** Counts in whole multiples of the smallest decimal that is written: 0.1, 0.2, 0.3 and not 0.30000000000000004. */
function valuesOf([, from = '', unit = '', to = '', toUnit = '', step = '', stepUnit = '']: RegExpExecArray, text: string): SweptValue[] {
  if (toUnit !== unit || stepUnit !== unit)
    throw new CliError(`--set ${text}: FROM, TO and STEP need the same unit, for example 1/s..9/s:1/s`);
  const decimals = Math.max(...[from, to, step].map((number) => number.split('.')[1]?.length ?? 0));
  const [first, last, by] = [from, to, step].map((number) => Math.round(Number(number) * Number(`1e${decimals}`))) as [
    number,
    number,
    number,
  ];
  if (!(by > 0) || !(last >= first)) throw new CliError(`--set ${text}: a range needs FROM ≤ TO and a STEP above 0`);
  const count = Math.floor((last - first) / by) + 1;
  if (count > MAX_VALUES) throw new CliError(`--set ${text}: that are ${count} values, and at most ${MAX_VALUES} are possible`);
  return Array.from({ length: count }, (_, index) => {
    const value = Number(`${first + index * by}e-${decimals}`);
    return unit === '' ? value : `${value}${unit}`;
  });
}

function valueOf(text: string): SweptValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/**
 * The scenario with a value at a place. The last name of the path may be new, as parameters have defaults; everything before it must be there.
 * Throws a `CliError` that names what there is.
 */
export function withValue(file: JsonRecord, path: string, value: SweptValue): JsonRecord {
  const names = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  return put(file, names, 0, value, path) as JsonRecord;
}

function put(target: unknown, names: readonly string[], depth: number, value: SweptValue, path: string): unknown {
  const name = names[depth];
  if (name === undefined) return value;
  const entries = new Map<string, unknown>(Array.isArray(target) || isRecord(target) ? Object.entries(target) : []);
  const isLast = depth === names.length - 1;
  if (!entries.has(name) && (!isLast || !isRecord(target))) {
    const place = names.slice(0, depth).join('.') || 'the scenario';
    const there = entries.size > 0 ? `there are: ${[...entries.keys()].join(', ')}` : 'it has no parts';
    throw new CliError(`--set ${path}: there is no "${name}" in ${place}; ${there}`);
  }
  entries.set(name, put(entries.get(name), names, depth + 1, value, path));
  return Array.isArray(target) ? [...entries.values()] : Object.fromEntries(entries);
}

/** All combinations, the last place changing fastest. */
export function combinations(places: readonly SweptPlace[]): SweptValue[][] {
  return places.reduce<SweptValue[][]>((points, { values }) => points.flatMap((point) => values.map((value) => [...point, value])), [[]]);
}
