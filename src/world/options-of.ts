import { LIMITS } from '../model/limits';

/**
 * An object of options that a handler has written, with no other names than those known: a slip in one would otherwise be passed over in
 * silence. What is wrong is thrown at the handler.
 * @param name what it is, as the error says it
 */
export function optionsOf(value: unknown, name: string, known: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} must be an object`);
  for (const key of Object.keys(value))
    if (!known.includes(key)) throw new TypeError(`${name} have no ${key.slice(0, LIMITS.idLength)}; they are ${known.join(', ')}`);
  return value as Record<string, unknown>;
}
