/**
 * Values that go from one component to another are copied, as if they had crossed a network: bounded, and plain data only. Nothing is
 * read twice, no getter and no `toJSON` runs, and what comes out is frozen all the way down.
 */
import { LIMITS } from '../model/limits';
import type { Problem } from '../model/problem';
import { catchable } from '../sim/step-limit';
import { VirtualPromise } from '../sim/virtual-promise';
import { HandlerError } from './handler-error';

/** A value that cannot be sent; `params.at` is the path to the part that is wrong, like `items[2].price`. What is wrong as a whole has none. */
export class ValueRefused extends HandlerError {}

/** One copy at work. `path` and `open` grow and shrink with the depth: they name the place of a refusal and find cycles. */
interface Copying {
  nodesLeft: number;
  textLeft: number;
  readonly path: PropertyKey[];
  readonly open: object[];
}

/**
 * Copies a value that a handler hands over. Arrays, plain objects with data properties, texts, numbers, bigints, booleans, null and
 * undefined are taken; functions, symbols, instances of classes, Maps, Sets, promises, accessors and cycles are refused.
 * Throws ValueRefused. Limits: `LIMITS.valueDepth`, `valueNodes`, `valueText`.
 */
export function copyValue(value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') return value;
  const copying: Copying = { nodesLeft: LIMITS.valueNodes, textLeft: LIMITS.valueText, path: [], open: [] };
  try {
    return copyPart(value, copying);
  } catch (error) {
    if (error instanceof ValueRefused) throw error;
    // Only a Proxy can throw where its parts are read, and whatever it likes.
    catchable(error);
    throw refused(copying, 'problem.valueKind', { kind: 'Proxy' });
  }
}

function copyPart(value: unknown, copying: Copying): unknown {
  if (--copying.nodesLeft < 0) throw refused(copying, 'problem.valueTooLarge', { max: LIMITS.valueNodes });
  switch (typeof value) {
    case 'string':
      spendText(value, copying);
      return value;
    case 'object':
      return value === null ? null : copyObject(value, copying);
    case 'function':
    case 'symbol':
      throw refused(copying, 'problem.valueKind', { kind: typeof value });
    default:
      return value;
  }
}

function copyObject(value: object, copying: Copying): unknown {
  const { open } = copying;
  if (open.length >= LIMITS.valueDepth) throw refused(copying, 'problem.valueTooDeep', { max: LIMITS.valueDepth });
  if (open.includes(value)) throw refused(copying, 'problem.valueKind', { kind: 'cycle' });
  open.push(value);
  const copy = Array.isArray(value) ? copyArray(value, copying) : copyRecord(value, copying);
  open.pop();
  return Object.freeze(copy);
}

function copyArray(value: readonly unknown[], copying: Copying): unknown[] {
  const length = Number(dataProperty(value, 'length', copying));
  if (length > copying.nodesLeft) throw refused(copying, 'problem.valueTooLarge', { max: LIMITS.valueNodes });
  const copy: unknown[] = [];
  for (let index = 0; index < length; index++) {
    copying.path.push(index);
    copy.push(copyPart(dataProperty(value, index, copying), copying));
    copying.path.pop();
  }
  return copy;
}

function copyRecord(value: object, copying: Copying): Record<string, unknown> {
  const prototype = Reflect.getPrototypeOf(value);
  if (prototype === VirtualPromise.prototype) throw refused(copying, 'problem.valuePromise', {});
  if (prototype !== null && prototype !== Object.prototype) throw refused(copying, 'problem.valueKind', { kind: nameOfKind(prototype) });
  const copy: Record<string, unknown> = {};
  for (const key of Reflect.ownKeys(value)) {
    const property = Reflect.getOwnPropertyDescriptor(value, key);
    if (!property?.enumerable) continue;
    copying.path.push(key);
    if (typeof key === 'symbol') throw refused(copying, 'problem.valueKind', { kind: 'symbol' });
    if (!('value' in property)) throw refused(copying, 'problem.valueKind', { kind: 'getter' });
    spendText(key, copying);
    const part = copyPart(property.value, copying);
    // Assigning to `__proto__` would set the prototype instead.
    if (key === '__proto__') Reflect.defineProperty(copy, key, { value: part, enumerable: true, writable: true, configurable: true });
    else copy[key] = part;
    copying.path.pop();
  }
  return copy;
}

function dataProperty(value: object, key: PropertyKey, copying: Copying): unknown {
  const property = Reflect.getOwnPropertyDescriptor(value, key);
  if (property && !('value' in property)) throw refused(copying, 'problem.valueKind', { kind: 'getter' });
  return property?.value;
}

function nameOfKind(prototype: object): string {
  const maker: unknown = Reflect.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const name: unknown = typeof maker === 'function' ? Reflect.getOwnPropertyDescriptor(maker, 'name')?.value : undefined;
  return typeof name === 'string' && name !== '' ? name.slice(0, 40) : 'object';
}

function spendText(text: string, copying: Copying): void {
  copying.textLeft -= text.length;
  if (copying.textLeft < 0) throw refused(copying, 'problem.valueTooLarge', { max: LIMITS.valueText });
}

function refused(copying: Copying, key: Problem['key'], params: Problem['params']): ValueRefused {
  const at = copying.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return at === ''
    ? new ValueRefused(`${key}Whole`, params)
    : new ValueRefused(key, { at: at.replace(/^\./, '').slice(0, 200), ...params });
}
