/** One text for one value, so that two who hold equal bodies hash the same octets: JSON by RFC 8785 (JSON Canonicalization Scheme). */
import { copyValue } from './copy-value';
import { HandlerError } from './handler-error';

/**
 * The value as JSON without blanks, keys in the order of their UTF-16 code units, numbers and texts as ECMAScript writes them (RFC 8785 §3.2).
 * What JSON has no name for is left out of objects and becomes null in lists, as `JSON.stringify` does. Throws HandlerError for what has no
 * exact text: NaN and the infinities, bigints, halves of surrogate pairs (§3.2.2); and ValueRefused for what could not be sent either.
 */
export function canonicalJson(value: unknown): string {
  return textOf(copyValue(value)) ?? 'null';
}

function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new HandlerError('problem.canonical', { value: String(value) });
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      throw new HandlerError('problem.canonical', { value: `${value}n` });
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((item) => textOf(item) ?? 'null').join(',')}]`;
      return `{${membersOf(value as Readonly<Record<string, unknown>>).join(',')}}`;
    default:
      return undefined;
  }
}

function membersOf(record: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(record)
    .sort()
    .flatMap((key) => {
      const text = textOf(record[key]);
      return text === undefined ? [] : [`${quoted(key)}:${text}`];
    });
}

function quoted(text: string): string {
  return JSON.stringify(wellFormed(text));
}

/** The text itself; throws when it has no UTF-8. */
export function wellFormed(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new HandlerError('problem.canonical', { value: JSON.stringify(text).slice(0, 40) });
  return text;
}
