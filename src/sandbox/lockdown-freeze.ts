/** Freezes every built-in object that code can reach, so that no handler can change what another one, or the simulator, sees. */
import { KEPT } from './lockdown-globals';

/** Removed from the handlers' names but still alive inside: the simulator uses them. */
const STILL_ALIVE = [
  ...[
    'Promise',
    'Function',
    'Date',
    'ArrayBuffer',
    'DataView',
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
  ],
  ...['Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'WeakRef', 'FinalizationRegistry'],
];

/** Every prototype from which code can be made out of text: of functions, async functions, generators and async generators. */
function functionPrototypes(): object[] {
  const samples = [function () {}, async function () {}, function* () {}, async function* () {}];
  return samples.map((sample) => Reflect.getPrototypeOf(sample)).filter((prototype) => prototype !== null);
}

/** `(() => {}).constructor('…')` compiles text as well as `Function` does. */
export function refuseCodeFromText(): void {
  for (const prototype of functionPrototypes()) {
    Reflect.defineProperty(prototype, 'constructor', {
      value: function () {
        throw new TypeError('Functions cannot be made from text in handlers: all code is compiled before the run');
      },
      writable: false,
      enumerable: false,
      configurable: false,
    });
  }
}

/** All objects that can be reached from the language's own names, from syntax, and from the given ones. */
export function findReachable(also: readonly object[]): Set<object> {
  const named = [...KEPT, ...STILL_ALIVE].filter((name) => name !== 'globalThis').map((name) => Reflect.get(globalThis, name) as unknown);
  const iterators = [[].values(), new Map().entries(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g)];
  const generators = [(function* () {})(), (async function* () {})()];
  const boxed: unknown[] = [Object(Symbol.iterator), Object(0n)];
  const open: unknown[] = [...named, ...iterators.map(prototypeOf), ...generators.map(prototypeOf), ...boxed.map(prototypeOf)];
  open.push(...functionPrototypes(), ...also);
  const found = new Set<object>();
  while (open.length > 0) {
    const value = open.pop();
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || value === globalThis || found.has(value)) continue;
    found.add(value);
    open.push(Reflect.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      if (property) open.push(property.value, property.get, property.set);
    }
  }
  return found;
}

function prototypeOf(value: unknown): unknown {
  return Reflect.getPrototypeOf(Object(value) as object);
}

const ERRORS = ['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

/**
 * On a frozen prototype `own.name = …` would fail too, because the frozen property is found first. A setter that defines the
 * property on the object itself keeps that working. Array.prototype is left out: engines slow down once it is changed.
 */
export function repairOverrides(): void {
  repair(Object.prototype, [
    'toString',
    'valueOf',
    'constructor',
    'hasOwnProperty',
    'isPrototypeOf',
    'propertyIsEnumerable',
    'toLocaleString',
  ]);
  repair(Function.prototype, ['toString', 'bind']);
  for (const name of ERRORS) {
    const constructor: unknown = Reflect.get(globalThis, name);
    if (typeof constructor === 'function') repair(constructor.prototype as object, ['name', 'message', 'constructor', 'toString']);
  }
}

function repair(target: object, keys: readonly string[]): void {
  for (const key of keys) {
    const property = Reflect.getOwnPropertyDescriptor(target, key);
    if (!property || !('value' in property)) continue;
    const value: unknown = property.value;
    const accessor = {
      get() {
        return value;
      },
      set(this: object, own: unknown) {
        if (this === target) throw new TypeError(`${key} cannot be changed`);
        Reflect.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
      },
    };
    Reflect.defineProperty(target, key, { ...accessor, enumerable: property.enumerable ?? false, configurable: false });
  }
}

/** %TypedArray%.prototype, from which all columns of numbers inherit. */
const COLUMN = Reflect.getPrototypeOf(Float64Array.prototype)!;

/** Freezes the found objects and the global object. The accessors made by `repairOverrides` are frozen functions as well. */
export function freezeAll(found: ReadonlySet<object>): void {
  for (const value of found) {
    if (isBehindColumns(value)) freezeByProperty(value);
    else Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) {
      const property = Reflect.getOwnPropertyDescriptor(value, key);
      if (property?.get) Object.freeze(property.get);
      if (property?.set) Object.freeze(property.set);
    }
  }
  for (const key of Reflect.ownKeys(globalThis)) Object.freeze(Reflect.getOwnPropertyDescriptor(globalThis, key)?.get);
  Object.freeze(globalThis);
}

function isBehindColumns(value: object): boolean {
  return value === Object.prototype || value === COLUMN || Reflect.getPrototypeOf(value) === COLUMN;
}

/**
 * Does what `Object.freeze` does, one property after the other. V8 (seen in Node 20, not in a Chromium of today) marks what went
 * through `Object.freeze` as an object with read-only elements, even if it has none, and gives every `column[row] = …` on what
 * inherits from it the slow, generic way (`MayHaveReadOnlyElementsInPrototypeChain`): runs took twice as long. What was closed
 * first and made constant afterwards is not marked. All others are better off with `Object.freeze`: to redefine, say,
 * `Array.prototype.constructor` takes V8's short cuts for `map`, `slice` and `for … of` away (its "protectors").
 */
function freezeByProperty(value: object): void {
  Reflect.preventExtensions(value);
  for (const key of Reflect.ownKeys(value)) {
    const property = Reflect.getOwnPropertyDescriptor(value, key);
    const constant = property && 'value' in property ? { writable: false, configurable: false } : { configurable: false };
    Reflect.defineProperty(value, key, constant);
  }
  if (!Object.isFrozen(value)) throw new Error('The sandbox cannot freeze the prototypes of all objects');
}
