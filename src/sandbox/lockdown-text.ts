/** Text that is the same on every machine: no locale, no trace of the last regular expression, no address in a stack. */

const STACK_FRAMES = 20;
/** The name under which handler files are compiled; only frames of such files are shown. */
const HANDLER_SCHEME = 'handler:';

export function makeTextPortable(): void {
  replace(String.prototype, 'localeCompare', function (this: unknown, other: unknown) {
    const [mine, theirs] = [String(this), String(other)];
    return mine < theirs ? -1 : mine > theirs ? 1 : 0;
  });
  const { toUpperCase, toLowerCase } = String.prototype;
  replace(String.prototype, 'toLocaleUpperCase', function (this: unknown) {
    return Reflect.apply(toUpperCase, this, []);
  });
  replace(String.prototype, 'toLocaleLowerCase', function (this: unknown) {
    return Reflect.apply(toLowerCase, this, []);
  });
  for (const prototype of [Object.prototype, Array.prototype, Number.prototype, BigInt.prototype]) {
    replace(prototype, 'toLocaleString', function (this: { toString(): string }) {
      return this.toString();
    });
  }
}

interface CallSite {
  getScriptNameOrSourceURL(): string | null;
  getFunctionName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

/** Leaves only the frames of handler files: the others hold the random address of the worker's script. */
export function hideStacks(): void {
  Reflect.deleteProperty(Error, 'captureStackTrace');
  Reflect.defineProperty(Error, 'stackTraceLimit', { value: STACK_FRAMES, writable: false, enumerable: false, configurable: false });
  Reflect.defineProperty(Error, 'prepareStackTrace', { value: describeStack, writable: false, enumerable: false, configurable: false });
  const stack = Reflect.getOwnPropertyDescriptor(Error.prototype, 'stack'); // Engines with an accessor here have no prepareStackTrace.
  const native = stack?.get;
  if (!native) return;
  Reflect.defineProperty(Error.prototype, 'stack', {
    get(this: unknown) {
      const text: unknown = Reflect.apply(native, this, []);
      return typeof text === 'string' ? onlyHandlerLines(text) : undefined;
    },
    set(this: object, value: unknown) {
      Reflect.defineProperty(this, 'stack', { value, writable: true, enumerable: false, configurable: true });
    },
    enumerable: false,
    configurable: false,
  });
}

function describeStack(error: unknown, frames: readonly CallSite[]): string {
  let text = titleOf(error);
  for (const frame of frames) {
    const file = frame.getScriptNameOrSourceURL();
    if (!file?.startsWith(HANDLER_SCHEME)) continue;
    text += `\n    at ${frame.getFunctionName() ?? 'anonymous'} (${file}:${frame.getLineNumber() ?? 0}:${frame.getColumnNumber() ?? 0})`;
  }
  return text;
}

/** A handler may have given its error a `toString` or a `name` that throws. */
function titleOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}

function onlyHandlerLines(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => line.includes(HANDLER_SCHEME))
    .join('\n');
}

function replace(target: object, name: string, value: (...values: never[]) => unknown): void {
  Reflect.defineProperty(value, 'name', { value: name, configurable: true });
  Reflect.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
}
