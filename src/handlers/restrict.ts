/**
 * Refuses what would leave virtual time or tell one engine from another, and names the member of `ctx` to use instead. Names are refused
 * where they are free: a variable of the learner's own may be called `Date`. This keeps honest code repeatable; the wall against
 * code that is not is the sandbox.
 */
import { HELPER_NAMES } from './delay';
import { PORTABLE_MATH } from './handler-math';
import { readNames, type NameUse } from './free-names';
import type { Complaint } from './compile';
import { childrenOf, type AnyNode, type Syntax } from './syntax';

/** Globals that every engine has alike. */
const STANDARD_NAMES: readonly string[] = [
  ...['undefined', 'NaN', 'Infinity', 'isNaN', 'isFinite', 'parseInt', 'parseFloat'],
  ...['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent'],
  ...[
    'Object',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'JSON',
    'RegExp',
    'Reflect',
    'Proxy',
  ],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
];

/** Names that `loadModule` gives its own meaning. */
const GIVEN_NAMES = ['Math', 'Promise', 'queueMicrotask', ...HELPER_NAMES];

const KNOWN = new Set([...STANDARD_NAMES, ...GIVEN_NAMES]);

/** What to write instead of names and members that learners will try. */
const INSTEAD: Readonly<Record<string, string>> = {
  Date: 'ctx.now',
  performance: 'ctx.now',
  Temporal: 'ctx.now',
  setTimeout: 'ctx.sleep',
  setInterval: 'ctx.sleep',
  setImmediate: 'ctx.sleep',
  requestAnimationFrame: 'ctx.sleep',
  fetch: 'ctx.call',
  XMLHttpRequest: 'ctx.call',
  WebSocket: 'ctx.send',
  postMessage: 'ctx.send',
  crypto: 'ctx.random',
  console: 'ctx.log',
  alert: 'ctx.log',
  localStorage: 'ctx.state',
  sessionStorage: 'ctx.state',
  indexedDB: 'ctx.state',
  global: 'ctx.state',
  globalThis: 'ctx.state',
  window: 'ctx.state',
  self: 'ctx.state',
  'Math.random': 'ctx.random',
};

/** Methods whose answer depends on the engine, its language data or its clock. */
const UNEQUAL_METHODS = new Set([
  ...['localeCompare', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toLocaleUpperCase', 'toLocaleLowerCase'],
  ...['captureStackTrace', 'fromAsync'],
]);

export function restrict(syntax: Syntax, complaints: Complaint[]): void {
  const { free, declared } = readNames(syntax);
  for (const { name, offset } of declared)
    if (name.startsWith('$')) complaints.push({ offset, key: 'problem.codeReservedName', params: { name } });
  for (const use of free) restrictName(use, complaints);
  restrictSyntax(syntax.program, complaints);
}

function restrictName({ name, offset, parent }: NameUse, complaints: Complaint[]): void {
  if (name.startsWith('$')) complaints.push({ offset, key: 'problem.codeReservedName', params: { name } });
  else if (name === 'Math' && parent.type === 'MemberExpression') {
    const member = memberName(parent);
    if (member === undefined || Object.hasOwn(PORTABLE_MATH, member)) return;
    complaints.push(notHere(`Math.${member}`, parent.start));
  } else if (!KNOWN.has(name))
    complaints.push(
      Object.hasOwn(INSTEAD, name) || UNAVAILABLE.has(name)
        ? notHere(name, offset)
        : { offset, key: 'problem.codeUnknownName', params: { name } },
    );
}

/** Names that exist elsewhere and have nothing to take their place. */
const UNAVAILABLE = new Set([
  ...[
    'eval',
    'Function',
    'Intl',
    'WeakRef',
    'FinalizationRegistry',
    'WebAssembly',
    'Worker',
    'document',
    'navigator',
    'process',
    'require',
    'module',
  ],
  ...[
    'Buffer',
    'structuredClone',
    'ArrayBuffer',
    'SharedArrayBuffer',
    'Atomics',
    'DataView',
    'TextEncoder',
    'TextDecoder',
    'URL',
    'AbortController',
  ],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'arguments', 'escape', 'unescape'],
]);

function notHere(name: string, offset: number): Complaint {
  const use = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
  return use
    ? { offset, key: 'problem.codeUseInstead', params: { name, use } }
    : { offset, key: 'problem.codeUnavailable', params: { name } };
}

function memberName(node: AnyNode & { type: 'MemberExpression' }): string | undefined {
  const { computed, property } = node;
  if (property.type === 'Identifier' && !computed) return property.name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

function restrictSyntax(node: AnyNode, complaints: Complaint[], parent?: AnyNode): void {
  const refuse = (what: string) => void complaints.push({ offset: node.start, key: 'problem.codeNotTaken', params: { what } });
  switch (node.type) {
    case 'ImportExpression':
      refuse('import()');
      break;
    case 'DebuggerStatement':
      refuse('debugger');
      break;
    case 'MetaProperty':
      if (node.meta.name === 'import') refuse('import.meta');
      break;
    case 'MemberExpression': {
      const name = memberName(node);
      if (name !== undefined && UNEQUAL_METHODS.has(name)) complaints.push(notHere(name, node.property.start));
      // `f.constructor('…')` makes code from text; `error.constructor.name` is harmless.
      const harmless = parent?.type === 'MemberExpression' && parent.object === node && memberName(parent) === 'name';
      if (name === 'constructor' && !harmless) complaints.push(notHere('.constructor', node.property.start));
      break;
    }
  }
  for (const child of childrenOf(node)) restrictSyntax(child, complaints, node);
}
