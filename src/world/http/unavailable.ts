/** A connection is dead, and with it what was on it: the client of a request that got no answer hears so at once. */
import { MessageKind } from '../../model/trace';
import { Message } from '../message';
import type { ConnectedLinkNode } from '../transport/connected-link-node';

export function tellUnavailable(request: Message, way: ConnectedLinkNode, now: number): void {
  const kind = request.kind === MessageKind.probe ? MessageKind.probeReply : MessageKind.reply;
  const reply = new Message(request.id, kind, request.request, request.chain.copy(), way.to.id, undefined);
  reply.chain.spend('td', now);
  reply.status = 'UNAVAILABLE';
  reply.errorText = `the connection to ${way.to.id} is dead`;
  reply.call = request.call;
  reply.stream = request.stream;
  reply.way = way.opposite;
  way.from.receive(reply);
}
