/** What a handler may use as a key of a store, and keep there. */
import { copyValue } from '../handlers/copy-value';
import { LIMITS } from '../model/limits';

export function keyOf(key: unknown): string {
  if (typeof key !== 'string' || key === '' || key.length > LIMITS.storeKeyLength) {
    throw new TypeError(`a key is a text of 1 to ${LIMITS.storeKeyLength} characters`);
  }
  return key;
}

/** A value to keep. Undefined would say that there is none. */
export function given(value: unknown): unknown {
  if (value === undefined) throw new TypeError('undefined cannot be stored: use null, or delete the key');
  return copyValue(value);
}
