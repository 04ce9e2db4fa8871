/**
 * Values that go from one component to another are copied, as if they had crossed a network: bounded, and plain data only. Nothing is
 * read twice, no getter and no `toJSON` runs, and what comes out is frozen all the way down.
 */
import { LIMITS } from '../model/limits';
import type { Problem } from '../model/problem';
import { HandlerError } from './handler-error';

/** A value that cannot be sent; `params.at` is the path to the part that is wrong, like `body.items[2].price`. */
export class ValueRefused extends HandlerError {}

interface Copying {
  nodesLeft: number;
  textLeft: number;
  /** Depth at which each object being copied was met, so that a cycle is told from a part used twice. */
  readonly open: Set<object>;
}

/**
 * Copies a value that a handler hands over. Arrays, plain objects with data properties, texts, numbers, bigints, booleans, null and
 * undefined are taken; functions, symbols, instances of classes, Maps, Sets, promises, accessors and cycles are refused.
 * Throws ValueRefused. Limits: `LIMITS.valueDepth`, `valueNodes`, `valueText`.
 */
export function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string') {
      if (value.length > LIMITS.valueText) throw refused('', 'problem.valueTooLarge', { max: LIMITS.valueText });
      return value;
    }
    if (typeof value === 'function' || typeof value === 'symbol') throw refused('', 'problem.valueKind', { kind: typeof value });
    return value;
  }
  return copyObject(value, '', 0, { nodesLeft: LIMITS.valueNodes, textLeft: LIMITS.valueText, open: new Set() });
}

function copyPart(value: unknown, path: string, depth: number, copying: Copying): unknown {
  if (--copying.nodesLeft < 0) throw refused(path, 'problem.valueTooLarge', { max: LIMITS.valueNodes });
  switch (typeof value) {
    case 'string':
      spendText(value, path, copying);
      return value;
    case 'object':
      return value === null ? null : copyObject(value, path, depth, copying);
    case 'function':
    case 'symbol':
      throw refused(path, 'problem.valueKind', { kind: typeof value });
    default:
      return value;
  }
}

function copyObject(value: object, path: string, depth: number, copying: Copying): unknown {
  if (depth >= LIMITS.valueDepth) throw refused(path, 'problem.valueTooDeep', { max: LIMITS.valueDepth });
  if (copying.open.has(value)) throw refused(path, 'problem.valueKind', { kind: 'cycle' });
  copying.open.add(value);
  const copy = isArray(value, path) ? copyArray(value, path, depth, copying) : copyRecord(value, path, depth, copying);
  copying.open.delete(value);
  return Object.freeze(copy);
}

function copyArray(value: unknown[], path: string, depth: number, copying: Copying): unknown[] {
  const length = Number(dataProperty(value, 'length', path));
  if (length > copying.nodesLeft) throw refused(path, 'problem.valueTooLarge', { max: LIMITS.valueNodes });
  const copy: unknown[] = [];
  for (let index = 0; index < length; index++) {
    const at = `${path}[${index}]`;
    copy.push(copyPart(dataProperty(value, index, at), at, depth + 1, copying));
  }
  return copy;
}

function copyRecord(value: object, path: string, depth: number, copying: Copying): Record<string, unknown> {
  const prototype = guarded(path, () => Reflect.getPrototypeOf(value));
  if (prototype !== null && prototype !== Object.prototype) throw refused(path, 'problem.valueKind', { kind: nameOfKind(prototype) });
  const copy: Record<string, unknown> = {};
  for (const key of guarded(path, () => Reflect.ownKeys(value))) {
    const at = path === '' ? String(key) : `${path}.${String(key)}`;
    const property = guarded(at, () => Reflect.getOwnPropertyDescriptor(value, key));
    if (!property?.enumerable) continue;
    if (typeof key === 'symbol') throw refused(at, 'problem.valueKind', { kind: 'symbol' });
    if (!('value' in property)) throw refused(at, 'problem.valueKind', { kind: 'getter' });
    spendText(key, at, copying);
    const part = copyPart(property.value, at, depth + 1, copying);
    // Assigning to `__proto__` would set the prototype instead.
    if (key === '__proto__') Reflect.defineProperty(copy, key, { value: part, enumerable: true, writable: true, configurable: true });
    else copy[key] = part;
  }
  return copy;
}

function dataProperty(value: object, key: PropertyKey, path: string): unknown {
  const property = guarded(path, () => Reflect.getOwnPropertyDescriptor(value, key));
  if (property && !('value' in property)) throw refused(path, 'problem.valueKind', { kind: 'getter' });
  return property?.value;
}

/** A revoked proxy throws already here; any other proxy of an array counts as an array, and is read by descriptors like one. */
function isArray(value: object, path: string): value is unknown[] {
  return guarded(path, () => Array.isArray(value));
}

/** A Proxy may throw whatever it likes wherever it is touched. */
function guarded<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw refused(path, 'problem.valueKind', { kind: 'Proxy' });
  }
}

function nameOfKind(prototype: object): string {
  try {
    const maker = Reflect.getOwnPropertyDescriptor(prototype, 'constructor')?.value as { name?: unknown } | undefined;
    const name = maker && Reflect.getOwnPropertyDescriptor(maker, 'name')?.value;
    return typeof name === 'string' && name !== '' ? name.slice(0, 40) : 'object';
  } catch {
    return 'object';
  }
}

function spendText(text: string, path: string, copying: Copying): void {
  copying.textLeft -= text.length;
  if (copying.textLeft < 0) throw refused(path, 'problem.valueTooLarge', { max: LIMITS.valueText });
}

function refused(path: string, key: Problem['key'], params: Problem['params']): ValueRefused {
  return new ValueRefused(key, { at: path.slice(0, 200), ...params });
}
