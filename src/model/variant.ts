/** Variants are differences to the base of a scenario file: JSON Merge Patch. */

export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The document that `patch` makes of `target`, as RFC 7396 §2 says: objects are merged key by key, null removes a key, anything
 * else (lists too) replaces what was there. Pure: neither argument changes. A key named `__proto__` is a key like any other,
 * because `Map` and `Object.fromEntries` never touch a prototype. Recursion is as deep as the patch; `readScenario` limits it.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}
