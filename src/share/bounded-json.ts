/** JSON from a stranger. A million brackets parse, but whoever walks them later overflows the stack; so they are counted first. */

const MAX_DEPTH = 64;
/** Values of all kinds; the largest scenario that the limits allow has fewer. */
const MAX_VALUES = 200_000;

/** Keys by which an object could lend its powers to every other one. No component, file or field has such a name. */
const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

export type BoundedJson = { readonly value: unknown } | { readonly failed: 'not JSON' | 'too deep' | 'too many' };

/** Dangerous keys are left out of what comes back, at every depth. Of a key that is there twice the last one counts. */
export function parseBoundedJson(text: string): BoundedJson {
  const failed = measure(text);
  if (failed) return { failed };
  try {
    return { value: JSON.parse(text, (key, value: unknown) => (DANGEROUS_KEYS.has(key) ? undefined : value)) };
  } catch {
    return { failed: 'not JSON' };
  }
}

/** Brackets and commas outside strings, counted without building anything. */
function measure(text: string): 'too deep' | 'too many' | undefined {
  let [depth, values, inString] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (inString) {
      if (letter === '\\') index++;
      else if (letter === '"') inString = false;
      continue;
    }
    if (letter === '"') inString = true;
    else if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') depth--;
    else if (letter === ',') values++;
    if (depth > MAX_DEPTH) return 'too deep';
    if (values > MAX_VALUES) return 'too many';
  }
  return undefined;
}
