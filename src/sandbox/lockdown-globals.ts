/** Which names handlers see, and what the others say when they are used. */

/** The language itself: values that mean the same in every engine and hold no state. All else is removed. */
export const KEPT: readonly string[] = [
  ...['Object', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Proxy', 'Reflect', 'JSON'],
  ...['Math', 'RegExp', 'Iterator', 'globalThis', 'undefined', 'NaN', 'Infinity', 'isFinite', 'isNaN', 'parseFloat', 'parseInt'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI'],
];

const TIME = 'use ctx.now';
const SLEEP = 'use ctx.sleep';
const CHANCE = 'use ctx.random()';
const MESSAGES = 'use ctx.call or ctx.send';
const MEMORY = 'use ctx.state';
const LISTS = 'use ordinary arrays';
const CODE = 'all code is compiled before the run';
const COLLECTION = 'when memory is freed differs from machine to machine';
const FORMATS = 'formats differ from machine to machine; write the text yourself';

/** What to use instead, by name. */
const INSTEAD: Readonly<Record<string, string>> = {
  Date: TIME,
  Temporal: TIME,
  performance: TIME,
  setTimeout: SLEEP,
  setInterval: SLEEP,
  setImmediate: SLEEP,
  requestAnimationFrame: SLEEP,
  clearTimeout: SLEEP,
  clearInterval: SLEEP,
  queueMicrotask: 'use Promise.resolve().then',
  crypto: CHANCE,
  fetch: MESSAGES,
  XMLHttpRequest: MESSAGES,
  WebSocket: MESSAGES,
  EventSource: MESSAGES,
  postMessage: MESSAGES,
  BroadcastChannel: MESSAGES,
  MessageChannel: MESSAGES,
  localStorage: MEMORY,
  sessionStorage: MEMORY,
  indexedDB: MEMORY,
  caches: MEMORY,
  console: 'use ctx.log',
  Intl: FORMATS,
  ArrayBuffer: LISTS,
  SharedArrayBuffer: LISTS,
  Atomics: LISTS,
  DataView: LISTS,
  Int8Array: LISTS,
  Uint8Array: LISTS,
  Uint8ClampedArray: LISTS,
  Int16Array: LISTS,
  Uint16Array: LISTS,
  Int32Array: LISTS,
  Uint32Array: LISTS,
  Float16Array: LISTS,
  Float32Array: LISTS,
  Float64Array: LISTS,
  BigInt64Array: LISTS,
  BigUint64Array: LISTS,
  structuredClone: 'what is sent is copied already',
  WeakRef: COLLECTION,
  FinalizationRegistry: COLLECTION,
  WebAssembly: CODE,
  Function: CODE,
  eval: CODE,
  importScripts: CODE,
  require: CODE,
  Worker: 'a service has workers of its own',
  process: 'handlers see nothing of the machine',
  Buffer: LISTS,
  self: 'handlers see nothing of the page',
  window: 'handlers see nothing of the page',
  document: 'handlers see nothing of the page',
  navigator: 'handlers see nothing of the page',
  location: 'handlers see nothing of the page',
};

/** Deletes every global that is not kept, up the prototype chain. Names what would not go. */
export function removeGlobals(): string[] {
  const kept = new Set<string | symbol>(KEPT);
  const left: string[] = [];
  let owner: object | null = globalThis;
  while (owner && owner !== Object.prototype) {
    const mayKeep = owner === globalThis;
    for (const key of Reflect.ownKeys(owner)) {
      if (mayKeep && kept.has(key)) continue;
      if (!Reflect.deleteProperty(owner, key) && !isConstant(owner, key)) left.push(String(key));
    }
    owner = Reflect.getPrototypeOf(owner);
  }
  Reflect.setPrototypeOf(globalThis, null); // Engines that refuse keep a chain of empty objects.
  return left;
}

/** Some engines have constants that do not go (`TEMPORARY`, `PERSISTENT`): numbers that say nothing and lead nowhere. */
function isConstant(owner: object, key: string | symbol): boolean {
  const property = Reflect.getOwnPropertyDescriptor(owner, key);
  return property?.writable === false && typeof property.value === 'number';
}

/** Puts a getter in the place of each name that people try, which says what to use instead. */
export function hideGlobals(): void {
  for (const [name, instead] of Object.entries(INSTEAD)) {
    Reflect.defineProperty(globalThis, name, {
      get() {
        throw new ReferenceError(`${name} is not available in handlers: ${instead}`);
      },
      enumerable: false,
      configurable: false,
    });
  }
}
