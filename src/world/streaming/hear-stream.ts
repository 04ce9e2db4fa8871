/** What comes on a streaming call, at either end of a link. */
import { MessageKind } from '../../model/trace';
import type { Message } from '../message';

/** A message of a stream, or the reply that ends one. */
export function hearStream(message: Message): void {
  const { call, hop, part } = message.stream!;
  if (!part) call.ended(message);
  else if (message.kind === MessageKind.part) hop.server.receive(message);
  else hop.client.receive(message);
}
