/** How many bytes the body of a message takes as JSON in UTF-8, or as many as the scenario says where no code writes it. */
import type { Message } from '../message';
import type { Topology } from '../topology';

export function bodyBytes(message: Message, topology: Topology): number {
  if (message.status !== undefined) return jsonBytes({ error: message.errorText });
  if (message.body !== undefined) return jsonBytes(message.body);
  const { model } = topology.node(message.from);
  return 'bodyBytes' in model ? model.bodyBytes : 0;
}

/** Values that have crossed are plain data; JSON has no bigints, so they are written as their digits. */
function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? '';
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Two more bytes for most of what is above U+07FF; the halves of a pair take four together.
    if (code >= 0x80) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
  }
  return bytes;
}
