/** How many bytes the body of a message takes as JSON in UTF-8, or as many as the scenario says where no code writes it. */
import type { Message } from '../message';
import type { Topology } from '../topology';
import { utf8Bytes } from './utf8-bytes';

export function bodyBytes(message: Message, topology: Topology): number {
  if (message.status !== undefined) return jsonBytes({ error: message.errorText });
  return message.body === undefined ? givenBytes(message, topology) : jsonBytes(message.body);
}

/** What the scenario says of the messages of a component without code. */
export function givenBytes(message: Message, topology: Topology): number {
  // Who sends in somebody's name may name nobody.
  const model = topology.find(message.from)?.model;
  return model && 'bodyBytes' in model ? model.bodyBytes : 0;
}

/** Values that have crossed are plain data; JSON has no bigints, so they are written as their digits. */
export function jsonBytes(value: unknown): number {
  return utf8Bytes(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? '');
}
