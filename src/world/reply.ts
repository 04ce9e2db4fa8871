/** What a reply says: what a handler returned, or the status of what it threw. */
import { copyValue } from '../handlers/copy-value';
import { catchable } from '../sim/step-limit';
import type { Message } from './message';
import type { Node } from './node';
import { Answered } from './status';
import type { World } from './world';

/** Puts what a handler returned or threw into the reply to its request. */
export function fillReply(world: World, reply: Message, node: Node, ok: boolean, value: unknown): Message {
  if (ok) {
    try {
      reply.body = copyValue(value);
      return reply;
    } catch (error) {
      value = catchable(error);
      world.journal.handlerFailed(node, reply.request, value);
    }
  }
  if (value instanceof Answered) {
    reply.status = value.status;
    reply.errorText = value.message;
    reply.pushBackMicros = Answered.pushBackOf(value);
  } else {
    reply.status = 'INTERNAL';
    reply.errorText = `${node.id} failed`;
  }
  return reply;
}
