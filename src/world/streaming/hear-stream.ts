/** What comes on a streaming call, at either end. */
import type { Message } from '../message';

/** A message of a stream, or the reply that ends one. */
export function hearStream(message: Message): void {
  const { call, part } = message.stream!;
  if (part) part.to.receive(message);
  else call.ended(message);
}
