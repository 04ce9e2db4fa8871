/**
 * How many bytes a body takes in the wire format of Protocol Buffers (protobuf.dev, "Encoding"), as a proto3 message would whose fields are
 * those of the body, numbered from 1 in the order they are written: `int64` for whole numbers, `double` for others, `string`, `bool`, a
 * message for an object, `repeated` for a list, packed where its items are numbers or booleans. A field with its default value (0, "", false,
 * nothing) takes no bytes. A body that is no object is the one field of a message, as in google/protobuf/wrappers.proto.
 */

import { utf8Bytes } from '../transport/utf8-bytes';

const INT64_MAX = 2 ** 63;

export function protobufBytes(body: unknown): number {
  if (body === undefined || body === null) return 0;
  return isMessage(body) ? messageBytes(body) : fieldBytes(1, body);
}

function messageBytes(message: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  let number = 0;
  for (const key of Object.keys(message)) bytes += fieldBytes(++number, message[key]);
  return bytes;
}

/** A field whose value is its default is left out. */
function fieldBytes(number: number, value: unknown): number {
  if (isDefault(value)) return 0;
  if (!Array.isArray(value)) return itemBytes(number, value);
  const isPacked = value.every((item) => typeof item === 'number' || typeof item === 'bigint' || typeof item === 'boolean');
  if (isPacked) {
    const isWhole = value.every((item) => typeof item !== 'number' || isInt64(item));
    return delimited(
      number,
      value.reduce((sum: number, item) => sum + (isWhole ? scalarBytes(item) : 8), 0),
    );
  }
  return value.reduce((sum: number, item) => sum + itemBytes(number, item), 0);
}

/** Tag and value. Within a list, defaults are written too; a list in a list needs a message around it. */
function itemBytes(number: number, value: unknown): number {
  if (typeof value === 'string') return delimited(number, utf8Bytes(value));
  if (Array.isArray(value)) return delimited(number, fieldBytes(1, value));
  if (isMessage(value)) return delimited(number, messageBytes(value));
  return tagBytes(number) + scalarBytes(value);
}

function scalarBytes(value: unknown): number {
  if (typeof value === 'bigint') return varintBytes(Number(value));
  if (typeof value !== 'number') return value === null || value === undefined ? 0 : 1;
  return isInt64(value) ? varintBytes(value) : 8;
}

function isInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -INT64_MAX && value < INT64_MAX;
}

/** Seven bits an octet; a negative number is its two's complement in 64 bits and takes ten. */
function varintBytes(value: number): number {
  if (value < 0) return 10;
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes++;
  return bytes;
}

/** Field number and wire type in one varint. */
function tagBytes(number: number): number {
  return varintBytes(number * 8);
}

function delimited(number: number, bytes: number): number {
  return tagBytes(number) + varintBytes(bytes) + bytes;
}

function isDefault(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || value === 0 || value === 0n || value === '' || value === false;
}

function isMessage(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
