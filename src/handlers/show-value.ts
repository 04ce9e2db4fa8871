/**
 * A value in short, as a reader would write it down: bounded in depth, parts and text. It looks and never asks: no getter, no `toString`,
 * no trap of a Proxy runs, and none of the functions that the sandbox meters is called, so the code that is watched cannot tell.
 */
import { VirtualPromise } from '../sim/virtual-promise';
import { isProxy } from './known-proxies';

const DEEPEST = 3;
const MOST_PARTS = 12;
const MOST_TEXT = 60;
/** Characters of a whole value; what is past them is left out with an ellipsis. */
const SHOWN_MAX = 240;

export function showValue(value: unknown): string {
  const text = show(value, []);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX - 1)}…` : text;
}

function show(value: unknown, around: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'bigint':
      return `${shortened(String(value))}n`;
    case 'symbol':
      return 'Symbol()';
    case 'function':
      return isProxy(value) ? 'Proxy' : 'function';
    case 'object':
      return value === null ? 'null' : showObject(value, around);
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function showObject(value: object, around: readonly object[]): string {
  if (isProxy(value)) return 'Proxy';
  if (around.includes(value)) return '(cycle)';
  const inside = [...around, value];
  const isDeep = inside.length > DEEPEST;
  if (Array.isArray(value)) return isDeep ? '[…]' : showList(value, inside);
  if (value instanceof VirtualPromise) return 'Promise';
  const name = className(value);
  const label = name === '' ? '' : `${name} `;
  if (name === '…') return '{…}';
  if (name === 'Map' || name === 'Set') return `${label}${isDeep ? '{…}' : showCollection(value, inside)}`;
  const message = name.endsWith('Error') ? dataOf(value, 'message') : undefined;
  if (typeof message === 'string') return `${name}: ${quoted(message)}`;
  return `${label}${isDeep ? '{…}' : showFields(value, inside)}`;
}

function showList(list: readonly unknown[], around: readonly object[]): string {
  let text = '';
  const shown = Math.min(list.length, MOST_PARTS);
  for (let index = 0; index < shown; index++) text += `${index > 0 ? ', ' : ''}${showField(list, String(index), around)}`;
  return `[${text}${rest(list.length - shown)}]`;
}

function showFields(value: object, around: readonly object[]): string {
  const keys = Object.keys(value);
  let text = '';
  const shown = Math.min(keys.length, MOST_PARTS);
  for (let index = 0; index < shown; index++) {
    const key = keys[index]!;
    text += `${index > 0 ? ', ' : ''}${/^[\w$]{1,60}$/.test(key) ? key : quoted(key)}: ${showField(value, key, around)}`;
  }
  return keys.length === 0 ? '{}' : `{ ${text}${rest(keys.length - shown)} }`;
}

function showCollection(value: object, around: readonly object[]): string {
  let text = '';
  let shown = 0;
  try {
    const size = sizeOf(value);
    const isMap = value instanceof Map;
    const parts = isMap ? mapEntries(value) : setValues(value as Set<unknown>);
    for (let next = parts.next(); !next.done && shown < MOST_PARTS; next = parts.next(), shown++) {
      const part: unknown = next.value;
      const shownPart = isMap ? `${show((part as unknown[])[0], around)} → ${show((part as unknown[])[1], around)}` : show(part, around);
      text += `${shown > 0 ? ', ' : ''}${shownPart}`;
    }
    return size === 0 ? '{}' : `{ ${text}${rest(size - shown)} }`;
  } catch {
    return '{…}'; // It only looks like one: its prototype was given to something else.
  }
}

const mapEntries = (map: Map<unknown, unknown>): Iterator<unknown> => Reflect.apply(Map.prototype.entries, map, []);
const setValues = (set: Set<unknown>): Iterator<unknown> => Reflect.apply(Set.prototype.values, set, []);
const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size')!.get!;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size')!.get!;

function sizeOf(value: object): number {
  return Reflect.apply(value instanceof Map ? mapSize : setSize, value, []) as number;
}

function showField(value: object, key: string, around: readonly object[]): string {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (!property) return '(empty)';
  return 'value' in property ? show(property.value, around) : '(getter)';
}

/** Empty for plain objects, an ellipsis for what does not say what it is, such as `ctx`. */
function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype) return '';
  const maker = isProxy(prototype) ? undefined : dataOf(prototype, 'constructor');
  const name = typeof maker === 'function' && !isProxy(maker) ? dataOf(maker, 'name') : undefined;
  return typeof name === 'string' && /^[\p{L}_$][\p{L}\p{N}_$]{0,40}$/u.test(name) ? name : '…';
}

function dataOf(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function rest(left: number): string {
  return left > 0 ? `, … ${left} more` : '';
}

function shortened(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - 1)}…` : text;
}

/** In quotation marks and on one line. `JSON.stringify` would be charged to the handler. */
function quoted(text: string): string {
  let shown = '';
  for (let index = 0; index < text.length && index < MOST_TEXT; index++) {
    const code = text.charCodeAt(index);
    if (code === 34 || code === 92) shown += `\\${text[index]}`;
    else if (code === 10) shown += '\\n';
    else if (code < 32 || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) shown += '\ufffd';
    else shown += text[index];
  }
  return `"${shown}${text.length > MOST_TEXT ? '…' : ''}"`;
}
