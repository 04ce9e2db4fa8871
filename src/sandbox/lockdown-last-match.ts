/** `RegExp.$1` and its kin remember the last match anywhere in the thread, the simulator's own included. */

/** What every regular expression engine has by the standard; all other static properties of `RegExp` tell of the last match. */
const STANDARD = new Set<string | symbol>(['length', 'name', 'prototype', 'escape', Symbol.species]);

/**
 * Takes them away. V8 lets them be deleted; Firefox does not, so there `RegExp` is another function that makes the same objects and
 * has the standard's properties only, and the native one is out of reach. V8 keeps its own: with another `constructor` it would lose
 * its short cuts for `split` and `matchAll`.
 */
export function forgetLastMatch(): void {
  const legacy = Reflect.ownKeys(RegExp).filter((key) => !STANDARD.has(key));
  const left = legacy.filter((key) => !Reflect.deleteProperty(RegExp, key));
  if (left.length > 0) replaceConstructor();
  Reflect.deleteProperty(RegExp.prototype, 'compile');
}

function replaceConstructor(): void {
  const Native = RegExp;
  function ForgetfulRegExp(this: unknown, pattern?: unknown, flags?: unknown): unknown {
    // The standard's own rule: called without `new`, it gives back a regular expression of its own as it is.
    if (new.target === undefined && flags === undefined && isMadeBy(pattern, ForgetfulRegExp)) return pattern;
    return Reflect.construct(Native, [pattern, flags], new.target ?? ForgetfulRegExp);
  }
  for (const key of STANDARD) {
    const property = Reflect.getOwnPropertyDescriptor(Native, key);
    if (property) Reflect.defineProperty(ForgetfulRegExp, key, property);
  }
  const value = ForgetfulRegExp;
  Reflect.defineProperty(Native.prototype, 'constructor', { value, writable: true, enumerable: false, configurable: true });
  Reflect.defineProperty(globalThis, 'RegExp', { value, writable: true, enumerable: false, configurable: true });
}

/** Whether it says of itself that it is a regular expression (`Symbol.match`) and whose. */
function isMadeBy(value: unknown, constructor: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return Boolean(Reflect.get(value, Symbol.match)) && Reflect.get(value, 'constructor') === constructor;
}
