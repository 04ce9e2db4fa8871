/** Puts the meter before the built-in functions that make something long in a single step. */
import type { AllocationMeter } from './allocation-meter';

type Method = (this: unknown, ...values: unknown[]) => unknown;

export function meterAllocations(meter: AllocationMeter): void {
  const charge = (length: number) => meter.charge(length);
  const chargeResult = (result: unknown) => {
    if (typeof result === 'string' || NativeArray.isArray(result)) charge(result.length);
  };

  before(String.prototype, 'repeat', (text, [times]) => charge(String(text).length * Number(times)));
  before(String.prototype, 'padStart', (_, [length]) => charge(Number(length)));
  before(String.prototype, 'padEnd', (_, [length]) => charge(Number(length)));
  before(String.prototype, 'split', (text) => charge(String(text).length));
  before(String.prototype, Symbol.iterator, (text) => charge(String(text).length));
  before(Array.prototype, 'fill', (list, [, from, to]) => charge(filled(lengthOf(list), from, to)));
  before(Array.prototype, 'concat', (list, others) => charge(others.reduce<number>((sum, other) => sum + lengthOf(other), lengthOf(list))));
  for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with', 'copyWithin', 'sort', 'reverse', 'join']) {
    before(Array.prototype, name, (list) => charge(lengthOf(list)));
  }
  for (const name of ['concat', 'replace', 'replaceAll']) after(String.prototype, name, chargeResult);
  for (const name of ['join', 'flat', 'flatMap']) after(Array.prototype, name, chargeResult);
  before(NativeArray, 'from', (_, [source]) => charge(lengthOf(source)));
  Reflect.deleteProperty(NativeArray, 'fromAsync'); // It gives a native promise, which knows nothing of virtual time.
  meterArrayConstructor(charge);
  after(JSON, 'stringify', chargeResult);
}

const NativeArray = Array;

/**
 * `Array` counts the length it is asked for. `[].constructor` stays the native one: engines slow down every `map` and `slice` by
 * a factor of thirty once it is changed.
 */
function meterArrayConstructor(charge: (length: number) => void): void {
  function MeteredArray(this: unknown, ...items: unknown[]): unknown {
    const [length] = items;
    const sized = items.length === 1 && typeof length === 'number';
    if (sized) charge(length);
    if (new.target === undefined || new.target === MeteredArray) return sized ? new NativeArray(length) : NativeArray.of(...items);
    return Reflect.construct(NativeArray, items, new.target);
  }
  for (const key of Reflect.ownKeys(NativeArray)) {
    const property = Reflect.getOwnPropertyDescriptor(NativeArray, key);
    if (property) Reflect.defineProperty(MeteredArray, key, property);
  }
  Reflect.defineProperty(globalThis, 'Array', { value: MeteredArray, writable: true, enumerable: false, configurable: true });
}

function before(target: object, name: string | symbol, check: (self: unknown, values: readonly unknown[]) => void): void {
  wrap(
    target,
    name,
    (native) =>
      ({
        method(this: unknown, ...values: unknown[]): unknown {
          check(this, values);
          return Reflect.apply(native, this, values);
        },
      }).method,
  );
}

function after(target: object, name: string | symbol, check: (result: unknown) => void): void {
  wrap(
    target,
    name,
    (native) =>
      ({
        method(this: unknown, ...values: unknown[]): unknown {
          const result: unknown = Reflect.apply(native, this, values);
          check(result);
          return result;
        },
      }).method,
  );
}

/** Keeps the name, the number of parameters and the place of the method; what an engine lacks stays lacking. */
function wrap(target: object, name: string | symbol, make: (native: Method) => Method): void {
  const property = Reflect.getOwnPropertyDescriptor(target, name);
  const native: unknown = property?.value;
  if (!property || typeof native !== 'function') return;
  const method = make(native as Method);
  for (const key of ['name', 'length']) {
    const described = Reflect.getOwnPropertyDescriptor(native, key);
    if (described) Reflect.defineProperty(method, key, described);
  }
  Reflect.defineProperty(target, name, { ...property, value: method });
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  const length: unknown = Reflect.get(value, 'length');
  return typeof length === 'number' ? length : 0;
}

function filled(length: number, from: unknown, to: unknown): number {
  const index = (value: unknown, otherwise: number) => {
    if (value === undefined) return otherwise;
    const number = Number(value);
    return number < 0 ? Math.max(0, length + number) : Math.min(number, length);
  };
  return Math.max(0, index(to, length) - index(from, 0));
}
